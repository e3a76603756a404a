// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/charts/figure_table_model.h"

#include <QWidget>

namespace studio::ui {

// A grid of seven days by twenty-four hours; a darker cell has more. The table has 168 rows, beginning with
// Monday at midnight; one of its columns is shown. Arrow keys move from hour to hour.
class HeatMap final : public QWidget {
    Q_OBJECT

public:
    HeatMap(const QString &name, const FigureTableModel &table, int column, QWidget *parent = nullptr);

    void set_column(int column);
    int column() const { return m_column; }
    int current_cell() const { return m_cell; } // as a row of the table; -1 for none
    QString read_out(int cell) const;
    QSize sizeHint() const override { return {760, 280}; }
    QSize minimumSizeHint() const override { return {520, 240}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QRectF cell_rect(int cell) const;
    void set_cell(int cell);

    const FigureTableModel &m_table;
    int m_column;
    int m_cell = -1;
};

} // namespace studio::ui
