// SPDX-License-Identifier: Apache-2.0
#include "ui/charts/format_figure.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>

#include <cmath>

namespace studio::ui {

namespace {

constexpr double min_to_compare = 10;

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::figures", text);
}

QString signed_number(double value, int decimals) {
    const auto digits = QLocale().toString(std::abs(value), 'f', decimals);
    return (value < 0 ? QStringLiteral("−") : QStringLiteral("+")) + digits;
}

Tone tone_of(double difference) {
    return difference > 0 ? Tone::Positive : difference < 0 ? Tone::Negative : Tone::Neutral;
}

QString format_time(const QDateTime &time, FigureKind kind) {
    switch (kind) {
    case FigureKind::Hour:
        return QLocale().toString(time, QStringLiteral("ddd d MMM, HH:mm"));
    case FigureKind::Month:
        return QLocale().toString(time, QStringLiteral("MMMM yyyy"));
    default:
        return QLocale().toString(time, QStringLiteral("ddd d MMM yyyy"));
    }
}

} // namespace

QString format_axis_label(const QVariant &value, FigureKind kind) {
    const QLocale locale;
    switch (kind) {
    case FigureKind::Hour:
        return locale.toString(value.toDateTime(), QStringLiteral("HH:mm"));
    case FigureKind::Day:
        return locale.toString(value.toDateTime(), QStringLiteral("d MMM"));
    case FigureKind::Month:
        return locale.toString(value.toDateTime(), QStringLiteral("MMM yyyy"));
    default:
        return format_figure(value, kind);
    }
}

QString format_count(qint64 count) {
    return QLocale().toString(count);
}

QString format_percent(double rate) {
    const double percent = rate * 100;
    const double size = std::abs(percent);
    const int decimals = size == 0 || size >= 99.95 ? 0 : size < 0.1 ? 2 : 1;
    return tr("%1 %").arg(
        QLocale().toString(percent, 'f', decimals).replace(QLatin1Char('-'), QStringLiteral("−")));
}

QString format_share(const Share &share) {
    if (share.of == 0) {
        return QStringLiteral("–");
    }
    return share.readable() ? format_percent(share.rate())
                            : tr("%1 of %2").arg(format_count(share.count), format_count(share.of));
}

QString share_sentence(const Share &share) {
    if (share.readable()) {
        return tr("%1 of %2: %3")
            .arg(format_count(share.count), format_count(share.of), format_percent(share.rate()));
    }
    if (share.of == 0) {
        return tr("No visits: no rate");
    }
    return share.of == 1 ? tr("1 visit: too few for a rate")
                         : tr("%1 visits: too few for a rate").arg(format_count(share.of));
}

QString format_duration(double seconds) {
    const auto whole = static_cast<qint64>(std::llround(seconds));
    if (whole < 60) {
        return tr("%1 s").arg(whole);
    }
    return whole < 3600 ? tr("%1 min %2 s").arg(whole / 60).arg(whole % 60)
                        : tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

QString format_amount(double amount, const QString &currency) {
    const auto number =
        QLocale().toString(amount, 'f', std::abs(amount) < 100 && std::fmod(amount, 1) != 0 ? 2 : 0);
    return currency.isEmpty() ? number : tr("%1 %2").arg(currency, number);
}

QString file_name_part(const QString &words) {
    auto name = words.toLower();
    name.replace(QRegularExpression(QStringLiteral("[^\\p{L}\\p{N}]+")), QStringLiteral("-"));
    return name.mid(name.startsWith(QLatin1Char('-')) ? 1 : 0)
        .chopped(name.size() > 1 && name.endsWith(QLatin1Char('-')) ? 1 : 0);
}

QString format_figure(const QVariant &value, FigureKind kind, const QString &currency) {
    if (!value.isValid()) {
        return QStringLiteral("–");
    }
    switch (kind) {
    case FigureKind::Text:
        return value.toString();
    case FigureKind::Count:
        return format_count(value.toLongLong());
    case FigureKind::Decimal:
        return QLocale().toString(value.toDouble(), 'g', 4);
    case FigureKind::Share:
        return format_share(value.value<Share>());
    case FigureKind::Money:
        return format_amount(value.toDouble(), currency);
    case FigureKind::Duration:
        return format_duration(value.toDouble());
    case FigureKind::Percent:
        return format_percent(value.toDouble());
    case FigureKind::Hour:
    case FigureKind::Day:
    case FigureKind::Month:
        break;
    }
    return format_time(value.toDateTime(), kind);
}

Change count_change(double now, double before) {
    if (now == before) {
        return {before == 0 ? QString() : tr("unchanged"), Tone::Neutral};
    }
    if (before < min_to_compare) {
        return {tr("%1 before").arg(QLocale().toString(before, 'f', std::fmod(before, 1) == 0 ? 0 : 1)),
                Tone::Neutral};
    }
    const double percent = (now / before - 1) * 100;
    return {tr("%1 %").arg(signed_number(percent, std::abs(percent) < 9.95 ? 1 : 0)), tone_of(percent)};
}

Change share_change(const Share &now, const Share &before) {
    if (!now.readable() || !before.readable()) {
        return {};
    }
    const double points = (now.rate() - before.rate()) * 100;
    if (std::abs(points) < 0.005) {
        return {tr("unchanged"), Tone::Neutral};
    }
    return {tr("%1 points").arg(signed_number(points, std::abs(points) < 0.1 ? 2 : 1)), tone_of(points)};
}

} // namespace studio::ui
