// SPDX-License-Identifier: Apache-2.0
// Turns social media figures into the tables that charts draw. All functions are pure.
#pragma once

#include "models/analytics/social_csv.h"
#include "models/statistics/correlation.h"
#include "ui/analytics/filters/analytics_query.h"
#include "ui/charts/figure_table_model.h"

namespace studio::ui {

enum class SocialFigure { Followers, FollowersGained, Engagement, Posts, Reach };
const std::vector<SocialFigure> &social_figures();
QString social_figure_name(SocialFigure figure);

enum class SocialAgainst { Visits, Bookings };

// One account's figure for each day of the range; nullopt where none was imported. Followers gained are
// counted since the day before, if that day's figure is known. Engagement is a rate between 0 and 1.
std::vector<std::optional<double>> social_days(const std::vector<models::SocialMetric> &metrics,
                                               const std::string &platform, SocialFigure figure,
                                               const db::DateRange &range);

// Columns: day, the figure, and the visits or bookings of that day.
void fill_social(FigureTableModel &table, const AnalyticsQuery &query, SocialFigure figure,
                 SocialAgainst against, const std::vector<std::optional<double>> &figures,
                 const std::vector<db::TrendPoint> &trend);

constexpr int max_lag = 7; // days
// A row for each delay: a sentence, the number of days, and Pearson's and Spearman's coefficients with their
// 95 % intervals.
void fill_correlations(FigureTableModel &table,
                       const std::vector<statistics::LaggedCorrelation> &correlations);

// Fills the rows of a file as they were read, or its errors.
void fill_social_preview(FigureTableModel &table, const models::SocialFile &file, std::size_t max_rows);

} // namespace studio::ui
