// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/targets.h"

#include "ui/charts/format_figure.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace studio::ui {

namespace {

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::analytics", text);
}

QString words_of(Reached reached) {
    switch (reached) {
    case Reached::Yes:
        return tr("Reached");
    case Reached::No:
        return tr("Not reached");
    case Reached::Unknown:
        break;
    }
    return tr("Not enough data");
}

FigureRow row(const QString &aim, const QString &figure, const QString &target, Reached reached,
              const QString &of) {
    return {{aim, figure, target, words_of(reached), of}, {}};
}

FigureRow not_measured(const QString &aim, const QString &target, const QString &why) {
    return {{aim, QStringLiteral("–"), target, tr("Not measured yet"), why}, {}};
}

FigureRow uptime_row(const db::Uptime &uptime) {
    const auto aim = tr("Uptime"), target = tr("99.9 % or more");
    if (uptime.measured_minutes == 0) {
        return not_measured(aim, target, tr("measured while the public service runs"));
    }
    const bool enough = uptime.measured_minutes >= min_minutes;
    const bool high = static_cast<double>(uptime.up_minutes) >=
                      lowest_uptime * static_cast<double>(uptime.measured_minutes);
    const auto minutes =
        tr("%1 of %2 minutes").arg(format_count(uptime.up_minutes), format_count(uptime.measured_minutes));
    return row(aim, format_uptime(uptime), target,
               !enough ? Reached::Unknown
               : high  ? Reached::Yes
                       : Reached::No,
               uptime.answered == 0
                   ? minutes
                   : tr("%1; %2 of %3 requests failed")
                         .arg(minutes, format_count(uptime.failed), format_count(uptime.answered)));
}

FigureRow loads_row(const db::PageLoads &loads) {
    const auto aim = tr("Page load time"), target = tr("under 2 s on average");
    if (loads.loads == 0) {
        return not_measured(aim, target, tr("measured by visitors’ browsers"));
    }
    const auto average = static_cast<double>(loads.total_ms) / static_cast<double>(loads.loads);
    const Share fast{loads.faster_than(longest_load_ms), loads.loads};
    return row(aim, tr("%1 s").arg(QLocale().toString(average / 1000, 'f', 2)), target,
               loads.loads < Share::min_count ? Reached::Unknown
               : average < longest_load_ms    ? Reached::Yes
                                              : Reached::No,
               tr("%1 of %2 loads took less than 2 s").arg(format_count(fast.count), format_count(fast.of)));
}

FigureRow companions_row(const QString &aim, std::int64_t live, int target) {
    return row(aim, format_count(live), format_count(target), live >= target ? Reached::Yes : Reached::No,
               tr("companions whose site is live now"));
}

FigureRow bookings_row(const db::PlatformFigures &figures, const db::DateRange &range, QDate today) {
    std::vector<const db::PlatformMonth *> whole;
    for (const auto &month : figures.months) {
        const auto first = to_date(month.month);
        const auto last = first.addMonths(1).addDays(-1);
        if (month.month >= range.from && to_day(last) <= range.to && last < today) {
            whole.push_back(&month);
        }
    }
    const auto aim = tr("Bookings a month");
    const auto target = tr("more than the month before");
    if (whole.size() < 2) {
        return row(aim, QStringLiteral("–"), target, Reached::Unknown,
                   tr("needs two whole months: choose a longer period"));
    }
    const auto &last = *whole.back(), &before = **(whole.end() - 2);
    const auto name = [](const db::PlatformMonth &month) {
        return QLocale().toString(to_date(month.month), QStringLiteral("MMMM"));
    };
    return row(aim, format_count(last.bookings), target,
               last.bookings > before.bookings ? Reached::Yes : Reached::No,
               tr("%1; %2 in %3").arg(name(last), format_count(before.bookings), name(before)));
}

} // namespace

Reached conversion_reached(const db::Totals &totals) {
    const auto share = conversion(totals);
    return !share.readable()                   ? Reached::Unknown
           : share.rate() >= lowest_conversion ? Reached::Yes
                                               : Reached::No;
}

Reached visit_time_reached(const db::Totals &totals) {
    const auto seconds = average_seconds(totals);
    return totals.timed_visits < Share::min_count ? Reached::Unknown
           : *seconds > shortest_visit            ? Reached::Yes
                                                  : Reached::No;
}

QString format_uptime(const db::Uptime &uptime) {
    const auto hundredths = 10'000 * uptime.up_minutes / std::max<std::int64_t>(uptime.measured_minutes, 1);
    return tr("%1 %").arg(
        QLocale().toString(static_cast<double>(hundredths) / 100, 'f', hundredths % 100 ? 2 : 0));
}

void fill_targets(FigureTableModel &table, const db::PlatformFigures &figures, const Measured &measured,
                  const db::DateRange &range, QDate today) {
    db::Totals all;
    for (const auto &tenant : figures.tenants) {
        const auto &totals = tenant.totals;
        all.visits += totals.visits;
        all.bookings += totals.bookings;
        all.seconds += totals.seconds;
        all.timed_visits += totals.timed_visits;
    }
    const auto seconds = average_seconds(all);
    table.set(
        {{tr("Goal"), FigureKind::Text},
         {tr("Actual"), FigureKind::Text},
         {tr("Target"), FigureKind::Text},
         {tr("Status"), FigureKind::Text},
         {tr("Based on"), FigureKind::Text}},
        {companions_row(tr("Companions, first month"), figures.active_tenants, live_in_first_month),
         companions_row(tr("Companions, first year"), figures.active_tenants, live_in_first_year),
         bookings_row(figures, range, today),
         row(tr("Conversion rate"), format_share(conversion(all)), tr("5 to 10 %"), conversion_reached(all),
             share_sentence(conversion(all))),
         row(tr("Average visit"), seconds ? format_duration(*seconds) : QStringLiteral("–"), tr("over 3 min"),
             visit_time_reached(all), tr("%1 visits with several steps").arg(format_count(all.timed_visits))),
         uptime_row(measured.uptime), loads_row(measured.loads)});
}

QString reached_label(const db::Totals &totals) {
    QStringList reached;
    if (conversion_reached(totals) == Reached::Yes) {
        reached << tr("Conversion");
    }
    if (visit_time_reached(totals) == Reached::Yes) {
        reached << tr("visit time");
    }
    if (!reached.isEmpty()) {
        return reached.join(QStringLiteral(", "));
    }
    return conversion_reached(totals) == Reached::Unknown ? tr("too few visits") : tr("none");
}

} // namespace studio::ui
