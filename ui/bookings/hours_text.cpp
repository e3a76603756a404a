// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/hours_text.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr int day_minutes = 24 * 60;

// "9", "9:30", "09:30", "24:00"
std::optional<int> minute_of(const QString &text) {
    static const QRegularExpression clock(QStringLiteral("^(\\d{1,2})(?:[:.](\\d{2}))?$"));
    const auto match = clock.match(text.trimmed());
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    const int minute = match.captured(1).toInt() * 60 + match.captured(2).toInt();
    const bool right = match.captured(2).toInt() < 60 && minute <= day_minutes;
    return right ? std::optional(minute) : std::nullopt;
}

} // namespace

QString hours_text(const models::HourSpans &spans) {
    QStringList texts;
    for (const auto &span : spans) {
        texts << QString::fromStdString(models::clock_text(span.from)) + QStringLiteral("–") +
                     QString::fromStdString(models::clock_text(span.to));
    }
    return texts.join(QStringLiteral(", "));
}

std::optional<models::HourSpans> read_hours(const QString &text) {
    models::HourSpans spans;
    if (text.trimmed().isEmpty()) {
        return spans;
    }
    for (const auto &part : text.split(QLatin1Char(','))) {
        static const QRegularExpression dash(QStringLiteral("[-–—]"));
        const auto ends = part.split(dash);
        const auto from = ends.size() == 2 ? minute_of(ends[0]) : std::nullopt;
        const auto to = ends.size() == 2 ? minute_of(ends[1]) : std::nullopt;
        if (!from || !to || *from == day_minutes) {
            return std::nullopt;
        }
        spans.push_back({*from, *to > *from ? *to : *to + day_minutes});
    }
    std::ranges::sort(spans, {}, &models::HourSpan::from);
    for (std::size_t later = 1; later < spans.size(); ++later) {
        if (spans[later].from < spans[later - 1].to) {
            return std::nullopt;
        }
    }
    return spans;
}

} // namespace studio::ui
