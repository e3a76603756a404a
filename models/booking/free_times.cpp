// SPDX-License-Identifier: Apache-2.0
#include "models/booking/free_times.h"

#include "models/booking/whereabouts.h"

#include <algorithm>

namespace studio::models {

namespace {

using std::chrono::minutes;

constexpr std::chrono::days one_day{1};
// Local dates differ from UTC dates by up to a day, and hours may have begun on the previous day.
constexpr std::chrono::days margin{2};
// An offered time can still be booked for this long after it was listed.
constexpr minutes offer_lasts{1};

Day utc_day(Time moment) {
    return Day(std::chrono::floor<std::chrono::days>(moment.time_since_epoch()));
}

// The spans in order, with those that overlap joined.
std::vector<BusySpan> joined(const std::vector<BusySpan> &busy) {
    std::vector<BusySpan> sorted;
    std::copy_if(busy.begin(), busy.end(), std::back_inserter(sorted),
                 [](const BusySpan &span) { return span.start < span.end; });
    std::sort(sorted.begin(), sorted.end(),
              [](const BusySpan &one, const BusySpan &two) { return one.start < two.start; });
    std::vector<BusySpan> whole;
    for (const BusySpan &span : sorted) {
        if (!whole.empty() && span.start <= whole.back().end) {
            whole.back().end = std::max(whole.back().end, span.end);
        } else {
            whole.push_back(span);
        }
    }
    return whole;
}

// The first span that ends after `moment`, or the end. The spans must be in order and must not overlap.
template <class Spans> auto first_ending_after(const Spans &spans, Time moment) {
    return std::partition_point(spans.begin(), spans.end(),
                                [&](const auto &span) { return span.end <= moment; });
}

// Decides which times can be booked, for starts on the local dates `first` to `last` and at most `length`
// long.
class Decision final {
public:
    Decision(const Calendar &calendar, const std::string &service, Time now, Day first, Day last,
             minutes length)
        : m_calendar(calendar), m_now(now), m_whereabouts(calendar, service, now),
          m_busy(joined(calendar.busy)) {
        if (calendar.availability) {
            const auto days =
                std::chrono::ceil<std::chrono::days>(std::min<minutes>(length, max_booking_length));
            m_open = open_spans(*calendar.availability, m_whereabouts, first - margin, last + days + margin);
        }
    }

    // The answer must still hold `lasting` later than now.
    TimeCheck check(Time start, Time end, minutes lasting) const {
        if (end <= start) {
            return TimeCheck::OutsideHours;
        }
        if (!m_calendar.availability) {
            return is_busy(start, end) ? TimeCheck::Taken : TimeCheck::Free;
        }
        const Availability &rules = *m_calendar.availability;
        if (start < m_now + lasting + minutes(rules.notice_minutes)) {
            return TimeCheck::TooSoon;
        }
        const Stay &stay = m_whereabouts.at(start);
        const WallClock::Reading local = stay.clock.local(start);
        if ((local.day - stay.today).count() > rules.max_days_ahead) {
            return TimeCheck::TooFar;
        }
        if (!is_fixed_start(stay, local, start)) {
            return TimeCheck::NoFixedStart;
        }
        if (!is_open(start, end)) {
            return TimeCheck::OutsideHours;
        }
        return is_busy(start, end + minutes(rules.buffer_minutes)) ? TimeCheck::Taken : TimeCheck::Free;
    }

    const Whereabouts &whereabouts() const { return m_whereabouts; }
    const std::vector<OpenSpan> &open() const { return m_open; }

private:
    bool is_fixed_start(const Stay &stay, const WallClock::Reading &local, Time start) const {
        const auto clock = std::chrono::floor<minutes>(local.clock);
        return local.clock == clock && clock.count() % m_calendar.availability->start_step_minutes == 0 &&
               stay.clock.at(local.day, clock).at == start;
    }
    bool is_open(Time start, Time end) const {
        const auto span = first_ending_after(m_open, start);
        return span != m_open.end() && span->start <= start && end <= span->end;
    }
    bool is_busy(Time start, Time end) const {
        const auto span = first_ending_after(m_busy, start);
        return span != m_busy.end() && span->start < end;
    }

