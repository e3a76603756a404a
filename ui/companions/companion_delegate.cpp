// SPDX-License-Identifier: Apache-2.0
#include "ui/companions/companion_delegate.h"

#include "ui/companions/companions_model.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace studio::ui {

namespace {

constexpr int padding = 12;
constexpr QSize picture(88, 55);

void paint_picture(QPainter &painter, const QRect &rect, const QImage &image, const Tokens &colors) {
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QPainterPath frame;
    frame.addRoundedRect(rect, 5, 5);
    painter.setClipPath(frame);
    if (image.isNull()) {
        painter.fillRect(rect, colors.skeleton);
    } else {
        painter.drawImage(rect, image);
    }
    painter.setClipping(false);
    painter.setPen(colors.border);
    painter.drawPath(frame);
    painter.restore();
}

void paint_lines(QPainter &painter, const QRect &rect, const QModelIndex &index, const Tokens &colors,
                 bool strong) {
    const auto second = index.data(CompanionsModel::SecondLine).toString();
    auto font = painter.font();
    const QFontMetrics metrics(font);
    const int line = metrics.height() + 3;
    const int top = rect.center().y() - (second.isEmpty() ? line / 2 : line);
    font.setWeight(strong ? QFont::DemiBold : QFont::Normal);
    painter.setFont(font);
    painter.setPen(colors.text);
    painter.drawText(QRect(rect.x(), top, rect.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, rect.width()));
    font.setWeight(QFont::Normal);
    painter.setFont(font);
    painter.setPen(colors.muted);
    painter.drawText(QRect(rect.x(), top + line, rect.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(second, Qt::ElideRight, rect.width()));
}

} // namespace

void CompanionDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const {
    const auto &colors = tokens(option.palette);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setFont(option.font);
    if (selected) {
        painter->fillRect(option.rect, colors.accent_soft);
    } else if (index.row() == m_hovered_row) {
        painter->fillRect(option.rect, colors.window);
    }
    painter->fillRect(QRect(option.rect.x(), option.rect.bottom(), option.rect.width(), 1), colors.border);
    auto rect = option.rect.adjusted(padding, 0, -padding, 0);
    switch (static_cast<CompanionsModel::Column>(index.column())) {
    case CompanionsModel::Column::Companion: {
        if (selected && option.state.testFlag(QStyle::State_HasFocus)) {
            painter->fillRect(QRect(option.rect.x(), option.rect.y(), 3, option.rect.height() - 1),
                              colors.accent);
        }
        const QRect frame(rect.x(), rect.y() + (rect.height() - picture.height()) / 2, picture.width(),
                          picture.height());
        paint_picture(*painter, frame, index.data(CompanionsModel::Thumbnail).value<QImage>(), colors);
        paint_lines(*painter, rect.adjusted(picture.width() + 14, 0, 0, 0), index, colors, true);
        break;
    }
    case CompanionsModel::Column::Status: {
        const auto status =
            static_cast<models::TenantStatus>(index.data(CompanionsModel::StatusValue).toInt());
        paint_badge(*painter, rect, index.data().toString(), status_tone(status), colors);
        break;
    }
    case CompanionsModel::Column::Published:
    case CompanionsModel::Column::LastEdit:
        paint_lines(*painter, rect, index, colors, false);
        break;
    }
    painter->restore();
}

QSize CompanionDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const {
    return {80, row_height};
}

} // namespace studio::ui
