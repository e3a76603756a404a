// SPDX-License-Identifier: Apache-2.0
#include "models/booking/whereabouts.h"

#include <algorithm>

namespace studio::models {

namespace {

constexpr std::chrono::days one_day{1};

const HourSpans &hours_on(const Availability &availability, const Tour *tour, Day day) {
    for (const HoursException &exception : availability.exceptions) {
        if (exception.day == day) {
            return exception.hours;
        }
    }
    const WeeklyHours &weekly = tour && tour->weekly ? *tour->weekly : availability.weekly;
    return weekly[weekday_index(day)];
}

// The range of dates on which hours may begin that overlap the stay.
std::pair<Day, Day> days_of(const Stay &stay, Day first, Day last) {
    if (stay.tour) {
        return {std::max(first, stay.tour->first_day), std::min(last, stay.tour->last_day)};
    }
    if (stay.from != Time::min()) {
        first = std::max(first, stay.clock.local(stay.from).day - one_day);
    }
    if (stay.until != Time::max()) {
        last = std::min(last, stay.clock.local(stay.until).day);
    }
    return {first, last};
}

void add_day(std::vector<OpenSpan> &spans, const HourSpans &hours, Day day, const Stay &stay,
             std::size_t index) {
    for (const HourSpan &span : hours) {
        const Time start = std::max(stay.clock.at(day, std::chrono::minutes(span.from)).at, stay.from);
        const Time end = std::min(stay.clock.at(day, std::chrono::minutes(span.to)).at, stay.until);
        if (start < end) {
            spans.push_back({start, end, index});
        }
    }
}

std::vector<OpenSpan> joined(std::vector<OpenSpan> spans) {
    std::sort(spans.begin(), spans.end(),
              [](const OpenSpan &one, const OpenSpan &two) { return one.start < two.start; });
    std::vector<OpenSpan> whole;
    for (const OpenSpan &span : spans) {
        if (!whole.empty() && whole.back().stay == span.stay && span.start <= whole.back().end) {
            whole.back().end = std::max(whole.back().end, span.end);
        } else {
            whole.push_back(span);
        }
    }
    return whole;
}

} // namespace

Whereabouts::Whereabouts(const Calendar &calendar, const std::string &service, Time now)
    : m_calendar(calendar), m_now(now), m_home(calendar.home_zone),
      m_home_stay{Time::min(), Time::max(), nullptr, false, m_home, m_home.local(now).day} {
    add_tours(service);
    if (m_stays.empty()) {
        add_home(Time::min(), Time::max());
        return;
    }
    const std::vector<Stay> tours = std::exchange(m_stays, {});
    Time from = Time::min();
    for (const Stay &tour : tours) {
        add_home(from, tour.from);
        m_stays.push_back(tour);
        from = tour.until;
    }
    add_home(from, Time::max());
}

void Whereabouts::add_home(Time from, Time until) {
    if (from < until) {
        m_stays.push_back(m_home_stay);
        m_stays.back().from = from;
        m_stays.back().until = until;
    }
}

void Whereabouts::add_tours(const std::string &service) {
    for (const Tour &tour : m_calendar.tours) {
        m_stays.push_back(tour_stay(tour, service));
    }
    std::sort(m_stays.begin(), m_stays.end(),
              [](const Stay &one, const Stay &two) { return one.from < two.from; });
    for (std::size_t at = 1; at < m_stays.size(); ++at) {
        m_stays[at - 1].until = std::min(m_stays[at - 1].until, m_stays[at].from);
    }
}

Stay Whereabouts::tour_stay(const Tour &tour, const std::string &service) const {
    Stay stay{{}, {}, &tour, false, WallClock(tour.timezone), {}};
    stay.today = stay.clock.local(m_now).day;
    stay.from = stay.clock.at(tour.first_day, {}).at;
    stay.until = stay.clock.at(tour.last_day + one_day, {}).at;
    const auto &availability = m_calendar.availability;
    if (availability) {
        for (const HourSpan &span : hours_on(*availability, &tour, tour.last_day)) {
            stay.until = std::max(stay.until, stay.clock.at(tour.last_day, std::chrono::minutes(span.to)).at);
        }
        stay.closed = places_of_service(*availability, service, &tour).empty();
    }
    if (!m_calendar.with_hidden_tours && !shows_days(tour, m_home_stay.today)) {
        stay.tour = nullptr;
        stay.closed = true;
        stay.clock = m_home;
        stay.today = m_home_stay.today;
    }
    return stay;
}

const Stay &Whereabouts::at(Time moment) const {
    return *std::find_if(m_stays.begin(), std::prev(m_stays.end()),
                         [&](const Stay &stay) { return moment < stay.until; });
}

const Stay &Whereabouts::at(Day day, std::chrono::seconds clock) const {
    for (const Stay &stay : m_stays) {
        if (stay.tour) {
            const Time moment = stay.clock.at(day, clock).at;
            if (moment >= stay.from && moment < stay.until) {
                return stay;
            }
        }
    }
    return m_home_stay;
}

std::vector<OpenSpan> open_spans(const Availability &availability, const Whereabouts &whereabouts, Day first,
                                 Day last) {
    std::vector<OpenSpan> spans;
    const std::vector<Stay> &stays = whereabouts.stays();
    for (std::size_t index = 0; index < stays.size(); ++index) {
        const Stay &stay = stays[index];
        if (stay.closed) {
            continue;
        }
        const auto [from, to] = days_of(stay, first, last);
        for (Day day = from; day <= to; day += one_day) {
            add_day(spans, hours_on(availability, stay.tour, day), day, stay, index);
        }
    }
    return joined(std::move(spans));
}

} // namespace studio::models
