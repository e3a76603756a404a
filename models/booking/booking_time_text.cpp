// SPDX-License-Identifier: Apache-2.0
#include "models/booking/booking_time_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace studio::models {

namespace {

constexpr std::array<std::string_view, 12> months{"january",   "february", "march",    "april",
                                                  "may",       "june",     "july",     "august",
                                                  "september", "october",  "november", "december"};
constexpr std::array<std::string_view, 7> weekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                   "friday", "saturday", "sunday"};
constexpr std::array<std::string_view, 8> fillers{"at", "on", "the", "of", "st", "nd", "rd", "th"};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_letter(char c) {
    return c >= 'a' && c <= 'z';
}

// Splits the text into runs of digits, runs of lower-case letters, and ":" or "." between two digits. Empty
// if it contains anything else but blanks, commas and full stops.
std::vector<std::string> pieces_of(std::string_view text) {
    std::vector<std::string> pieces;
    char before = ' ';
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c =
            text[at] >= 'A' && text[at] <= 'Z' ? static_cast<char>(text[at] - 'A' + 'a') : text[at];
        const bool splits =
            (c == ':' || c == '.') && is_digit(before) && at + 1 < text.size() && is_digit(text[at + 1]);
        if (splits) {
            pieces.emplace_back(":");
        } else if (is_digit(c) || is_letter(c)) {
            const bool goes_on = is_digit(c) ? is_digit(before) : is_letter(before);
            if (goes_on) {
                pieces.back().push_back(c);
            } else {
                pieces.emplace_back(1, c);
            }
        } else if (c != ' ' && c != ',' && c != '.') {
            return {};
        }
        before = c;
    }
    return pieces;
}

// The index of the only name that begins with the word, which must have at least three letters; -1 for none.
template <std::size_t Count>
int place_of(const std::array<std::string_view, Count> &names, std::string_view word) {
    const auto found = std::find_if(names.begin(), names.end(), [&](std::string_view name) {
        return word.size() >= 3 && (name.starts_with(word) || (word == "sept" && name == "september"));
    });
    return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

class TypedTime final {
public:
    explicit TypedTime(std::vector<std::string> pieces) : m_pieces(std::move(pieces)) {}

    std::optional<LocalDateTime> read() {
        while (m_at < m_pieces.size()) {
            if (!(is_digit(m_pieces[m_at].front()) ? number() : word())) {
                return std::nullopt;
            }
        }
        if (m_year < 0 || m_month < 0 || m_day < 0 || m_hour < 0) {
            return std::nullopt;
        }
        return parse_local_date_time(
            fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}", m_year, m_month, m_day, m_hour, m_minute));
    }

private:
    // Sets a part of the time; false if it was set before.
    static bool take(int &into, int value) {
        const bool first = into < 0;
        into = value;
        return first;
    }
    std::string_view piece(std::size_t ahead) const {
        return m_at + ahead < m_pieces.size() ? std::string_view(m_pieces[m_at + ahead]) : std::string_view();
    }
    bool word() {
        const std::string_view word = piece(0);
        ++m_at;
        if (const int month = place_of(months, word); month >= 0) {
            return take(m_month, month + 1);
        }
        return place_of(weekdays, word) >= 0 ||
               std::find(fillers.begin(), fillers.end(), word) != fillers.end();
    }
    bool number() {
        if (piece(0).size() > 4) {
            return false;
        }
        const int value = std::stoi(m_pieces[m_at]);
        if (piece(0).size() == 4) {
            ++m_at;
            return take(m_year, value);
        }
        const bool has_minutes = piece(1) == ":" && piece(2).size() == 2;
        const std::size_t after = has_minutes ? 3 : 1;
        const bool has_half = half_at(after) != ' ';
        if (!has_minutes && !has_half) {
            ++m_at;
            return take(m_day, value);
        }
        return clock(value, has_minutes ? std::stoi(m_pieces[m_at + 2]) : 0, after);
    }
    // 'a' or 'p' if "am", "pm" or "a.m." is `ahead` pieces ahead, ' ' for neither.
    char half_at(std::size_t ahead) const {
        const std::string_view first = piece(ahead);
        const bool whole = first == "am" || first == "pm";
        const bool parts = (first == "a" || first == "p") && piece(ahead + 1) == "m";
        return whole || parts ? first.front() : ' ';
    }
    bool clock(int hour, int minute, std::size_t after) {
        const char half = half_at(after);
        m_at += after + (half == ' ' ? 0 : piece(after).size() == 2 ? 1 : 2);
        if (half != ' ') {
            if (hour < 1 || hour > 12) {
                return false;
            }
            hour = hour % 12 + (half == 'p' ? 12 : 0);
        }
        m_minute = minute;
        return take(m_hour, hour);
    }

    const std::vector<std::string> m_pieces;
    std::size_t m_at = 0;
    int m_year = -1, m_month = -1, m_day = -1, m_hour = -1, m_minute = 0;
};

} // namespace

std::optional<LocalDateTime> read_typed_time(std::string_view text) {
    if (const auto exact = parse_local_date_time(text)) {
        return exact;
    }
    return TypedTime(pieces_of(text)).read();
}

} // namespace studio::models
