// SPDX-License-Identifier: Apache-2.0
#include "ui/library/library_delegate.h"

#include "ui/library/library_model.h"
#include "ui/library/library_words.h"
#include "ui/library/thumbnail_source.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace studio::ui {

namespace {

constexpr int space = 6;
constexpr QSize picture_size(164, 123);

void paint_picture(QPainter &painter, const QRect &box, const LibraryEntry &entry,
                   ThumbnailSource &thumbnails, const Tokens &colors) {
    const auto ratio = painter.device()->devicePixelRatioF();
    const auto pixmap = thumbnails.find(entry.photo.photo, (QSizeF(box.size()) * ratio).toSize());
    if (!pixmap.isNull()) {
        painter.drawPixmap(QRectF(box), pixmap,
                           crop_around(pixmap.size(), box.size(), entry.photo.photo.focal_point));
        return;
    }
    const auto mean = placeholder_image(entry.photo.photo);
    mean.isNull() ? painter.fillRect(box, colors.skeleton) : painter.drawImage(box, mean);
}

} // namespace

LibraryDelegate::LibraryDelegate(const LibraryModel &model, ThumbnailSource &thumbnails, QObject *parent)
    : QStyledItemDelegate(parent), m_model(model), m_thumbnails(thumbnails) {}

void LibraryDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index) const {
    const auto &entry = m_model.at(index.row());
    const auto &colors = tokens(option.palette);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    painter->setRenderHint(QPainter::SmoothPixmapTransform);
    if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->fillRect(option.rect, selected ? colors.accent_soft : colors.hover);
    }
    const int side = (option.rect.width() - picture_size.width()) / 2;
    const QRect box(option.rect.topLeft() + QPoint(side, space), picture_size);
    painter->setOpacity(entry.photo.paused ? 0.45 : 1);
    paint_picture(*painter, box, entry, m_thumbnails, colors);
    painter->setOpacity(1);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(selected ? colors.accent : colors.border, selected ? 2 : 1));
    painter->drawRect(box);
    if (option.state.testFlag(QStyle::State_HasFocus) && !selected) {
        painter->setPen(QPen(colors.accent, 1, Qt::DotLine));
        painter->drawRect(option.rect.adjusted(1, 1, -2, -2));
    }
    painter->setFont(option.font);
    const QFontMetrics metrics(option.font);
    QRect line(box.left(), box.bottom() + 4, box.width(), metrics.height() + 2);
    const auto draw = [&](const QString &text, const QColor &color) {
        painter->setPen(color);
        painter->drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(text, Qt::ElideRight, line.width()));
        line.translate(0, line.height());
    };
    draw(title_of(entry), entry.needs_alt() ? colors.muted : colors.text);
    draw(state_word(entry), colors.caution);
    painter->restore();
}

} // namespace studio::ui
