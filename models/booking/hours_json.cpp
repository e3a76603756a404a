// SPDX-License-Identifier: Apache-2.0
#include "models/booking/hours_json.h"

#include "models/json/json_pointer.h"
#include "models/json/json_read.h"

#include <fmt/format.h>

#include <algorithm>

namespace studio::models {

namespace {

constexpr int minutes_a_day = 24 * 60;

Json readable_spans(const Json &list) {
    Json readable = Json::array();
    for (const Json &element : list) {
        if (read_hour_span(element)) {
            readable.push_back(element);
        }
    }
    return readable;
}

void check_overlap(Checker &checker, const Node &list, HourSpans spans) {
    std::sort(spans.begin(), spans.end(),
              [](const HourSpan &one, const HourSpan &two) { return one.from < two.from; });
    for (std::size_t at = 1; at < spans.size(); ++at) {
        if (spans[at].from < spans[at - 1].to) {
            checker.error(list.pointer,
                          fmt::format("{}–{} and {}–{} overlap: make one span of them.",
                                      clock_text(spans[at - 1].from), clock_text(spans[at - 1].to),
                                      clock_text(spans[at].from), clock_text(spans[at].to)));
            return;
        }
    }
}

std::optional<int> check_clock(Checker &checker, const Node &node, const char *label) {
    const auto clock = node && node.value->is_string()
                           ? parse_clock(node.value->get_ref<const std::string &>())
                           : std::nullopt;
    if (!clock) {
        checker.error(node.pointer,
                      fmt::format("{} must be a time such as 18:30, from 00:00 to 24:00.", label));
    }
    return clock;
}

std::optional<HourSpan> check_hour_span(Checker &checker, const Node &span) {
    if (!checker.object(span, "A span of hours")) {
        if (!span) {
            checker.error(span.pointer, "A span of hours must be an object with \"from\" and \"to\".");
        }
        return std::nullopt;
    }
    const auto from = check_clock(checker, span.at("from"), "The beginning");
    const auto to = check_clock(checker, span.at("to"), "The end");
    if (from == minutes_a_day) {
        checker.error(span.at("from").pointer,
                      "The beginning must be before 24:00: enter 00:00 on the next day.");
        return std::nullopt;
    }
    if (from && to && *from == *to) {
        checker.error(span.at("to").pointer,
                      "The end must differ from the beginning: a whole day is 00:00 to "
                      "24:00, and an end before the beginning is on the next day.");
        return std::nullopt;
    }
    return from && to ? read_hour_span(*span.value) : std::nullopt;
}

} // namespace

std::optional<int> parse_clock(std::string_view text) {
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) {
        return std::nullopt;
    }
    const int hours = (text[0] - '0') * 10 + (text[1] - '0');
    const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
    const int all = hours * 60 + minutes;
    return minutes < 60 && all <= minutes_a_day ? std::optional(all) : std::nullopt;
}

std::string clock_text(int minutes) {
    const int shown = minutes > minutes_a_day ? minutes - minutes_a_day : minutes;
    return fmt::format("{:02}:{:02}", shown / 60, shown % 60);
}

std::optional<HourSpan> read_hour_span(const Json &element) {
    const auto from = parse_clock(text_member(element, "from"));
    const auto to = parse_clock(text_member(element, "to"));
    if (!from || !to || *from == *to || *from == minutes_a_day) {
        return std::nullopt;
    }
    return HourSpan{*from, *to > *from ? *to : *to + minutes_a_day};
}

HourSpans read_hour_spans(const Json &list) {
    HourSpans spans;
    for (const Json &element : list) {
        if (const auto span = read_hour_span(element)) {
            spans.push_back(*span);
        }
    }
    return spans;
}

WeeklyHours read_weekly_hours(const Json &object) {
    WeeklyHours weekly;
    for (std::size_t day = 0; day < weekly.size(); ++day) {
        weekly[day] = read_hour_spans(list_member(object, weekday_keys[day]));
    }
    return weekly;
}

Json write_hour_spans(const HourSpans &spans, const Json &before) {
    const Json raw = readable_spans(before);
    return write_elements(
        spans, read_hour_spans(raw), raw, [](const HourSpan &) { return std::string(); },
        [](const HourSpan &span, Json &element) {
            if (read_hour_span(element) != span) {
                element["from"] = clock_text(span.from);
                element["to"] = clock_text(span.to);
            }
        });
}

void write_weekly_hours(const WeeklyHours &weekly, Json &object) {
    for (std::size_t day = 0; day < weekly.size(); ++day) {
        const Json before = list_member(object, weekday_keys[day]);
        if (weekly[day] != read_hour_spans(before)) {
            object[weekday_keys[day]] = write_hour_spans(weekly[day], before);
        }
    }
}

void check_hour_spans(Checker &checker, const Node &list, const char *label) {
    if (!checker.list(list, label, max_spans_a_day)) {
        return;
    }
    HourSpans spans;
    for (std::size_t at = 0; at < list.value->size(); ++at) {
        if (const auto span = check_hour_span(checker, list.at(at))) {
            spans.push_back(*span);
        }
    }
    check_overlap(checker, list, std::move(spans));
}

void check_weekly_hours(Checker &checker, const Node &weekly) {
    if (!checker.object(weekly, "The weekly hours")) {
        return;
    }
    for (const char *day : weekday_keys) {
        check_hour_spans(checker, weekly.at(day), "The hours of a day");
    }
}

std::optional<Day> check_day(Checker &checker, const Node &node, const char *label, bool required) {
    if (!node && !required) {
        return std::nullopt;
    }
    const auto day = node && node.value->is_string() ? parse_day(node.value->get_ref<const std::string &>())
                                                     : std::nullopt;
    if (!day) {
        checker.error(node.pointer, fmt::format("{} must be a date such as 2027-03-01.", label));
    }
    return day;
}

} // namespace studio::models
