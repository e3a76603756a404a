// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPersistentModelIndex>
#include <QTableView>
#include <QToolButton>
#include <QWidget>

namespace studio::ui {

// Buttons over the right end of the row under the pointer. For the keyboard the row's menu has the same
// actions.
class RowActions final : public QWidget {
    Q_OBJECT

public:
    explicit RowActions(QTableView *table);
    QModelIndex row() const { return m_row; }

signals:
    void hovered(int row); // -1: none
    void edit_requested(const QModelIndex &row);
    void open_requested(const QModelIndex &row);
    void details_requested(const QModelIndex &row);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QToolButton *add(const QString &name, const QString &icon, const QString &text);
    void follow(const QModelIndex &row);

    QTableView *m_table;
    QPersistentModelIndex m_row;
};

} // namespace studio::ui
