// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/targets.h"

#include "ui/charts/figure_words.h"

#include <QCoreApplication>
#include <QLocale>

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
    return tr("Too little to say");
}

FigureRow row(const QString &aim, const QString &figure, const QString &target, Reached reached,
              const QString &of) {
    return {{aim, figure, target, words_of(reached), of}, {}};
}

FigureRow companions_row(const QString &aim, std::int64_t live, int target) {
    return row(aim, count_words(live), count_words(target), live >= target ? Reached::Yes : Reached::No,
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
                   tr("needs two whole months: choose a longer time"));
    }
    const auto &last = *whole.back(), &before = **(whole.end() - 2);
    const auto name = [](const db::PlatformMonth &month) {
        return QLocale().toString(to_date(month.month), QStringLiteral("MMMM"));
    };
    return row(aim, count_words(last.bookings), target,
               last.bookings > before.bookings ? Reached::Yes : Reached::No,
               tr("%1; %2 in %3").arg(name(last), count_words(before.bookings), name(before)));
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
    return totals.timed_visits < Share::fewest ? Reached::Unknown
           : *seconds > shortest_visit         ? Reached::Yes
                                               : Reached::No;
}

void fill_targets(FigureTable &table, const db::PlatformFigures &figures, const db::DateRange &range,
                  QDate today) {
    db::Totals all;
    for (const auto &[id, subdomain, name, status, totals] : figures.tenants) {
        all.visits += totals.visits;
        all.bookings += totals.bookings;
        all.seconds += totals.seconds;
        all.timed_visits += totals.timed_visits;
    }
    const auto seconds = average_seconds(all);
    table.set(
        {{tr("Aim"), FigureKind::Text},
         {tr("Figure"), FigureKind::Text},
         {tr("Target"), FigureKind::Text},
         {tr("Is it reached?"), FigureKind::Text},
         {tr("What it is of"), FigureKind::Text}},
        {companions_row(tr("Companions, first month"), figures.active_tenants, live_in_first_month),
         companions_row(tr("Companions, first year"), figures.active_tenants, live_in_first_year),
         bookings_row(figures, range, today),
         row(tr("Conversion rate"), share_words(conversion(all)), tr("5 to 10 %"), conversion_reached(all),
             share_sentence(conversion(all))),
         row(tr("Average visit"), seconds ? duration_words(*seconds) : QStringLiteral("–"), tr("over 3 min"),
             visit_time_reached(all), tr("%1 visits of several steps").arg(count_words(all.timed_visits)))});
}

QString reached_words(const db::Totals &totals) {
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
