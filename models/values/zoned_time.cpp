// SPDX-License-Identifier: Apache-2.0
#include "models/values/zoned_time.h"

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace studio::models {

namespace {

constexpr std::array<std::string_view, 7> weekday_names{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                        "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> month_names{"January",   "February", "March",    "April",
                                                       "May",       "June",     "July",     "August",
                                                       "September", "October",  "November", "December"};

// Reads pieces of fixed width from the beginning of a text.
class Pieces final {
public:
    explicit Pieces(std::string_view text) : m_rest(text) {}

    std::optional<int> digits(std::size_t count) {
        if (m_rest.size() < count) {
            return std::nullopt;
        }
        int value = 0;
        for (const char c : m_rest.substr(0, count)) {
            if (c < '0' || c > '9') {
                return std::nullopt;
            }
            value = value * 10 + (c - '0');
        }
        m_rest.remove_prefix(count);
        return value;
    }
    bool one_of(std::string_view choices) {
        if (m_rest.empty() || choices.find(m_rest.front()) == std::string_view::npos) {
            return false;
        }
        m_rest.remove_prefix(1);
        return true;
    }
    // Reads a fraction such as ".123"; true also where there is none.
    bool fraction() {
        if (!one_of(".")) {
            return true;
        }
        const std::size_t end = std::min(m_rest.find_first_not_of("0123456789"), m_rest.size());
        m_rest.remove_prefix(end);
        return end >= 1 && end <= 9;
    }
    std::string_view rest() const { return m_rest; }

private:
    std::string_view m_rest;
};

bool is_possible(const LocalDateTime &time) {
    const date::year_month_day day{date::year{time.year}, date::month{static_cast<unsigned>(time.month)},
                                   date::day{static_cast<unsigned>(time.day)}};
    return day.ok() && time.hour < 24 && time.minute < 60 && time.second < 60;
}

// Reads a date and a time; a fraction of a second is dropped. With `needs_seconds` the seconds are required.
std::optional<LocalDateTime> date_time(Pieces &pieces, bool needs_seconds) {
    LocalDateTime time;
    const auto part = [&](int &into, std::size_t count) {
        const auto value = pieces.digits(count);
        into = value.value_or(0);
        return value.has_value();
    };
    if (!part(time.year, 4) || !pieces.one_of("-") || !part(time.month, 2) || !pieces.one_of("-") ||
        !part(time.day, 2) || !pieces.one_of("Tt ") || !part(time.hour, 2) || !pieces.one_of(":") ||
        !part(time.minute, 2)) {
        return std::nullopt;
    }
    if (pieces.one_of(":")) {
        if (!part(time.second, 2) || !pieces.fraction()) {
            return std::nullopt;
        }
    } else if (needs_seconds) {
        return std::nullopt;
    }
    return is_possible(time) ? std::optional(time) : std::nullopt;
}

date::local_seconds local_seconds(const LocalDateTime &time) {
    return date::local_days{date::year{time.year} / time.month / time.day} + std::chrono::hours{time.hour} +
           std::chrono::minutes{time.minute} + std::chrono::seconds{time.second};
}

date::sys_seconds seconds_of(Time at) {
    return date::floor<std::chrono::seconds>(at);
}

} // namespace

std::optional<LocalDateTime> parse_local_date_time(std::string_view text) {
    Pieces pieces(text);
    const auto time = date_time(pieces, false);
    return pieces.rest().empty() ? time : std::nullopt;
}

ResolvedTime resolve_local_time(const LocalDateTime &time, const std::string &zone) {
    const date::local_seconds local = local_seconds(time);
    const date::local_info info = date::locate_zone(zone)->get_info(local);
    const auto with = [&](const date::sys_info &half) {
        return Time(local.time_since_epoch() - half.offset);
    };
    switch (info.result) {
    case date::local_info::nonexistent:
        return {info.first.end, LocalTimeKind::Skipped};
    case date::local_info::ambiguous:
        return {with(info.first), LocalTimeKind::Twice};
    default:
        return {with(info.first), LocalTimeKind::Once};
    }
}

LocalDateTime local_time(Time at, const std::string &zone) {
    const date::local_seconds local = date::locate_zone(zone)->to_local(seconds_of(at));
    const auto days = date::floor<date::days>(local);
    const date::year_month_day day(days);
    const date::hh_mm_ss<std::chrono::seconds> clock(local - days);
    return {int(day.year()),
            static_cast<int>(unsigned(day.month())),
            static_cast<int>(unsigned(day.day())),
            static_cast<int>(clock.hours().count()),
            static_cast<int>(clock.minutes().count()),
            static_cast<int>(clock.seconds().count())};
}

std::string form_value(const LocalDateTime &time) {
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}", time.year, time.month, time.day, time.hour,
                       time.minute);
}

std::string format_local_time(Time at, const std::string &zone) {
    const LocalDateTime time = local_time(at, zone);
    const date::weekday weekday(date::floor<date::days>(local_seconds(time)));
    const std::string abbreviation = date::locate_zone(zone)->get_info(seconds_of(at)).abbrev;
    const bool named =
        abbreviation.find_first_of("+-") == std::string::npos; // some zones have no abbreviation but "-03"
    return fmt::format("{} {} {} {}, {:02}:{:02} {}", weekday_names[weekday.c_encoding()], time.day,
                       month_names[static_cast<std::size_t>(time.month - 1)], time.year, time.hour,
                       time.minute, named ? abbreviation : place_of_zone(zone) + " time");
}

std::string place_of_zone(std::string_view zone) {
    std::string place(zone.substr(zone.rfind('/') + 1));
    std::replace(place.begin(), place.end(), '_', ' ');
    return place;
}

std::optional<Time> parse_rfc3339(std::string_view text) {
    Pieces pieces(text);
    const auto time = date_time(pieces, true);
    if (!time) {
        return std::nullopt;
    }
    std::chrono::minutes offset{0};
    if (!pieces.one_of("Zz")) {
        const bool east = pieces.rest().starts_with('+');
        if (!pieces.one_of("+-")) {
            return std::nullopt;
        }
        const auto hours = pieces.digits(2);
        const bool colon = pieces.one_of(":");
        const auto minutes = pieces.digits(2);
        if (!hours || !colon || !minutes || *hours > 23 || *minutes > 59) {
            return std::nullopt;
        }
        offset = std::chrono::minutes((*hours * 60 + *minutes) * (east ? 1 : -1));
    }
    if (!pieces.rest().empty()) {
        return std::nullopt;
    }
    return Time(local_seconds(*time).time_since_epoch() - offset);
}

} // namespace studio::models
