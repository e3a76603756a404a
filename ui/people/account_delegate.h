// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>

namespace studio::ui {

// Draws a row of the list of accounts, 56 px high: the name, a second line, and the state as a pill.
class AccountDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr int row_height = 56;
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

// Draws a row of the activity log, 40 px high: one line of text with a hairline below.
class LogDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr int row_height = 40;
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

} // namespace studio::ui
