// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/filters/analytics_query.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <map>

namespace studio::ui {

namespace {

constexpr int max_days_by_hour = 2, max_days_by_day = 100;

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::analytics", text);
}

db::DateRange days(QDate from, QDate to) {
    return {to_day(from), to_day(to)};
}

std::string *field_of(db::AnalyticsFilter &filter, Field field) {
    switch (field) {
    case Field::Source:
        return &filter.source;
    case Field::Medium:
        return &filter.medium;
    case Field::Campaign:
        return &filter.campaign;
    case Field::Device:
        return &filter.device;
    case Field::Browser:
        return &filter.browser;
    case Field::Country:
        return &filter.country;
    case Field::Page:
        return &filter.page;
    case Field::Variant:
        break;
    }
    return nullptr;
}

} // namespace

bool same_query(const AnalyticsQuery &first, const AnalyticsQuery &second) {
    return first.tenant == second.tenant && first.zone == second.zone && first.range == second.range &&
           first.filter == second.filter && first.currency == second.currency &&
           first.reading == second.reading;
}

QString clock_label(const AnalyticsQuery &query) {
    if (query.tenant.empty()) {
        return tr("each in her own time zone");
    }
    const auto zone = QString::fromLatin1(query.zone.id());
    const auto place = zone.section(QLatin1Char('/'), -1).replace(QLatin1Char('_'), QLatin1Char(' '));
    return zone.contains(QLatin1Char('/')) ? tr("%1 time").arg(place) : zone;
}

QString subject_label(const AnalyticsQuery &query) {
    return query.tenant.empty() ? tr("All companions") : query.companion;
}

std::vector<std::pair<QString, QString>> about_lines(const AnalyticsQuery &query) {
    std::vector<std::pair<QString, QString>> lines{
        {tr("Companion"), subject_label(query)},
        {tr("Days"), format_range(query.range)},
        {tr("Time zone"),
         query.tenant.empty() ? tr("each in her own time zone") : QString::fromLatin1(query.zone.id())}};
    lines.insert(lines.end(), query.filter_labels.begin(), query.filter_labels.end());
    lines.emplace_back(tr("As of"), QLocale().toString(query.asked.toTimeZone(query.zone),
                                                       QStringLiteral("d MMMM yyyy, HH:mm")));
    return lines;
}

QDate to_date(std::chrono::sys_days day) {
    return QDate(1970, 1, 1).addDays(day.time_since_epoch().count());
}

std::chrono::sys_days to_day(QDate date) {
    return std::chrono::sys_days(std::chrono::days(QDate(1970, 1, 1).daysTo(date)));
}

int day_count(const db::DateRange &range) {
    return static_cast<int>((range.to - range.from).count()) + 1;
}

db::DateRange period_before(const db::DateRange &range) {
    const std::chrono::days length(day_count(range));
    return {range.from - length, range.to - length};
}

db::DateRange compared_period(const AnalyticsQuery &query) {
    const auto asked = query.asked.toTimeZone(query.zone);
    const auto today = to_day(asked.date());
    auto begun = query.range;
    if (begun.from > today) {
        return period_before(begun);
    }
    begun.to = std::min(begun.to, today);
    auto before = period_before(begun);
    if (begun.to == today) {
        before.last_day_until = std::chrono::minutes(asked.time().hour() * 60 + asked.time().minute());
    }
    return before;
}

QString format_range(const db::DateRange &range) {
    const QLocale locale;
    const auto from = to_date(range.from), to = to_date(range.to);
    auto end = locale.toString(to, QStringLiteral("d MMMM yyyy"));
    if (range.last_day_until) {
        const auto until = QTime(0, 0).addSecs(static_cast<int>(range.last_day_until->count()) * 60);
        end = tr("%1 until %2").arg(end, until.toString(QStringLiteral("HH:mm")));
    }
    if (from == to) {
        return end;
    }
    const auto begin = from.year() != to.year()     ? locale.toString(from, QStringLiteral("d MMMM yyyy"))
                       : from.month() != to.month() ? locale.toString(from, QStringLiteral("d MMMM"))
                                                    : QString::number(from.day());
    return QStringLiteral("%1 – %2").arg(begin, end);
}

db::Grain fitting_grain(const db::DateRange &range) {
    const int count = day_count(range);
    return count <= max_days_by_hour  ? db::Grain::Hour
           : count <= max_days_by_day ? db::Grain::Day
                                      : db::Grain::Month;
}

const std::vector<Preset> &presets() {
    static const std::vector<Preset> list{
        Preset::Today,     Preset::Yesterday, Preset::Last7,        Preset::Last30,       Preset::ThisMonth,
        Preset::LastMonth, Preset::Last90,    Preset::Last12Months, Preset::Last24Months, Preset::Custom};
    return list;
}

QString preset_name(Preset preset) {
    switch (preset) {
    case Preset::Today:
        return tr("Today");
    case Preset::Yesterday:
        return tr("Yesterday");
    case Preset::Last7:
        return tr("Last 7 days");
    case Preset::Last30:
        return tr("Last 30 days");
    case Preset::ThisMonth:
        return tr("This month");
    case Preset::LastMonth:
        return tr("Last month");
    case Preset::Last90:
        return tr("Last 90 days");
    case Preset::Last12Months:
        return tr("Last 12 months");
    case Preset::Last24Months:
        return tr("Last 24 months");
    case Preset::Custom:
        break;
    }
    return tr("Custom range");
}

