// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/charts/figure_table_model.h"

#include <QWidget>

namespace studio::ui {

// Journeys from left to right: a block for each place at each step, and ribbons between them, as thick as the
// visits that went that way. The table has a row for each journey: column 0 has its steps joined by " → ",
// column 1 its visits.
class FlowChart final : public QWidget {
    Q_OBJECT

public:
    static QString separator() { return QStringLiteral(" → "); }

    FlowChart(const QString &name, const FigureTableModel &table, QWidget *parent = nullptr);

    struct Node {
        int step = 0;
        QString name;
        qint64 visits = 0;
        QRectF place{};
    };
    const std::vector<Node> &nodes() const { return m_nodes; } // by step, most visits first
    QSize sizeHint() const override { return {820, 340}; }
    QSize minimumSizeHint() const override { return {480, 260}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    struct Link {
        std::size_t from = 0, to = 0;
        qint64 visits = 0;
    };
    void collect();
    void place_nodes();

    const FigureTableModel &m_table;
    std::vector<Node> m_nodes;
    std::vector<Link> m_links;
    int m_steps = 0;
};

} // namespace studio::ui
