// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>

namespace studio::ui {

// Draws a companion's row: picture, two lines, status pill. 76 px high.
class CompanionDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr int row_height = 76;
    using QStyledItemDelegate::QStyledItemDelegate;
    // Sets the row that is highlighted under the pointer, in all columns; -1 for none.
    void set_hovered_row(int row) { m_hovered_row = row; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    int m_hovered_row = -1;
};

} // namespace studio::ui
