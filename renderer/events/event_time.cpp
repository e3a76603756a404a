// SPDX-License-Identifier: Apache-2.0
#include "renderer/events/event_time.h"

#include <chrono>

namespace studio::renderer {

namespace {

class Reader final {
public:
    explicit Reader(std::string_view text) : m_rest(text) {}
    // Reads a number of exactly `digits` digits within the bounds; -1 where there is none.
    int number(std::size_t digits, int min, int max) {
        if (m_rest.size() < digits) {
            return -1;
        }
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            if (!is_digit(m_rest[i])) {
                return -1;
            }
            value = value * 10 + (m_rest[i] - '0');
        }
        m_rest.remove_prefix(digits);
        return value >= min && value <= max ? value : -1;
    }
    // Reads a letter in either case.
    bool take(char wanted) {
        const bool letter = wanted >= 'a' && wanted <= 'z';
        if (m_rest.empty() || (letter ? m_rest.front() | 0x20 : m_rest.front()) != wanted) {
            return false;
        }
        m_rest.remove_prefix(1);
        return true;
    }
    // Reads the digits after the point as microseconds; -1 where there are none.
    int fraction() {
        int value = 0, unit = 100'000;
        if (m_rest.empty() || !is_digit(m_rest.front())) {
            return -1;
        }
        for (; !m_rest.empty() && is_digit(m_rest.front()); m_rest.remove_prefix(1), unit /= 10) {
            value += (m_rest.front() - '0') * unit;
        }
        return value;
    }
    char peek() const { return m_rest.empty() ? '\0' : m_rest.front(); }
    bool at_end() const { return m_rest.empty(); }

private:
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }
    std::string_view m_rest;
};

// Reads an offset from UTC and returns it in seconds, positive to the east.
std::optional<int> offset(Reader &reader) {
    if (reader.take('z')) {
        return 0;
    }
    const int sign = reader.peek() == '-' ? -1 : 1;
    if (!reader.take('+') && !reader.take('-')) {
        return std::nullopt;
    }
    const int hours = reader.number(2, 0, 23);
    if (hours < 0 || !reader.take(':')) {
        return std::nullopt;
    }
    const int minutes = reader.number(2, 0, 59);
    if (minutes < 0) {
        return std::nullopt;
    }
    return sign * (hours * 3600 + minutes * 60);
}

} // namespace

std::optional<base::Time> parse_rfc3339(std::string_view text) {
    Reader reader(text);
    const int year = reader.number(4, 1970, 9999);
    if (year < 0 || !reader.take('-')) {
        return std::nullopt;
    }
    const int month = reader.number(2, 1, 12);
    if (month < 0 || !reader.take('-')) {
        return std::nullopt;
    }
    const int day = reader.number(2, 1, 31);
    if (day < 0 || !reader.take('t')) {
        return std::nullopt;
    }
    const int hour = reader.number(2, 0, 23);
    if (hour < 0 || !reader.take(':')) {
        return std::nullopt;
    }
    const int minute = reader.number(2, 0, 59);
    if (minute < 0 || !reader.take(':')) {
        return std::nullopt;
    }
    const int second = reader.number(2, 0, 60);
    if (second < 0) {
        return std::nullopt;
    }
    const int fraction = reader.take('.') ? reader.fraction() : 0;
    if (fraction < 0) {
        return std::nullopt;
    }
    const auto east = offset(reader);
    if (!east || !reader.at_end()) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) {
        return std::nullopt;
    }
    return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second - *east) + std::chrono::microseconds(fraction);
}

} // namespace studio::renderer
