// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>

namespace studio::ui {

// A square thumbnail; a dot marks a photo without a description.
class GalleryDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    static constexpr int side = 84; // pixels

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {side, side}; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

} // namespace studio::ui