std::optional<db::DateRange> preset_range(Preset preset, QDate today) {
    const QDate month(today.year(), today.month(), 1);
    switch (preset) {
    case Preset::Today:
        return days(today, today);
    case Preset::Yesterday:
        return days(today.addDays(-1), today.addDays(-1));
    case Preset::Last7:
        return days(today.addDays(-6), today);
    case Preset::Last30:
        return days(today.addDays(-29), today);
    case Preset::ThisMonth:
        return days(month, today);
    case Preset::LastMonth:
        return days(month.addMonths(-1), month.addDays(-1));
    case Preset::Last90:
        return days(today.addDays(-89), today);
    case Preset::Last12Months:
        return days(month.addMonths(-11), today);
    case Preset::Last24Months:
        return days(month.addMonths(-23), today);
    case Preset::Custom:
        break;
    }
    return std::nullopt;
}

const std::vector<Field> &fields() {
    static const std::vector<Field> list{Field::Source,  Field::Medium,  Field::Campaign, Field::Device,
                                         Field::Browser, Field::Country, Field::Page,     Field::Variant};
    return list;
}

QString field_name(Field field) {
    switch (field) {
    case Field::Source:
        return tr("Source");
    case Field::Medium:
        return tr("Medium");
    case Field::Campaign:
        return tr("Campaign");
    case Field::Device:
        return tr("Device");
    case Field::Browser:
        return tr("Browser");
    case Field::Country:
        return tr("Country");
    case Field::Page:
        return tr("Page");
    case Field::Variant:
        break;
    }
    return tr("Variant");
}

db::Dimension dimension_of(Field field) {
    switch (field) {
    case Field::Source:
        return db::Dimension::Source;
    case Field::Medium:
        return db::Dimension::Medium;
    case Field::Campaign:
        return db::Dimension::Campaign;
    case Field::Device:
        return db::Dimension::Device;
    case Field::Browser:
        return db::Dimension::Browser;
    case Field::Country:
        return db::Dimension::Country;
    case Field::Page:
        return db::Dimension::Page;
    case Field::Variant:
        break;
    }
    return db::Dimension::Variant;
}

std::string filter_value(const db::AnalyticsFilter &filter, Field field) {
    if (field == Field::Variant) {
        return filter.variant_id.empty() ? std::string() : filter.test_id + ':' + filter.variant_id;
    }
    return *field_of(const_cast<db::AnalyticsFilter &>(filter), field);
}

void set_filter(db::AnalyticsFilter &filter, Field field, const std::string &value) {
    if (field != Field::Variant) {
        *field_of(filter, field) = value;
        return;
    }
    const auto colon = value.find(':');
    filter.test_id = colon == std::string::npos ? std::string() : value.substr(0, colon);
    filter.variant_id = colon == std::string::npos ? std::string() : value.substr(colon + 1);
}

QString value_label(db::Dimension dimension, const std::string &value) {
    const auto text = QString::fromStdString(value);
    if (dimension == db::Dimension::Page || dimension == db::Dimension::Campaign ||
        dimension == db::Dimension::Variant) {
        return text.isEmpty() ? tr("(none)") : text;
    }
    if (dimension == db::Dimension::Service) {
        return text.isEmpty() ? tr("(no service)") : text;
    }
    if (text.isEmpty() || text == QLatin1String("none")) {
        return tr("(unknown)");
    }
    if (dimension == db::Dimension::Country) {
        const auto territory = QLocale::codeToTerritory(text);
        return territory == QLocale::AnyTerritory ? text : QLocale::territoryToString(territory);
    }
    static const std::map<QString, QString> known{
        {QStringLiteral("tiktok"), QStringLiteral("TikTok")},
        {QStringLiteral("duckduckgo"), QStringLiteral("DuckDuckGo")},
        {QStringLiteral("linkedin"), QStringLiteral("LinkedIn")},
        {QStringLiteral("youtube"), QStringLiteral("YouTube")},
        {QStringLiteral("onlyfans"), QStringLiteral("OnlyFans")}};
    if (const auto found = known.find(text); found != known.end()) {
        return found->second;
    }
    // A host name stays in small letters; any other word begins with a capital.
    return text.contains(QLatin1Char('.')) ? text : text.left(1).toUpper() + text.mid(1);
}

QString step_label(const std::string &step) {
    if (step.empty() || step.front() == '/') {
        return QString::fromStdString(step);
    }
    static const std::map<std::string, QString> known{{"page_view", tr("Viewed a page")},
                                                      {"photo_engagement", tr("Viewed photos")},
                                                      {"pricing_view", tr("Viewed prices")},
                                                      {"form_start", tr("Opened the form")},
                                                      {"booking_submit", tr("Sent a request")}};
    if (const auto found = known.find(step); found != known.end()) {
        return found->second;
    }
    auto words = QString::fromStdString(step).replace(QLatin1Char('_'), QLatin1Char(' '));
    return words.left(1).toUpper() + words.mid(1);
}

} // namespace studio::ui
