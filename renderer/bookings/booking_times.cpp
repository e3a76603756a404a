// SPDX-License-Identifier: Apache-2.0
#include "renderer/bookings/booking_times.h"

#include "db/bookings/booking_link_store.h"
#include "db/connection/error.h"
#include "models/booking/booking_request.h"
#include "models/booking/service_duration.h"
#include "models/booking/wall_clock.h"
#include "models/json/json_read.h"
#include "models/values/zoned_time.h"
#include "renderer/support/worker_reply.h"
#include "site/text.h"

#include <algorithm>
#include <optional>

namespace studio::renderer {

namespace {

using models::Json;
using namespace std::chrono_literals;

constexpr std::chrono::minutes usual_length{60};
constexpr int offered_days = 14;
constexpr std::chrono::days around_a_day{2}; // covers time zones and bookings past midnight

models::Time in_utc(models::Day day) {
    return models::Time(std::chrono::sys_days(day.time_since_epoch()));
}

void add_busy(models::Calendar &calendar, const Json &spans) {
    for (const Json &span : spans) {
        if (span.is_array() && span.size() == 2 && span[0].is_number_integer() &&
            span[1].is_number_integer()) {
            calendar.busy.push_back({base::from_microseconds(span[0].get<std::int64_t>()),
                                     base::from_microseconds(span[1].get<std::int64_t>()),
                                     models::BusyReason::Booking});
        }
    }
}

std::optional<std::string> value_of(const std::vector<std::pair<std::string, std::string>> &fields,
                                    std::string_view name) {
    const auto found =
        std::find_if(fields.begin(), fields.end(), [&](const auto &field) { return field.first == name; });
    return found == fields.end() ? std::nullopt : std::optional(found->second);
}

std::string counted(std::int64_t count, const char *unit) {
    return std::to_string(count) + ' ' + unit + (count == 1 ? "" : "s");
}

// A length as words: "1 hour 30 minutes"
std::string length_words(std::chrono::minutes length) {
    const std::int64_t hours = length.count() / 60, minutes = length.count() % 60;
    std::string words = hours > 0 ? counted(hours, "hour") : std::string();
    if (minutes > 0) {
        words += (words.empty() ? "" : " ") + counted(minutes, "minute");
    }
    return words;
}

const models::Service *service_of(const TenantSite &site, std::string_view service) {
    const auto &services = site.page_data().content.services;
    const auto found = std::find_if(services.begin(), services.end(), [&](const models::Service &each) {
        return !service.empty() && (each.id == service || each.name == service);
    });
    return found == services.end() ? nullptr : &*found;
}

} // namespace

struct BookingTimes::Asked {
    std::shared_ptr<const TenantSite> site;
    std::string query;
    bool head_only = false;
};

BookingTimes::BookingTimes(Parts parts)
    : m_json(parts.context), m_log(parts.log), m_sessions(parts.sessions), m_clock(std::move(parts.clock)),
      m_workers("times", parts.threads, parts.max_waiting, parts.log) {}

bool BookingTimes::limits_times(const TenantSite &site) {
    return site.page_data().calendar.availability.has_value();
}

models::Calendar BookingTimes::calendar(const TenantSite &site, models::Time first, models::Time last) {
    models::Calendar calendar = site.page_data().calendar;
    if (!calendar.availability) {
        return calendar;
    }
    const Json stored = m_sessions.read(
        [&](db::Session &session) { return db::BookingLinkStore(session, site.id()).calendar(first, last); });
    add_busy(calendar, models::list_member(stored, "busy"));
    return calendar;
}

std::string BookingTimes::id_of_service(const TenantSite &site, std::string_view service) {
    const models::Service *found = service_of(site, service);
    return found ? found->id : std::string();
}

std::chrono::minutes BookingTimes::length_of(const TenantSite &site, std::string_view service) {
    return models::duration_of_service(site.page_data().content, service).value_or(usual_length);
}

Json BookingTimes::to_json(const std::vector<models::FreeTime> &times, const std::string &home_zone) {
    Json list = Json::array();
    for (const models::FreeTime &time : times) {
        Json entry{{"start", models::rfc3339(time.start, time.offset)},
                   {"end", models::rfc3339(time.end, time.end_offset)}};
        if (!time.city.empty()) {
            entry["city"] = time.city;
        }
        if (time.zone != home_zone) {
            entry["zone"] = time.zone;
        }
        list.push_back(std::move(entry));
    }
    return list;
}

models::LocalTimeCheck BookingTimes::take(const TenantSite &site, const std::string &service,
                                          const std::optional<models::LocalDateTime> &local_start,
                                          db::NewBooking &row) {
    const models::Time wanted = row.preferred.value_or(models::Time{});
    auto length = length_of(site, service);
    if (row.preferred_end) {
        length = std::chrono::duration_cast<std::chrono::minutes>(*row.preferred_end - wanted);
    }
    const models::Calendar calendar =
        this->calendar(site, wanted - around_a_day, wanted + length + around_a_day);
    const std::string id = id_of_service(site, service);
    models::LocalTimeCheck found =
        local_start ? models::check_local_time(calendar, *local_start, length, id, m_clock())
                    : models::check_moment(calendar, wanted, length, id, m_clock());
    row.start = found.start;
    row.end = found.end;
    row.preferred = found.start;
    if (row.preferred_end) {
        row.preferred_end = found.end;
    }
    row.time_zone = found.zone;
    return found;
}

std::vector<models::FreeTime> BookingTimes::nearest(const TenantSite &site, const std::string &service,
                                                    const db::NewBooking &row) {
    constexpr std::size_t count = 6;
    constexpr std::chrono::days reach{32};
    const models::Time wanted = row.start.value_or(row.preferred.value_or(models::Time{}));
    const auto length = row.start && row.end && *row.end > wanted
                            ? std::chrono::duration_cast<std::chrono::minutes>(*row.end - wanted)
                            : length_of(site, service);
    const models::Calendar calendar = this->calendar(site, wanted - reach, wanted + reach + length);
    return models::nearest_free(calendar, wanted, length, id_of_service(site, service), m_clock(), count);
}

void BookingTimes::add(const std::vector<models::FreeTime> &times, site::BookingForm &form) {
    for (const models::FreeTime &time : times) {
        const std::string start = models::format_local_time(time.start, time.zone);
        const auto clock = [&](models::Time at) {
            return models::form_value(models::local_time(at, time.zone)).substr(11);
        };
        std::string label = clock(time.start) + " to " + clock(time.end);
        if (!time.city.empty()) {
            label += " (" + time.city + ")";
        }
        form.times.push_back(
            {start.substr(0, start.find(", ")), std::move(label), models::rfc3339(time.start, time.offset)});
    }
}

void BookingTimes::offer(const TenantSite &site, const std::string &service, const std::string &from_day,
                         site::BookingForm &form) {
    if (!limits_times(site)) {
        return;
    }
    try {
        const models::Time now = m_clock();
        const models::Day today = models::WallClock(site.page_data().calendar.home_zone).local(now).day;
        const models::Day first = std::max(models::parse_day(from_day).value_or(today), today);
        const models::Day last = first + std::chrono::days(offered_days - 1);
        const models::Calendar calendar = this->calendar(
            site, in_utc(first) - around_a_day, in_utc(last) + around_a_day + models::max_booking_length);
        add(models::free_times(calendar, first, last, length_of(site, service), id_of_service(site, service),
                               now),
            form);
        const models::Service *wanted = service_of(site, service);
        form.times_for = length_words(length_of(site, service)) + (wanted ? ": " + wanted->name : "");
        const auto address = [wanted](models::Day day) {
            return "/book?day=" + models::day_text(day) + "&service=" +
                   (wanted ? site::percent_encoded(wanted->id.empty() ? wanted->name : wanted->id)
                           : std::string());
        };
        form.later = address(last + std::chrono::days(1));
        if (first > today) {
            form.earlier = address(std::max(first - std::chrono::days(offered_days), today));
        }
    } catch (const db::Error &error) {
        m_log.warning(
            "times_not_read",
            {{"tenant", site.id()}, {"kind", db::to_string(error.kind())}, {"sqlstate", error.sqlstate()}});
    }
}

void BookingTimes::offer_of_query(const TenantSite &site, const std::string &query, site::BookingForm &form) {
    const auto fields = models::read_form(query);
    const auto service = value_of(fields, "service"), day = value_of(fields, "day");
    const models::Service *wanted = service_of(site, service.value_or(""));
    if (wanted) {
        form.values.emplace_back("service_type", wanted->name);
    }
    form.asks_service = limits_times(site) && !site.page_data().content.services.empty();
    if (!form.asks_service || service || day) {
        offer(site, wanted ? wanted->name : std::string(), day.value_or(""), form);
    }
}

http::Reply BookingTimes::list(const http::Request &request, const TenantSite &site) {
    auto asked = std::make_shared<Asked>();
    asked->site = std::static_pointer_cast<const TenantSite>(site.shared_from_this());
    asked->query = request.query;
    asked->head_only = request.head_only();
    return reply_by_worker(m_workers,
                           {m_log, "times_not_read", site.id(), [this, asked] { return answer(*asked); },
                            [this, asked] {
                                return m_json.reply(
                                    Route::Booking, 503,
                                    {{"error", "The times cannot be read right now. Please try again."}},
                                    {{"Retry-After", "10"}}, asked->head_only);
                            }});
}

http::Reply BookingTimes::answer(const Asked &asked) {
    const TenantSite &site = *asked.site;
    const auto fields = models::read_form(asked.query);
    const auto first = models::parse_day(value_of(fields, "from").value_or("")),
               last = models::parse_day(value_of(fields, "to").value_or(""));
    if (!first || !last || *last < *first) {
        return m_json.reply(
            Route::Booking, 422,
            {{"error",
              "Both days are needed, as in /api/times?from=2027-03-01&to=2027-03-31, the first not later."}},
            {}, asked.head_only);
    }
    const models::Day end = std::min(*last, *first + std::chrono::days(models::max_listed_days - 1));
    const std::string &home = site.page_data().content.location.timezone;
    Json body{{"zone", home}, {"times", Json::array()}};
    if (limits_times(site)) {
        const std::string service = value_of(fields, "service").value_or("");
        const models::Calendar calendar = this->calendar(
            site, in_utc(*first) - around_a_day, in_utc(end) + around_a_day + models::max_booking_length);
        body["times"] = to_json(models::free_times(calendar, *first, end, length_of(site, service),
                                                   id_of_service(site, service), m_clock()),
                                home);
    }
    return m_json.reply(Route::Booking, 200, body, {}, asked.head_only);
}

} // namespace studio::renderer
