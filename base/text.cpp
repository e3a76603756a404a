// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

namespace studio::base {

namespace {

using CodePoints = std::vector<utf8proc_int32_t>;

constexpr utf8proc_int32_t zero_width_non_joiner = 0x200C, zero_width_joiner = 0x200D, black_flag = 0x1F3F4;
constexpr std::size_t code_points_per_character = 4;

const utf8proc_uint8_t *bytes_of(std::string_view text) {
    return reinterpret_cast<const utf8proc_uint8_t *>(text.data());
}

// The code point that `text` begins with, and its length in bytes; below 1 where it is invalid.
utf8proc_ssize_t decode(std::string_view text, utf8proc_int32_t &code_point) {
    return utf8proc_iterate(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()), &code_point);
}

void append(std::string &text, utf8proc_int32_t code_point) {
    utf8proc_uint8_t bytes[4];
    const auto length = utf8proc_encode_char(code_point, bytes);
    text.append(reinterpret_cast<const char *>(bytes), static_cast<std::size_t>(length));
}

bool is_line_break(utf8proc_int32_t c) {
    return c == '\n' || c == '\v' || c == '\f' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool is_no_break_space(utf8proc_int32_t c) {
    return c == 0xA0 || c == 0x202F;
}

bool is_space(utf8proc_int32_t c) {
    return c == '\t' || utf8proc_category(c) == UTF8PROC_CATEGORY_ZS;
}

bool is_joiner(utf8proc_int32_t c) {
    return c == zero_width_joiner || c == zero_width_non_joiner;
}

// Whether the first word of `text`, which begins with a capital letter, keeps it inside a sentence.
bool keeps_its_capital(std::string_view text) {
    const std::string_view word = text.substr(0, text.find(' '));
    for (const std::string_view day :
         {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}) {
        if (word.starts_with(day)) {
            return true;
        }
    }
    if (word == "I" || word.starts_with("I'") || word.starts_with("I\u2019")) {
        return true;
    }
    utf8proc_int32_t code_point = 0;
    auto length = decode(word, code_point);
    for (std::size_t at = static_cast<std::size_t>(length); at < word.size();
         at += static_cast<std::size_t>(length)) {
        length = decode(word.substr(at), code_point);
        if (length < 1) {
            return true;
        }
        if (utf8proc_category(code_point) == UTF8PROC_CATEGORY_LU) {
            return true;
        }
    }
    return false;
}

// Letters of flags such as England's; they follow a black flag.
bool is_tag(utf8proc_int32_t c) {
    return c >= 0xE0020 && c <= 0xE007F;
}

bool is_variation_selector(utf8proc_int32_t c) {
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

// Prepended signs of numbers in Arabic, Syriac and Kaithi have the category of format marks and are visible.
bool is_visible_sign(utf8proc_int32_t c) {
    return (c >= 0x600 && c <= 0x605) || c == 0x6DD || c == 0x70F || c == 0x890 || c == 0x891 || c == 0x8E2 ||
           c == 0x110BD || c == 0x110CD;
}

// Letters that show nothing, such as Hangul fillers.
bool is_filler(utf8proc_int32_t c) {
    return c == 0x34F || c == 0x115F || c == 0x1160 || c == 0x17B4 || c == 0x17B5 || c == 0x2800 ||
           c == 0x3164 || c == 0xFFA0;
}

// Code points that Unicode will never give to a character, such as U+FFFF.
bool is_noncharacter(utf8proc_int32_t c) {
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

// Marks that nobody sees.
bool is_format_mark(utf8proc_int32_t c) {
    return is_noncharacter(c) || (utf8proc_category(c) == UTF8PROC_CATEGORY_CF && !is_visible_sign(c));
}

// Latin letters, digits and their signs take no joiners; the code points above them may.
bool may_join(utf8proc_int32_t c) {
    return c >= 0x300 && !is_space(c) && !is_line_break(c) && !is_format_mark(c);
}

CodePoints decoded(std::string_view text) {
    CodePoints points;
    points.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        utf8proc_int32_t code_point = 0;
        at += static_cast<std::size_t>(decode(text.substr(at), code_point));
        points.push_back(code_point);
    }
    return points;
}

std::string composed(const std::string &text) {
    if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
        return text;
    }
    utf8proc_uint8_t *result = nullptr;
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    const auto length =
        utf8proc_map(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()), &result, options);
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(result, &std::free);
    return length < 0 ? text
                      : std::string(reinterpret_cast<char *>(result), static_cast<std::size_t>(length));
}

// Letters of the Arabic family and of India's scripts, whose shape a joiner changes at the end of a word too.
bool is_shaped_letter(utf8proc_int32_t c) {
    return c >= 0x600 && c <= 0xDFF && may_join(c);
}

bool is_direction_mark(utf8proc_int32_t c) {
    return c == 0x200E || c == 0x200F || c == 0x61C;
}

// Whether the format mark at `at` carries meaning where it stands.
bool is_needed(const CodePoints &points, std::size_t at, utf8proc_int32_t before, bool prose) {
    if (is_direction_mark(points[at])) {
        return prose;
    }
    if (is_joiner(points[at]) && is_shaped_letter(before)) {
        return true;
    }
    if (is_joiner(points[at])) {
        return at > 0 && at + 1 < points.size() && may_join(before) && may_join(points[at + 1]);
    }
    return is_tag(points[at]) && (before == black_flag || is_tag(before));
}

std::string cleaned_once(std::string_view text, bool prose) {
    if (!is_valid_utf8(text)) {
        return std::string(text);
    }
    const CodePoints points = decoded(text);
    std::string result;
    utf8proc_int32_t before = 0;
    for (std::size_t at = 0; at < points.size(); ++at) {
        utf8proc_int32_t point = points[at];
        if (is_format_mark(point) && !is_needed(points, at, before, prose)) {
            continue;
        }
        if (point == '\r' && at + 1 < points.size() && points[at + 1] == '\n') {
            continue;
        }
        if (is_line_break(point)) {
            point = '\n';
        } else if (is_space(point) && !(prose && (point == '\t' || is_no_break_space(point)))) {
            point = ' ';
        }
        append(result, point);
        before = point;
    }
    const auto is_edge = [](utf8proc_int32_t c) {
        return is_space(c) || is_line_break(c) || is_format_mark(c);
    };
    const CodePoints kept = decoded(result);
    const auto first = std::find_if_not(kept.begin(), kept.end(), is_edge);
    auto last = std::find_if(kept.rbegin(), std::make_reverse_iterator(first), [&](utf8proc_int32_t c) {
                    return !is_edge(c) || is_tag(c);
                }).base();
    if (last != first && last != kept.end() && is_joiner(*last) && is_shaped_letter(*(last - 1))) {
        ++last;
    }
    result.clear();
    for (auto at = first; at != last; ++at) {
        append(result, *at);
    }
    return is_blank(result) ? std::string() : composed(result);
}

// Composing letters and dropping marks changes the neighbours of a joiner, so one pass may not be enough.
std::string cleaned(std::string_view text, bool prose) {
    std::string before(text), now = cleaned_once(text, prose);
    while (now != before) {
        before = std::move(now);
        now = cleaned_once(before, prose);
    }
    return now;
}

// Calls `see` for each grapheme cluster with its end in bytes and its code points, until `see` returns false.
template <class See> void clusters(std::string_view text, See see) {
    utf8proc_int32_t before = 0, state = 0;
    std::size_t points = 0;
    for (std::size_t at = 0; at < text.size();) {
        utf8proc_int32_t point = 0;
        const auto length = decode(text.substr(at), point);
        const bool breaks = length < 1 || before < 0 || points == 0 ||
                            utf8proc_grapheme_break_stateful(before, point, &state);
        if (breaks && points > 0) {
            if (!see(at, points)) {
                return;
            }
            points = 0;
        }
        before = length < 1 ? -1 : point;
        ++points;
        at += length < 1 ? 1 : static_cast<std::size_t>(length);
    }
    if (points > 0) {
        see(text.size(), points);
    }
}

// The number of bytes that the first `max_characters` characters take.
std::size_t end_of(std::string_view text, std::size_t max_characters) {
    std::size_t end = 0, count = 0, points = 0;
    clusters(text, [&](std::size_t cluster_end, std::size_t cluster_points) {
        ++count;
        points += cluster_points;
        if (count > max_characters || points > max_characters * code_points_per_character) {
            return false;
        }
        end = cluster_end;
        return true;
    });
    return end;
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace

bool is_valid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        utf8proc_int32_t code_point = 0;
        const auto length = decode(text.substr(at), code_point);
        if (length < 1) {
            return false;
        }
        at += static_cast<std::size_t>(length);
    }
    return true;
}

