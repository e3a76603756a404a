// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>

namespace studio::ui {

// Rows of the queue: two lines in each column, the state as a pill. Grey bars stand for rows on their way.
class BookingDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr int row_height = 60;
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

} // namespace studio::ui
