// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/charts/figure_table_model.h"

#include <QStyledItemDelegate>
#include <QTableView>

namespace studio::ui {

// A table with a bar in its first column for the figure of another column; zero is at the left edge. A click
// or Enter on a row emits the row's key.
class BarList final : public QTableView {
    Q_OBJECT

public:
    // `color` is an index for chart_color(): use the same one for the same thing everywhere.
    BarList(const QString &name, FigureTableModel &table, int bar_column, int color = 0,
            QWidget *parent = nullptr);

    int bar_column() const { return m_bar_column; }
    double longest() const; // the largest figure, which has the longest bar
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
