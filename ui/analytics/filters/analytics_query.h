// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/analytics/figures.h"

#include <QDate>
#include <QDateTime>
#include <QString>
#include <QTimeZone>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace studio::ui {

// What the whole page answers.
struct AnalyticsQuery {
    models::TenantId tenant; // none: all of them
    QString companion;       // her name; "" for all of them
    QTimeZone zone = QTimeZone::utc();
    QString currency; // ISO code; "" where tenants differ
    db::DateRange range;
    db::AnalyticsFilter filter;
    std::vector<std::pair<QString, QString>> filter_labels; // "Source", "Instagram"
    QDateTime asked = QDateTime::currentDateTimeUtc();      // today is compared until this time of day
    std::uint64_t reading = 0;                              // another number asks the same once more
};

// Whether both have the same answer, at the same reading.
bool same_query(const AnalyticsQuery &first, const AnalyticsQuery &second);
// "Sydney time", "UTC", "each in her own time zone".
QString clock_label(const AnalyticsQuery &query);
// "Claire", "All companions".
QString subject_label(const AnalyticsQuery &query);
// What figures are of, for those who have them as a file: companion, days, time zone, filters, time.
std::vector<std::pair<QString, QString>> about_lines(const AnalyticsQuery &query);

QDate to_date(std::chrono::sys_days day);
std::chrono::sys_days to_day(QDate date);
int day_count(const db::DateRange &range);
// As many days, directly before.
db::DateRange period_before(const db::DateRange &range);
// As many days as the question's range has until now, directly before. Where today is among them, its
// counterpart ends at the same time of day.
db::DateRange compared_period(const AnalyticsQuery &query);
// "1 – 30 March 2026", "16 March 2026 until 14:05"
QString format_range(const db::DateRange &range);
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
QString value_label(db::Dimension dimension, const std::string &value);
QString step_label(const std::string &step); // "Viewed photos"; a page stays a path

} // namespace studio::ui
