// SPDX-License-Identifier: Apache-2.0
// The goals of the platform and its companions, and whether they are reached. All functions are pure.
#pragma once

#include "db/stores/measurement_store.h"
#include "ui/analytics/figure_rows.h"

namespace studio::ui {

enum class Reached { Yes, No, Unknown }; // Unknown: too few figures to tell

constexpr int live_in_first_month = 5, live_in_first_year = 20; // companions
constexpr double lowest_conversion = 0.05;                      // 5 to 10 %
constexpr double shortest_visit = 180;                          // seconds, on average
constexpr double lowest_uptime = 0.999;                         // as a share of the measured minutes
constexpr int longest_load_ms = 2000;                           // the average must stay below it
// With fewer minutes than this a single one would be more than the 0.1 % that may be missing.
constexpr std::int64_t min_minutes = 1000;

// Uptime as the service measured it and load times as browsers did, in the range.
struct Measured {
    db::Uptime uptime;
    db::PageLoads loads;
};

Reached conversion_reached(const db::Totals &totals);
Reached visit_time_reached(const db::Totals &totals);

// Goal, actual figure, target, status, what the figure is based on. Bookings are those of the last two whole
// months of the range that are over at `today`.
void fill_targets(FigureTableModel &table, const db::PlatformFigures &figures, const Measured &measured,
                  const db::DateRange &range, QDate today);
// "99.95 %", rounded down.
QString format_uptime(const db::Uptime &uptime);
// "Conversion, visit time": the targets of a companion that are reached.
QString reached_label(const db::Totals &totals);

} // namespace studio::ui
