// SPDX-License-Identifier: Apache-2.0
#include "models/booking/calendar_words.h"

#include "models/booking/wall_clock.h"

#include <fmt/format.h>

#include <array>

namespace studio::models {

namespace {

constexpr std::array<const char *, 7> day_names{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                "Friday", "Saturday", "Sunday"};
constexpr std::array<const char *, 12> month_names{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};

std::string spans_words(const HourSpans &spans) {
    std::string words;
    for (const HourSpan &span : spans) {
        words +=
            fmt::format("{}{}–{}", words.empty() ? "" : " and ", clock_text(span.from), clock_text(span.to));
    }
    return words;
}

struct Date {
    int year = 0;
    unsigned month = 1, day = 1;

    explicit Date(Day at) {
        const std::chrono::year_month_day date(at);
        year = static_cast<int>(date.year());
        month = static_cast<unsigned>(date.month());
        day = static_cast<unsigned>(date.day());
    }
    const char *month_name() const { return month_names[month - 1]; }
};

// "3–7 March 2027", "28 March–2 April 2027".
std::string days_words(Day first, Day last) {
    const Date from(first), to(last);
    if (first == last) {
        return fmt::format("{} {} {}", from.day, from.month_name(), from.year);
    }
    if (from.year != to.year) {
        return fmt::format("{} {} {}–{} {} {}", from.day, from.month_name(), from.year, to.day,
                           to.month_name(), to.year);
    }
    if (from.month != to.month) {
        return fmt::format("{} {}–{} {} {}", from.day, from.month_name(), to.day, to.month_name(), to.year);
    }
    return fmt::format("{}–{} {} {}", from.day, to.day, to.month_name(), to.year);
}

} // namespace

std::string hours_words(const WeeklyHours &weekly) {
    std::string words;
    for (std::size_t day = 0; day < weekly.size();) {
        std::size_t last = day;
        while (last + 1 < weekly.size() && weekly[last + 1] == weekly[day]) {
            ++last;
        }
        if (!weekly[day].empty()) {
            const std::string days = last == day
                                         ? day_names[day]
                                         : fmt::format("{} {} {}", day_names[day],
                                                       last == day + 1 ? "and" : "to", day_names[last]);
            words += fmt::format("{}{} {}", words.empty() ? "" : ", ", days, spans_words(weekly[day]));
        }
        day = last + 1;
    }
    return words;
}

std::vector<std::string> tour_words(const Calendar &calendar, Day today) {
    std::vector<std::string> words;
    for (const Tour &tour : calendar.tours) {
        if (tour.last_day < today) {
            continue;
        }
        if (shows_days(tour, today)) {
            words.push_back(fmt::format("{}, {}", tour.city, days_words(tour.first_day, tour.last_day)));
        } else if (shows_month(tour, today)) {
            const Date first(tour.first_day);
            words.push_back(fmt::format("{}, {} {}", tour.city, first.month_name(), first.year));
        }
    }
    return words;
}

void show_calendar(Calendar &calendar, Time now, Content &content) {
    if (calendar.availability) {
        content.contact.available_hours = hours_words(calendar.availability->weekly);
    }
    if (!calendar.tours.empty()) {
        calendar.shown_on = WallClock(calendar.home_zone).local(now).day;
        content.location.travel_cities = tour_words(calendar, *calendar.shown_on);
    }
}

} // namespace studio::models
