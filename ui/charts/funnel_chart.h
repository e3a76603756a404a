// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/charts/figure_table_model.h"

#include <QWidget>

namespace studio::ui {

// Steps one below the other, each with a bar for the visits that are left of the first step and the loss
// since the step before. Column 0 of the table names the step; each further column is a Share: visits that
// reached the step, out of those at the first. Several columns are the values of a split. Up and Down move
// through the steps; a click emits the title of the split's value.
class FunnelChart final : public QWidget {
    Q_OBJECT

public:
    static constexpr int max_splits = 4;

    FunnelChart(const QString &name, const FigureTableModel &table, QWidget *parent = nullptr);

    int current_step() const { return m_step; }
    // "−1,204 (86 %)" between a step and the one before it; "" for the first.
    QString loss_label(int step, int column) const;
    QString read_out(int step) const;
    void paint(QPainter &painter) const; // at the widget's size; also used for the report on paper
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {360, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    int splits() const;
    int step_height() const;
    QRect bar_rect(int step, int column) const;
    void paint_step(QPainter &painter, int step) const;
    void set_step(int step);

    const FigureTableModel &m_table;
    int m_step = -1;
};

} // namespace studio::ui