std::size_t character_count(std::string_view text) {
    std::size_t count = 0, points = 0;
    clusters(text, [&](std::size_t, std::size_t cluster_points) {
        ++count;
        points += cluster_points;
        return true;
    });
    return std::max(count, (points + code_points_per_character - 1) / code_points_per_character);
}

std::string_view first_characters(std::string_view text, std::size_t max_characters) {
    return text.substr(0, end_of(text, max_characters));
}

std::string shortened(std::string_view text, std::size_t max_characters) {
    if (end_of(text, max_characters) == text.size()) {
        return std::string(text);
    }
    if (max_characters == 0) {
        return {};
    }
    std::string_view kept = first_characters(text, max_characters - 1);
    const std::size_t space = text[kept.size()] == ' ' ? kept.size() : kept.rfind(' ');
    if (space != std::string_view::npos && space >= kept.size() / 2) {
        kept = kept.substr(0, space);
    }
    return std::string(trimmed(kept)) + "…";
}

std::string clean_line(std::string_view text) {
    return cleaned(text, false);
}

std::string clean_prose(std::string_view text) {
    return cleaned(text, true);
}

bool is_blank(std::string_view text) {
    if (!is_valid_utf8(text)) {
        return false;
    }
    const CodePoints points = decoded(text);
    return std::all_of(points.begin(), points.end(), [](utf8proc_int32_t c) {
        return is_space(c) || is_line_break(c) || is_format_mark(c) || is_filler(c) ||
               is_variation_selector(c);
    });
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blank = " \t\r\n\v\f";
    const std::size_t begin = text.find_first_not_of(blank);
    return begin == std::string_view::npos ? std::string_view{}
                                           : text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

std::string inside_sentence(std::string_view text) {
    utf8proc_int32_t first = 0;
    const auto length = decode(text, first);
    if (length < 1 || utf8proc_category(first) != UTF8PROC_CATEGORY_LU || keeps_its_capital(text)) {
        return std::string(text);
    }
    std::string result;
    append(result, utf8proc_tolower(first));
    return result.append(text.substr(static_cast<std::size_t>(length)));
}

std::string lower_case(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

bool equal_ignoring_case(std::string_view first, std::string_view second) {
    return first.size() == second.size() && starts_with_ignoring_case(first, second);
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() &&
           std::equal(prefix.begin(), prefix.end(), text.begin(),
                      [](char one, char other) { return lower(one) == lower(other); });
}

} // namespace studio::base
