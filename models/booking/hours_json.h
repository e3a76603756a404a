// SPDX-License-Identifier: Apache-2.0
// Hours as JSON: {"monday":[{"from":"10:00","to":"18:00"}]}. Internal to models/booking.
#pragma once

#include "models/booking/availability.h"
#include "models/documents/checker.h"

namespace studio::models {

inline constexpr std::array<const char *, 7> weekday_keys{"monday", "tuesday",  "wednesday", "thursday",
                                                          "friday", "saturday", "sunday"};

inline constexpr int max_buffer_minutes = 24 * 60;
inline constexpr int max_notice_minutes = 60 * 24 * 60;
inline constexpr int max_days_ahead_limit = 731;
inline constexpr int max_hold_hours = 30 * 24;
inline constexpr std::size_t max_spans_a_day = 12;

// Reads one span of hours; nullopt if it is invalid.
std::optional<HourSpan> read_hour_span(const Json &element);
HourSpans read_hour_spans(const Json &list);
WeeklyHours read_weekly_hours(const Json &object);

Json write_hour_spans(const HourSpans &spans, const Json &before);
void write_weekly_hours(const WeeklyHours &weekly, Json &object);

void check_hour_spans(Checker &checker, const Node &list, const char *label);
void check_weekly_hours(Checker &checker, const Node &weekly);
// A date as text; the day if it is present and valid.
std::optional<Day> check_day(Checker &checker, const Node &node, const char *label, bool required);

} // namespace studio::models
