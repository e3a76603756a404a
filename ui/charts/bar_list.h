// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/charts/figure_table_model.h"

#include <QStyledItemDelegate>
#include <QTableView>

namespace studio::ui {

// A table whose first column carries a bar for the figure of another one; zero is at its left edge. A click
// or Enter on a row gives its key.
class BarList final : public QTableView {
    Q_OBJECT

public:
    // `color` by chart_color(): the same thing has the same colour everywhere.
    BarList(const QString &name, FigureTableModel &table, int bar_column, int color = 0,
            QWidget *parent = nullptr);

    int bar_column() const { return m_bar_column; }
    double longest() const; // of the figures behind the bars
    QSize sizeHint() const override;

signals:
    void chosen(const QString &key);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void size_names();

    const FigureTableModel &m_figures;
    const int m_bar_column;
};

} // namespace studio::ui
