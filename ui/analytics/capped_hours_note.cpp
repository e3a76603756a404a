// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/capped_hours_note.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <set>

namespace studio::ui {

namespace {

constexpr std::size_t max_days = 3;
constexpr qint64 seconds_of_hour = 3600;

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::analytics", text);
}

QString format_day(QDate day) {
    return QLocale().toString(day, QStringLiteral("d MMMM"));
}

} // namespace

// Reads one day more at both ends, because local days differ from UTC days.
std::vector<db::CappedHour> read_capped_hours(db::Session &session, const AnalyticsQuery &query) {
    const auto hour = [](std::chrono::sys_days day) {
        return std::chrono::duration_cast<std::chrono::hours>(day.time_since_epoch()).count();
    };
    return db::CappedHoursStore(session).list(hour(query.range.from - std::chrono::days(1)),
                                              hour(query.range.to + std::chrono::days(2)));
}

QString capped_hours_note(const AnalyticsQuery &query, const std::vector<db::CappedHour> &hours) {
    std::set<QDate> days;
    for (const auto &capped : hours) {
        const auto day = QDateTime::fromSecsSinceEpoch(capped.hour * seconds_of_hour, query.zone).date();
        if ((query.tenant.empty() || capped.tenant_id == query.tenant) && to_day(day) >= query.range.from &&
            to_day(day) <= query.range.to) {
            days.insert(day);
        }
    }
    if (days.empty()) {
        return {};
    }
    if (days.size() > max_days) {
        return tr("Traffic was limited on %1 days, most recently %2; the figures are lower bounds.")
            .arg(days.size())
            .arg(format_day(*days.rbegin()));
    }
    QStringList words;
    for (const auto day : days) {
        words << format_day(day);
    }
    return tr("Traffic was limited on %1; the figures are lower bounds.").arg(words.join(tr(", ")));
}

} // namespace studio::ui
