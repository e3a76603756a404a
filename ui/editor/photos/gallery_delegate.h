// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>

namespace studio::ui {

// Draws a square thumbnail; a dot marks a photo without alt text.
class GalleryDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void set_side(int pixels) { m_side = pixels; }
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override {
        return {m_side, m_side};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    int m_side = 84;
};

} // namespace studio::ui