    const Calendar &m_calendar;
    Time m_now;
    Whereabouts m_whereabouts;
    std::vector<BusySpan> m_busy;
    std::vector<OpenSpan> m_open;
};

ServicePlaces places_at(const Calendar &calendar, const Stay &stay, const std::string &service) {
    return calendar.availability ? places_of_service(*calendar.availability, service, stay.tour)
                                 : ServicePlaces{};
}

FreeTime free_time(const Stay &stay, Time start, Time end) {
    return {start,
            end,
            stay.clock.zone(),
            stay.clock.offset(start),
            stay.clock.offset(end),
            stay.tour ? stay.tour->city : std::string()};
}

// Adds the starts that can be booked within one span of hours, at the steps of the local clock.
void add_starts(std::vector<FreeTime> &times, const Decision &decision, const OpenSpan &span, Day first,
                Day last, minutes step, minutes length) {
    const Stay &stay = decision.whereabouts().stays()[span.stay];
    const WallClock::Reading begin = stay.clock.local(span.start);
    auto clock = std::chrono::ceil<minutes>(begin.clock);
    clock += (step - clock % step) % step;
    for (;; clock += step) {
        const WallClock::Moment start = stay.clock.at(begin.day, clock);
        const Day day = begin.day + std::chrono::floor<std::chrono::days>(clock);
        if (day > last || start.at + length > span.end) {
            return;
        }
        if (start.kind != LocalTimeKind::Skipped && day >= first &&
            decision.check(start.at, start.at + length, offer_lasts) == TimeCheck::Free) {
            times.push_back(free_time(stay, start.at, start.at + length));
        }
    }
}

} // namespace

std::string_view explain(TimeCheck check) {
    switch (check) {
    case TimeCheck::Free:
        return "This time is free.";
    case TimeCheck::Taken:
        return "This time is taken. Choose another one.";
    case TimeCheck::OutsideHours:
        return "No bookings are taken at this time. Choose one that is offered.";
    case TimeCheck::NoFixedStart:
        return "A booking can't start at this minute. Choose a start that is offered.";
    case TimeCheck::TooSoon:
        return "This time is too soon. Choose a later one.";
    case TimeCheck::TooFar:
        return "This time is too far ahead. Choose an earlier one.";
    case TimeCheck::ClockSkipped:
        break;
    }
    return "This time doesn't exist: the clocks are put forward over it. Choose another one.";
}

std::vector<FreeTime> free_times(const Calendar &calendar, Day first, Day last, minutes length,
                                 const std::string &service, Time now) {
    std::vector<FreeTime> times;
    if (!calendar.availability || length <= minutes(0) || length > max_booking_length) {
        return times;
    }
    last = std::min(last, first + std::chrono::days(max_listed_days - 1));
    const Decision decision(calendar, service, now, first, last, length);
    const minutes step(calendar.availability->start_step_minutes);
    for (const OpenSpan &span : decision.open()) {
        add_starts(times, decision, span, first, last, step, length);
    }
    return times;
}

std::vector<FreeSpan> free_spans(const Calendar &calendar, Day first, Day last, minutes length, Time now) {
    std::vector<FreeSpan> spans;
    for (const FreeTime &time : free_times(calendar, first, last, length, "", now)) {
        if (!spans.empty() && time.start <= spans.back().end) {
            spans.back().end = std::max(spans.back().end, time.end);
        } else {
            spans.push_back({time.start, time.end});
        }
    }
    return spans;
}

TimeCheck check_time(const Calendar &calendar, Time start, Time end, const std::string &service, Time now) {
    const auto length = std::chrono::ceil<minutes>(std::max(end - start, Time::duration(0)));
    const Day day = utc_day(start);
    return Decision(calendar, service, now, day - one_day, day + one_day, length)
        .check(start, end, minutes(0));
}

LocalTimeCheck check_local_time(const Calendar &calendar, const LocalDateTime &start, minutes length,
                                const std::string &service, Time now) {
    const Day day(std::chrono::year{start.year} / start.month / start.day);
    const std::chrono::seconds clock =
        std::chrono::hours(start.hour) + minutes(start.minute) + std::chrono::seconds(start.second);
    const Whereabouts whereabouts(calendar, service, now);
    const Stay &stay = whereabouts.at(day, clock);
    const WallClock::Moment moment = stay.clock.at(day, clock);
    LocalTimeCheck result{TimeCheck::ClockSkipped,
                          moment.at,
                          moment.at + length,
                          stay.clock.zone(),
                          stay.tour ? stay.tour->city : std::string(),
                          places_at(calendar, stay, service)};
    if (moment.kind != LocalTimeKind::Skipped) {
        result.check = check_time(calendar, result.start, result.end, service, now);
    }
    return result;
}

LocalTimeCheck check_moment(const Calendar &calendar, Time start, minutes length, const std::string &service,
                            Time now) {
    const Whereabouts whereabouts(calendar, service, now);
    const Stay &stay = whereabouts.at(start);
    return {check_time(calendar, start, start + length, service, now),
            start,
            start + length,
            stay.clock.zone(),
            stay.tour ? stay.tour->city : std::string(),
            places_at(calendar, stay, service)};
}

std::vector<FreeTime> nearest_free(const Calendar &calendar, Time wanted, minutes length,
                                   const std::string &service, Time now, std::size_t count) {
    const std::chrono::days around(max_listed_days / 2 - 1);
    const Day day = utc_day(wanted);
    std::vector<FreeTime> times = free_times(calendar, day - around, day + around, length, service, now);
    const auto distance = [&](const FreeTime &time) { return std::chrono::abs(time.start - wanted); };
    std::stable_sort(times.begin(), times.end(),
                     [&](const FreeTime &one, const FreeTime &two) { return distance(one) < distance(two); });
    times.resize(std::min(count, times.size()));
    std::sort(times.begin(), times.end(),
              [](const FreeTime &one, const FreeTime &two) { return one.start < two.start; });
    return times;
}

} // namespace studio::models
