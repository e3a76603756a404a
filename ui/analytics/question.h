// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/analytics/figures.h"

#include <QDate>
#include <QString>
#include <QTimeZone>

#include <optional>
#include <vector>

namespace studio::ui {

// What the whole page answers.
struct Question {
    std::string tenant; // "" for all of them
    QString companion;  // her name; "" for all of them
    QTimeZone zone = QTimeZone::utc();
    QString currency; // ISO code; "" where tenants differ
    db::DateRange range;
    db::AnalyticsFilter filter;
};

QDate to_date(std::chrono::sys_days day);
std::chrono::sys_days to_day(QDate date);
int day_count(const db::DateRange &range);
// As many days, directly before.
db::DateRange period_before(const db::DateRange &range);
// "1 – 30 March 2026"
QString range_words(const db::DateRange &range);
// Hours up to two days, days up to a hundred, else months.
db::Grain fitting_grain(const db::DateRange &range);

enum class Preset {
    Today,
    Yesterday,
    Last7,
    Last30,
    ThisMonth,
    LastMonth,
    Last90,
    Last12Months,
    Last24Months,
    Custom
};
const std::vector<Preset> &presets();
QString preset_name(Preset preset);
// nullopt for Custom.
std::optional<db::DateRange> preset_range(Preset preset, QDate today);

// What can be filtered by, in the order of the menu.
enum class Field { Source, Medium, Campaign, Device, Browser, Country, Page, Variant };
const std::vector<Field> &fields();
QString field_name(Field field);
db::Dimension dimension_of(Field field);
// Of a variant "test:variant".
std::string filter_value(const db::AnalyticsFilter &filter, Field field);
void set_filter(db::AnalyticsFilter &filter, Field field, const std::string &value); // "" clears

// Values as people say them: "Instagram", "Direct", "Australia"; what is not known stays as it is.
QString value_words(db::Dimension dimension, const std::string &value);
QString step_words(const std::string &step); // "Photo engagement"; a page stays a path

} // namespace studio::ui
