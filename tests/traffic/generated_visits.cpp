// SPDX-License-Identifier: Apache-2.0
#include "tests/traffic/generated_visits.h"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace studio::db {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

struct Source {
    double share;
    const char *name, *utm_source, *utm_medium, *utm_campaign, *referrer;
    double booking_factor;
};
constexpr std::array sources{
    Source{0.34, "instagram", "ig", "social", "spring-tour", "l.instagram.com", 1.0},
    Source{0.14, "instagram", "", "", "", "instagram.com", 1.0},
    Source{0.14, "twitter", "", "", "", "t.co", 0.7},
    Source{0.16, "google", "", "", "", "www.google.com.au", 1.4},
    Source{0.14, "direct", "", "", "", "", 1.6},
    Source{0.05, "newsletter", "Newsletter", "email", "october", "", 2.2},
    Source{0.03, "directory.example", "", "", "", "directory.example", 1.1},
};

struct Choice {
    double share;
    const char *name;
};
constexpr std::array device_choices{Choice{0.68, "mobile"}, Choice{0.26, "desktop"}, Choice{0.06, "tablet"}};
constexpr std::array browser_choices{Choice{0.44, "Safari"}, Choice{0.38, "Chrome"}, Choice{0.1, "Firefox"},
                                     Choice{0.08, "Edge"}};
constexpr std::array country_choices{Choice{0.62, "AU"}, Choice{0.1, "NZ"},  Choice{0.09, "GB"},
                                     Choice{0.08, "US"}, Choice{0.06, "SG"}, Choice{0.03, "JP"},
                                     Choice{0.02, ""}};

// How many of a hundred visits are in each hour, UTC; evenings in Australia are in the middle.
constexpr std::array<double, 24> hours{5, 5, 4, 4, 4, 5, 6, 7, 8, 9, 9, 8,
                                       6, 4, 3, 2, 1, 1, 1, 1, 1, 2, 2, 2};

constexpr double bot_share = 0.05, consent_share = 1.0 / 3, return_share = 0.4;
constexpr double cancelled_share = 0.1, spam_share = 0.05, modern_lift = 1.25;
constexpr double events_of_a_visit = 4.3; // with bots; measured, only to estimate the number of visits
constexpr double photo_rate = 0.58, pricing_rate = 0.55, form_rate = 0.38, submit_rate = 0.42;

bool counts(const GeneratedVisit &visit) {
    return !visit.booking_id.empty() && std::strcmp(visit.booking_status, "pending") == 0;
}

} // namespace

VisitGenerator::VisitGenerator(std::uint64_t seed, DateRange range, std::int64_t events)
    : m_days(range), m_day(range.from), m_random(seed) {
    double weights = 0;
    for (sys_days day = range.from; day <= range.to; day += days(1)) {
        weights += weight_of(day);
    }
    m_visits_per_weight = static_cast<double>(events) / events_of_a_visit / weights;
    m_truth.days = {range.from - days(1), range.to + days(1)};
    for (const char *variant : {"control", "modern"}) {
        m_truth.variants[variant].variant_id = variant;
    }
}

double VisitGenerator::uniform() {
    return static_cast<double>(m_random() >> 11) * 0x1.0p-53;
}

std::string VisitGenerator::uuid() {
    constexpr const char *digits = "0123456789abcdef";
    const std::uint64_t halves[] = {m_random(), m_random()};
    std::string text = "xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx";
    int nibble = 0;
    for (char &c : text) {
        if (c == 'x') {
            c = digits[halves[nibble / 16] >> (nibble % 16 * 4) & 15];
            ++nibble;
        }
    }
    return text;
}

template <class Choices> const auto &VisitGenerator::choose(const Choices &choices) {
    double left = uniform();
    for (const auto &choice : choices) {
        if ((left -= choice.share) < 0) {
            return choice;
        }
    }
    return choices.back();
}

