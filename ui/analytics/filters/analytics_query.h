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

// What the whole page shows: which companion, which days, which filters.
struct AnalyticsQuery {
    models::TenantId tenant; // no value: all companions
    QString companion;       // the companion's name; "" for all companions
    QTimeZone zone = QTimeZone::utc();
    QString currency; // ISO code; "" where the tenants' currencies differ
    db::DateRange range;
    db::AnalyticsFilter filter;
    std::vector<std::pair<QString, QString>> filter_labels; // "Source", "Instagram"
    QDateTime asked = QDateTime::currentDateTimeUtc();      // today is compared up to this time of day
    std::uint64_t reading = 0;                              // a higher number asks the same query again
};

// Whether both ask for the same figures, and for the same reading of them.
bool same_query(const AnalyticsQuery &first, const AnalyticsQuery &second);
// "Sydney time", "UTC", "each in her own time zone".
QString clock_label(const AnalyticsQuery &query);
// "Claire", "All companions".
QString subject_label(const AnalyticsQuery &query);
// What an exported file says about its figures: companion, days, time zone, filters, time of the export.
std::vector<std::pair<QString, QString>> about_lines(const AnalyticsQuery &query);

QDate to_date(std::chrono::sys_days day);
std::chrono::sys_days to_day(QDate date);
int day_count(const db::DateRange &range);
// The period of the same number of days directly before.
db::DateRange period_before(const db::DateRange &range);
// The period directly before with as many days as the query's range has so far. If the range includes today,
// the last day of that period ends at the same time of day.
db::DateRange compared_period(const AnalyticsQuery &query);
// "1 – 30 March 2026", "16 March 2026 until 14:05"
QString format_range(const db::DateRange &range);
// Hours for up to two days, days for up to a hundred, otherwise months.
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

// The fields that figures can be filtered by, in the order of the menu.
enum class Field { Source, Medium, Campaign, Device, Browser, Country, Page, Variant };
const std::vector<Field> &fields();
QString field_name(Field field);
db::Dimension dimension_of(Field field);
// The value of a field in the filter; for a variant it is "test:variant".
std::string filter_value(const db::AnalyticsFilter &filter, Field field);
void set_filter(db::AnalyticsFilter &filter, Field field, const std::string &value); // "" clears

// The label of a dimension's value: "Instagram", "Direct", "Australia"; an unknown value is its own label.
QString value_label(db::Dimension dimension, const std::string &value);
QString step_label(const std::string &step); // "Viewed photos"; a page stays a path

} // namespace studio::ui
