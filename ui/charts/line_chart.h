// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/charts/figure_table_model.h"

#include <QGraphicsScene>
#include <QPixmap>
#include <QWidget>

#include <optional>
#include <utility>

class QChart;
class QValueAxis;
class QXYSeries;

namespace studio::ui {

// Lines over time or over a number, drawn with Qt Charts. Column 0 of the table is the position on the
// horizontal axis; each further column has a style. The exact figures of the row nearest to the mouse are
// shown; Left, Right, Home and End move through the rows, Enter or a click chooses one. Each line's name is
// at its end instead of in a legend.
class LineChart final : public QWidget {
    Q_OBJECT

public:
    enum class Role {
        Line,
        Area,
        Before,
        BandLow,
        BandHigh,
        Hidden
    }; // a band is drawn between a Low column and the High column after it; Hidden columns are only read out
    struct Style {
        Role role = Role::Line;
        int color = 0; // index for chart_color()
    };

    LineChart(const QString &name, const FigureTableModel &table, QWidget *parent = nullptr);
    ~LineChart() override;

    // One style for each column after the first. Used from the table's next reset on.
    void set_styles(std::vector<Style> styles) { m_styles = std::move(styles); }
    // Draws a horizontal line at a level to compare with, such as 0.
    void set_reference(std::optional<double> level) { m_reference = level; }
    // A free axis need not include zero.
    void set_free_axis(bool free) { m_free_axis = free; }
    // Limits the axis: figures beyond the range are drawn at its edge and still read out exactly. Without a
    // range the axis includes all figures.
    void set_range(std::optional<std::pair<double, double>> range) { m_range = range; }
    // The last figure of each line is not final: the stretch to it is dashed.
    void set_open_end(bool open) { m_open_end = open; }

    int current_row() const { return m_row; } // -1 for none
    void set_current_row(int row);
    QString read_out(int row) const; // one line for each figure
    // Paints the chart at the widget's size without the read-out, for the report on paper.
    void paint(QPainter &painter);
    QSize sizeHint() const override { return {640, 260}; }
    QSize minimumSizeHint() const override { return {240, 160}; }

signals:
    void row_chosen(int row);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void rebuild();
    Style style_of(std::size_t column) const;
    void add_series();
    void add_line(std::size_t column, const Style &style);
    void add_band(std::size_t column, const Style &style);
    void add_reference();
    QList<QPointF> points(std::size_t column) const;
    void attach(QXYSeries *series, const QColor &color, double width, bool dashed);
    struct Extent {
        double low = 0, high = 0;
        bool shares = false, counts = false; // whether some figures are shares; whether all are counts
    };
    Extent extent() const;
    void set_axes();
    void label_rows();
    void draw_chart();
    void paint_grid(QPainter &painter) const;
    void paint_names(QPainter &painter) const;
    void paint_hover(QPainter &painter) const;
    double x_of(int row) const;
    QPointF place_of(int row, std::size_t column) const;
    int nearest_row(qreal x) const;
    bool by_number() const;

    const FigureTableModel &m_table;
    std::vector<Style> m_styles;
    std::optional<double> m_reference;
    std::optional<std::pair<double, double>> m_range;
    bool m_free_axis = false;
    bool m_open_end = false;
    int m_row = -1;
    QGraphicsScene m_scene;
    QChart *m_chart;
    QValueAxis *m_y = nullptr;
    std::vector<std::pair<double, QString>> m_labels; // labels below the chart, with their positions
    int m_decimals = 0;
    bool m_percent = false;
    QPixmap m_picture; // the chart without the read-out, so that moving the mouse needs no new drawing of it
    bool m_stale = true;
};

} // namespace studio::ui
