// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/booking_delegate.h"

#include "ui/bookings/booking_words.h"
#include "ui/bookings/bookings_model.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace studio::ui {

namespace {

constexpr int padding = 12;

void paint_line(QPainter &painter, const QRect &rect, const QString &text, const QColor &color,
                QFont::Weight weight) {
    auto font = painter.font();
    font.setWeight(weight);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
}

void paint_ground(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                  const Tokens &colors) {
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter.fillRect(option.rect, colors.accent_soft);
        if (index.column() == 0) {
            painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), colors.accent);
        }
    }
    painter.fillRect(QRect(option.rect.x(), option.rect.bottom(), option.rect.width(), 1), colors.border);
}

void paint_placeholder(QPainter &painter, const QRect &rect, const Tokens &colors) {
    painter.fillRect(QRect(rect.x(), rect.center().y() - 12, rect.width() * 2 / 3, 8), colors.skeleton);
    painter.fillRect(QRect(rect.x(), rect.center().y() + 6, rect.width() / 2, 8), colors.skeleton);
}

} // namespace

void BookingDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const {
    const auto &colors = tokens(option.palette);
    painter->save();
    painter->setFont(option.font);
    paint_ground(*painter, option, index, colors);
    const auto rect = option.rect.adjusted(padding, 0, -padding, -1);
    const auto text = index.data();
    if (!text.isValid()) {
        paint_placeholder(*painter, rect, colors);
        painter->restore();
        return;
    }
    constexpr int line = 22;
    const QRect first(rect.x(), rect.center().y() - line, rect.width(), line);
    const auto second = first.translated(0, line);
    const auto status = static_cast<models::BookingStatus>(index.data(BookingsModel::Status).toInt());
    if (static_cast<BookingsModel::Column>(index.column()) == BookingsModel::Column::State) {
        paint_badge(*painter, first, text.toString(), status_tone(status), colors);
        const bool urgent = index.data(BookingsModel::IsHintUrgent).toBool();
        auto small = painter->font();
        small.setPixelSize(12);
        painter->setFont(small);
        paint_line(*painter, second.translated(0, 2), index.data(BookingsModel::Hint).toString(),
                   urgent ? colors.caution : colors.muted, QFont::Normal);
    } else {
        const bool is_client =
            static_cast<BookingsModel::Column>(index.column()) == BookingsModel::Column::Client;
        paint_line(*painter, first, text.toString(), colors.text,
                   is_client ? QFont::DemiBold : QFont::Normal);
        paint_line(*painter, second, index.data(BookingsModel::SecondLine).toString(), colors.muted,
                   QFont::Normal);
    }
    painter->restore();
}

} // namespace studio::ui