double VisitGenerator::weight_of(sys_days day) const {
    const double whole = std::max(1.0, static_cast<double>((m_days.to - m_days.from).count()));
    double weight = 1 + 0.5 * static_cast<double>((day - m_days.from).count()) / whole;
    const unsigned weekday = std::chrono::weekday(day).iso_encoding();
    weight *= weekday >= 6 ? 1.4 : weekday == 5 ? 1.2 : 1.0;
    const unsigned month = static_cast<unsigned>(std::chrono::year_month_day(day).month());
    return weight * (month == 12 ? 1.3 : month == 1 ? 0.8 : 1.0);
}

std::chrono::microseconds VisitGenerator::moment_of_day() {
    double left = uniform() * std::accumulate(hours.begin(), hours.end(), 0.0);
    std::size_t hour = 0;
    while (hour < 23 && (left -= hours[hour]) >= 0) {
        ++hour;
    }
    const auto second = std::chrono::seconds(static_cast<std::int64_t>(uniform() * 3600));
    return std::chrono::hours(hour) + second +
           std::chrono::microseconds(static_cast<std::int64_t>(uniform() * 1'000'000));
}

namespace {

// Sets load times from the visit's id, without using up random numbers, so that everything else about visits
// stays the same. Most loads take about a second, one in eight some seconds.
void time_loads(GeneratedVisit &visit) {
    std::uint32_t hash = 2'166'136'261;
    for (const char character : visit.id) {
        hash = (hash ^ static_cast<unsigned char>(character)) * 16'777'619;
    }
    for (GeneratedEvent &event : visit.events) {
        if (std::string_view(event.type) != "page_view") {
            continue;
        }
        hash = (hash ^ 7) * 16'777'619;
        const auto slow = hash >> 8 & 7 ? 0 : static_cast<int>(hash >> 11 & 0xfff);
        event.load_ms = 250 + static_cast<int>(hash >> 16 & 0x3ff) + slow;
    }
}

} // namespace

std::vector<GeneratedVisit> VisitGenerator::next_day() {
    m_owed += weight_of(m_day) * m_visits_per_weight;
    const auto many = static_cast<std::int64_t>(m_owed);
    m_owed -= static_cast<double>(many);
    std::vector<std::chrono::microseconds> moments;
    for (std::int64_t number = 0; number < many; ++number) {
        moments.push_back(moment_of_day());
    }
    std::sort(moments.begin(), moments.end());
    std::vector<GeneratedVisit> visits;
    visits.reserve(moments.size());
    for (const std::chrono::microseconds moment : moments) {
        visits.push_back(visit(m_day + moment));
        time_loads(visits.back());
        count(visits.back());
    }
    m_day += days(1);
    return visits;
}

GeneratedVisit VisitGenerator::visit(base::Time started_at) {
    GeneratedVisit visit;
    visit.id = uuid();
    visit.started_at = started_at;
    const Source &source = choose(sources);
    visit.source = source.name;
    visit.utm_source = source.utm_source;
    visit.utm_medium = source.utm_medium;
    visit.utm_campaign = source.utm_campaign;
    visit.referrer = source.referrer;
    visit.device = choose(device_choices).name;
    visit.browser = choose(browser_choices).name;
    visit.country = choose(country_choices).name;
    visit.bot = uniform() < bot_share;
    m_person = -1;
    if (visit.bot) {
        visit.variant = "control";
        visit.events.push_back({started_at, "page_view", "/"});
        return visit;
    }
    choose_visitor(visit);
    act(visit, source.booking_factor * (std::strcmp(visit.variant, "modern") == 0 ? modern_lift : 1.0));
    return visit;
}

void VisitGenerator::choose_visitor(GeneratedVisit &visit) {
    if (uniform() < consent_share) {
        if (!m_people.empty() && uniform() < return_share) {
            // Recent visitors are likelier to come back.
            const double back = uniform() * uniform();
            m_person = static_cast<std::ptrdiff_t>(m_people.size()) - 1 -
                       static_cast<std::ptrdiff_t>(back * static_cast<double>(m_people.size()));
        } else {
            m_people.push_back({uuid(), uniform() < 0.5, false});
            m_person = static_cast<std::ptrdiff_t>(m_people.size()) - 1;
        }
        visit.visitor_id = m_people[static_cast<std::size_t>(m_person)].id;
        visit.variant = m_people[static_cast<std::size_t>(m_person)].modern ? "modern" : "control";
    } else {
        visit.variant = uniform() < 0.5 ? "modern" : "control";
    }
}

