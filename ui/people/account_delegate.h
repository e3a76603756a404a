// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStyledItemDelegate>

namespace studio::ui {

// Draws rows of accounts: the name, over the login where two people have one name, the state as a pill. 56 px
// high.
class AccountDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr int row_height = 56;
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

// Draws rows of the log: one line, a hairline below. 40 px high.
class LogDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    static constexpr int row_height = 40;
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
};

} // namespace studio::ui
