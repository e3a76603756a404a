// SPDX-License-Identifier: Apache-2.0
// What the platform and its companions aim at, and how far they are. All pure.
#pragma once

#include "ui/analytics/figure_rows.h"

namespace studio::ui {

enum class Reached { Yes, No, Unknown }; // unknown: too little to judge by

constexpr int live_in_first_month = 5, live_in_first_year = 20; // companions
constexpr double lowest_conversion = 0.05;                      // 5 to 10 %
constexpr double shortest_visit = 180;                          // seconds, on average

Reached conversion_reached(const db::Totals &totals);
Reached visit_time_reached(const db::Totals &totals);

// Aim, figure, target, whether it is reached, what the figure is of. Bookings are those of the last two whole
// months of the range that are over at `today`.
void fill_targets(FigureTable &table, const db::PlatformFigures &figures, const db::DateRange &range,
                  QDate today);
// "Conversion, visit time": the targets of a companion that are reached.
QString reached_words(const db::Totals &totals);

} // namespace studio::ui