void VisitGenerator::act(GeneratedVisit &visit, double booking_factor) {
    base::Time now = visit.started_at;
    const auto add = [&](const char *type, const char *page) {
        visit.events.push_back({now, type, page});
        now += std::chrono::seconds(5 + static_cast<std::int64_t>(uniform() * 90));
    };
    add("page_view", "/");
    add("hero_photo_viewed", "/");
    if (uniform() < photo_rate) {
        for (int photos = 1 + static_cast<int>(uniform() * 4); photos > 0; --photos) {
            add("photo_click", "/");
        }
        if (uniform() < pricing_rate) {
            add("pricing_view", "/");
            if (uniform() < form_rate * std::min(1.5, booking_factor)) {
                add("page_view", "/book");
                add("form_start", "/book");
                if (uniform() < submit_rate) {
                    add("form_submit", "/book");
                    book(visit);
                }
            }
        }
    } else if (uniform() < 0.3) {
        add("social_click", "/");
        if (uniform() < 0.3) {
            add("page_view", "/privacy");
        }
    }
}

void VisitGenerator::book(GeneratedVisit &visit) {
    visit.booking_id = uuid();
    const double fate = uniform();
    visit.booking_status = fate < cancelled_share                ? "cancelled"
                           : fate < cancelled_share + spam_share ? "spam"
                                                                 : "pending";
    visit.service = static_cast<int>(uniform() * static_cast<double>(generated_services.size()));
}

void VisitGenerator::count(const GeneratedVisit &visit) {
    for (const GeneratedEvent &event : visit.events) {
        if (event.load_ms >= 0 && !visit.bot) {
            m_truth.page_loads[std::chrono::floor<std::chrono::days>(event.at)].add(event.load_ms);
        }
    }
    m_truth.events += static_cast<std::int64_t>(visit.events.size());
    if (visit.bot) {
        ++m_truth.bot_visits;
        return;
    }
    const bool booked = counts(visit);
    Totals &totals = m_truth.totals;
    ++totals.visits;
    totals.bookings += booked;
    if (booked) {
        totals.value +=
            static_cast<double>(generated_services[static_cast<std::size_t>(visit.service)].price_minor) /
            100;
    }
    std::size_t step = 0;
    bool engaged = false;
    for (const GeneratedEvent &event : visit.events) {
        const std::string_view type = event.type;
        totals.page_views += type == "page_view";
        engaged = engaged || type == "photo_click";
        step = type == "photo_click"             ? std::max<std::size_t>(step, 1)
               : type == "pricing_view"          ? 2
               : type == "form_start"            ? 3
               : type == "form_submit" && booked ? 4
                                                 : step;
    }
    totals.engaged_visits += engaged;
    ++totals.timed_visits; // each has a page view and a photo event
    const auto duration = visit.events.back().at - visit.events.front().at;
    totals.seconds += duration / std::chrono::seconds(1);
    totals.bounced_visits += visit.events.size() == 2;
    for (std::size_t reached = 0; reached <= step; ++reached) {
        ++m_truth.funnel[reached];
    }
    ++m_truth.visits_by_source[visit.source];
    m_truth.bookings_by_source[visit.source] += booked;
    ++m_truth.visits_by_device[visit.device];
    VariantCounts &variant = m_truth.variants[visit.variant];
    Person *person = m_person < 0 ? nullptr : &m_people[static_cast<std::size_t>(m_person)];
    const bool is_new = !person || !person->seen;
    m_truth.visitors += is_new;
    variant.visitors += is_new;
    variant.conversions += booked && !(person && person->booked);
    if (person) {
        person->seen = true;
        person->booked = person->booked || booked;
    }
}

} // namespace studio::db
