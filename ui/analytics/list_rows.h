// SPDX-License-Identifier: Apache-2.0
// Bookings by service, single visits, bots and the platform's companions as the tables that the page lists.
// All pure.
#pragma once

#include "ui/analytics/filters/analytics_query.h"
#include "ui/charts/figure_table_model.h"

namespace studio::ui {

// Service, bookings, cancelled, and of one companion alone their value. Requests without a counted visit are
// the last row, where there are any.
void fill_services(FigureTableModel &table, const AnalyticsQuery &query,
                   const std::vector<db::BookingServiceRow> &rows,
                   const db::RequestsWithoutVisit &without_visit = {});
void fill_visits(FigureTableModel &table, const AnalyticsQuery &query, const std::vector<db::VisitRow> &rows);
void fill_bots(FigureTableModel &table, const std::vector<db::BotRow> &rows);
void fill_platform(FigureTableModel &table, const db::PlatformFigures &figures);
void fill_months(FigureTableModel &table, const db::PlatformFigures &figures);

} // namespace studio::ui
