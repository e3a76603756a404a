// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/charts/figure_table_model.h"

#include <QWidget>

#include <optional>

namespace studio::ui {

// One line for each row: a dot at the figure and a bar over its interval. Column 0 names the row; columns 1,
// 2 and 3 are the figure and the low and high end of the interval, as rates; further columns are shown only
// in the table.
class IntervalPlot final : public QWidget {
    Q_OBJECT

public:
    IntervalPlot(const QString &name, const FigureTableModel &table, QWidget *parent = nullptr);
    void set_reference(std::optional<double> level) { m_reference = level; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {300, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const FigureTableModel &m_table;
    std::optional<double> m_reference;
};

} // namespace studio::ui
