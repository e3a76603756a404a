// SPDX-License-Identifier: Apache-2.0
// The tables of bookings by service, single visits, bots and the platform's companions. All functions are
// pure.
#pragma once

#include "ui/analytics/filters/analytics_query.h"
#include "ui/charts/figure_table_model.h"

namespace studio::ui {

// Columns: service, bookings, cancelled bookings, and for a single companion their value. Requests without a
// counted visit are the last row, if there are any.
void fill_services(FigureTableModel &table, const AnalyticsQuery &query,
                   const std::vector<db::BookingServiceRow> &rows,
                   const db::RequestsWithoutVisit &without_visit = {});
void fill_visits(FigureTableModel &table, const AnalyticsQuery &query, const std::vector<db::VisitRow> &rows);
void fill_bots(FigureTableModel &table, const std::vector<db::BotRow> &rows);
void fill_platform(FigureTableModel &table, const db::PlatformFigures &figures);
void fill_months(FigureTableModel &table, const db::PlatformFigures &figures);

} // namespace studio::ui
