// SPDX-License-Identifier: Apache-2.0
// Bookings by service, single visits, bots and the platform's companions as the tables that the page lists.
// All pure.
#pragma once

#include "ui/analytics/filters/question.h"
#include "ui/charts/figure_table.h"

namespace studio::ui {

// Service, bookings, cancelled, and of one companion alone their value.
void fill_services(FigureTable &table, const Question &question,
                   const std::vector<db::BookingServiceRow> &rows);
void fill_visits(FigureTable &table, const Question &question, const std::vector<db::VisitRow> &rows);
void fill_bots(FigureTable &table, const std::vector<db::BotRow> &rows);
void fill_platform(FigureTable &table, const db::PlatformFigures &figures);
void fill_months(FigureTable &table, const db::PlatformFigures &figures);

} // namespace studio::ui
