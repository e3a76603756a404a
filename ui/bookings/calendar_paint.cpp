// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/calendar_paint.h"

#include "ui/bookings/booking_words.h"
#include "ui/widgets/theme.h"

namespace studio::ui {

namespace {
constexpr int bar = 3;
constexpr int line_height = 16;
} // namespace

void paint_item(QPainter &painter, const QRect &rect, const CalendarItem &item, bool current,
                const Tokens &colors) {
    const bool is_block = item.kind == CalendarItem::Kind::Block;
    const auto tone = is_block ? Tone::Neutral : status_tone(item.status);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const bool open = !is_block && models::is_open(item.status);
    painter.setPen(current ? QPen(colors.text, 2)
                   : open  ? QPen(tone_text(colors, tone), 1)
                           : QPen(Qt::NoPen));
    painter.setBrush(tone_ground(colors, tone));
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    if (is_block) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(QBrush(colors.border, Qt::BDiagPattern));
        painter.drawRoundedRect(rect, 4, 4);
    }
    painter.fillRect(QRect(rect.x(), rect.y() + 2, bar, rect.height() - 4), tone_text(colors, tone));
    auto font = painter.font();
    font.setPixelSize(12);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(colors.text);
    const auto inner = rect.adjusted(bar + 5, 2, -4, -2);
    const auto time = item.start.time().toString(QStringLiteral("HH:mm"));
    const bool one_line = inner.height() < 2 * line_height;
    const auto write = [&painter, &inner](int line, const QString &text) {
        const QRect place(inner.x(), inner.y() + line * line_height, inner.width(), line_height);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, place.width()));
    };
    write(0, one_line && !is_block ? time + QLatin1Char(' ') + item.title : item.title);
    if (!one_line) {
        font.setWeight(QFont::Normal);
        painter.setFont(font);
        painter.setPen(colors.muted);
        write(1, time + QStringLiteral("–") + item.end.time().toString(QStringLiteral("HH:mm")));
        if (inner.height() >= 3 * line_height) {
            write(2, item.second_line);
        }
    }
    painter.restore();
}

} // namespace studio::ui
