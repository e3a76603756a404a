// SPDX-License-Identifier: Apache-2.0
#include "ui/charts/line_chart.h"

#include "ui/charts/axis_scale.h"
#include "ui/charts/chart_palette.h"
#include "ui/charts/format_figure.h"
#include "ui/charts/line_names.h"
#include "ui/charts/read_out.h"

#include <QAreaSeries>
#include <QChart>
#include <QKeyEvent>
#include <QLineSeries>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QValueAxis>

#include <algorithm>
#include <cmath>
#include <limits>

namespace studio::ui {

namespace {

constexpr int max_row_labels = 7;
constexpr int left_margin = 52, top_margin = 10, bottom_margin = 28;
constexpr int few_rows =
    3; // up to this many rows points are drawn, because a line of one point would be invisible

bool is_share(FigureKind kind) {
    return kind == FigureKind::Share || kind == FigureKind::Percent;
}

} // namespace

LineChart::LineChart(const QString &name, const FigureTableModel &table, QWidget *parent)
    : QWidget(parent), m_table(table), m_chart(new QChart) {
    setObjectName(name);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    m_scene.addItem(m_chart);
    m_chart->legend()->hide();
    m_chart->setAnimationOptions(QChart::NoAnimation);
    m_chart->setBackgroundVisible(false);
    m_chart->setPlotAreaBackgroundVisible(false);
    m_chart->setMargins({});
    connect(&table, &QAbstractItemModel::modelReset, this, [this] {
        m_row = -1;
        m_stale = true;
        update();
    });
}

LineChart::~LineChart() = default;

bool LineChart::by_number() const {
    const auto kind = m_table.columns().front().kind;
    return kind == FigureKind::Decimal || kind == FigureKind::Percent;
}

double LineChart::x_of(int row) const {
    return by_number() ? m_table.number(row, 0) : row;
}

void LineChart::rebuild() {
    m_chart->removeAllSeries();
    for (auto *axis : m_chart->axes()) {
        m_chart->removeAxis(axis);
        delete axis;
    }
    m_y = nullptr;
    if (m_table.rowCount() == 0 || m_table.columnCount() < 2) {
        return;
    }
    set_axes();
    add_series();
}

LineChart::Extent LineChart::extent() const {
    constexpr double endless = std::numeric_limits<double>::infinity();
    double low = m_free_axis ? endless : 0, high = m_free_axis ? -endless : 0;
    bool shares = false, counts = true;
    for (int column = 1; column < m_table.columnCount(); ++column) {
        const auto style = static_cast<std::size_t>(column) - 1;
        if (style < m_styles.size() && m_styles[style].role == Role::Hidden) {
            continue;
        }
        const auto kind = m_table.columns()[static_cast<std::size_t>(column)].kind;
        shares = shares || is_share(kind);
        counts = counts && kind == FigureKind::Count;
        for (int row = 0; row < m_table.rowCount(); ++row) {
            if (const auto number = m_table.number(row, column); std::isfinite(number)) {
                low = std::min(low, number);
                high = std::max(high, number);
            }
        }
    }
    if (m_reference) {
        low = std::min(low, *m_reference);
        high = std::max(high, *m_reference);
    }
    if (!std::isfinite(low) || !std::isfinite(high)) {
        low = high = 0;
    }
    if (m_range) {
        low = std::max(low, m_range->first);
        high = std::min(high, m_range->second);
    }
    if (high - low <= 0) {
        high = low + (shares ? 0.01 : 1);
    }
    return {low, high, shares, counts};
}

void LineChart::set_axes() {
    const auto [low, high, shares, counts] = extent();
    const double scale = shares ? 100 : 1;
    const auto figures = axis_scale(low * scale, high * scale, counts);
    m_y = new QValueAxis;
    m_y->setRange(figures.low, figures.high);
    m_y->setTickInterval(figures.step);
    m_decimals = figures.decimals;
    m_percent = shares;
    m_chart->addAxis(m_y, Qt::AlignLeft);
    label_rows();
    for (auto *axis : m_chart->axes()) {
        // paint_grid() draws them: Qt Charts lays its own out only after the event loop.
        axis->setVisible(false);
    }
}

void LineChart::label_rows() {
    auto *axis = new QValueAxis;
    m_labels.clear();
    const int rows = m_table.rowCount();
    const auto kind = m_table.columns().front().kind;
    if (by_number()) {
        const double first = m_table.number(0, 0), last = std::max(m_table.number(rows - 1, 0), first + 1e-9);
        const double step = round_step(last - first, max_row_labels - 1);
        axis->setRange(first, last);
        for (double at = std::ceil(first / step) * step; at <= last + step * 1e-6; at += step) {
            m_labels.emplace_back(at, format_figure(at, kind));
        }
    } else {
        axis->setRange(rows == 1 ? -0.5 : 0, rows == 1 ? 0.5 : rows - 1);
        const int fitting = std::clamp((width() - left_margin - line_names_width) / 76, 2, max_row_labels);
        const int step = std::max(1, (rows + fitting - 1) / fitting);
        for (int row = 0; row < rows; row += step) {
            m_labels.emplace_back(row, format_axis_label(m_table.cell(row, 0), kind));
        }
    }
    m_chart->addAxis(axis, Qt::AlignBottom);
}

LineChart::Style LineChart::style_of(std::size_t column) const {
    return column <= m_styles.size() ? m_styles[column - 1] : Style{Role::Line, static_cast<int>(column) - 1};
}

void LineChart::add_series() {
    // The lines of the previous period are drawn first, so that they are below the present ones.
    for (const bool in_front : {false, true}) {
        for (std::size_t column = 1; column < m_table.columns().size(); ++column) {
            const auto style = style_of(column);
            const bool front = style.role == Role::Line || style.role == Role::Area;
            if (front != in_front || style.role == Role::Hidden || style.role == Role::BandHigh) {
                continue;
            }
            if (style.role == Role::BandLow) {
                add_band(column, style);
            } else {
                add_line(column, style);
            }
        }
        if (!in_front) {
            add_reference();
        }
    }
}

void LineChart::attach(QXYSeries *series, const QColor &color, double width, bool dashed) {
    QPen pen(color, width);
    pen.setCapStyle(Qt::RoundCap);
    pen.setJoinStyle(Qt::RoundJoin);
    if (dashed) {
        pen.setDashPattern({3, 3});
    }
    series->setPen(pen);
    // Where a line has many gaps, points show the figures that exist.
    series->setPointsVisible(m_table.rowCount() < few_rows || series->count() * 2 < m_table.rowCount());
    m_chart->addSeries(series);
    for (auto *axis : m_chart->axes()) {
        series->attachAxis(axis);
    }
}

QList<QPointF> LineChart::points(std::size_t column) const {
    const double scale = is_share(m_table.columns()[column].kind) ? 100 : 1;
    QList<QPointF> list;
    for (int row = 0; row < m_table.rowCount(); ++row) {
        if (const auto number = m_table.number(row, static_cast<int>(column)); std::isfinite(number)) {
            list.append(
                {x_of(row), m_range ? std::clamp(number * scale, m_y->min(), m_y->max()) : number * scale});
        }
    }
    return list;
}

void LineChart::add_line(std::size_t column, const Style &style) {
    const auto &colors = tokens(palette());
    const bool before = style.role == Role::Before;
    const auto color = before ? before_color(colors) : chart_color(colors, style.color);
    auto line = points(column);
    if (m_open_end && !before && line.size() > 2) {
        auto *rest = new QLineSeries;
        rest->replace(line.last(2));
        attach(rest, color, 2, true);
        rest->setPointsVisible(false);
        line.removeLast();
    }
    if (style.role == Role::Area && line.size() > 1) {
        auto *top = new QLineSeries;
        auto *bottom = new QLineSeries;
        top->replace(line);
        bottom->replace({{line.front().x(), m_y->min()}, {line.back().x(), m_y->min()}});
        auto *area = new QAreaSeries(top, bottom);
        auto fill = color;
        fill.setAlphaF(colors.dark ? 0.16F : 0.10F);
        area->setBrush(fill);
        area->setPen(Qt::NoPen);
        m_chart->addSeries(area);
        top->setParent(area);
        bottom->setParent(area);
        for (auto *axis : m_chart->axes()) {
            area->attachAxis(axis);
        }
    }
    auto *series = new QLineSeries;
    series->replace(line);
    attach(series, color, before ? 1.2 : 2, false);
}

void LineChart::add_band(std::size_t column, const Style &style) {
    if (column + 1 >= m_table.columns().size()) {
        return;
    }
    auto *low = new QLineSeries;
    auto *high = new QLineSeries;
    low->replace(points(column));
    high->replace(points(column + 1));
    auto *band = new QAreaSeries(high, low);
    auto fill = chart_color(tokens(palette()), style.color);
    fill.setAlphaF(0.18F);
    band->setBrush(fill);
    band->setPen(Qt::NoPen);
    m_chart->addSeries(band);
    low->setParent(band);
    high->setParent(band);
    for (auto *axis : m_chart->axes()) {
        band->attachAxis(axis);
    }
}

void LineChart::add_reference() {
    if (!m_reference) {
        return;
    }
    const double scale = is_share(m_table.columns()[1].kind) ? 100 : 1;
    auto *level = new QLineSeries;
    const int last = m_table.rowCount() - 1;
    level->replace({{last == 0 ? -0.5 : x_of(0), *m_reference * scale},
                    {last == 0 ? 0.5 : x_of(last), *m_reference * scale}});
    attach(level, tokens(palette()).muted, 1, true);
    level->setPointsVisible(false);
}

void LineChart::draw_chart() {
    const auto ratio = devicePixelRatioF();
    m_picture = QPixmap(size() * ratio);
    m_picture.setDevicePixelRatio(ratio);
    m_picture.fill(Qt::transparent);
    QPainter painter(&m_picture);
    paint(painter);
    m_stale = false;
}

void LineChart::paint(QPainter &painter) {
    rebuild();
    m_chart->resize(size());
    m_scene.setSceneRect(rect());
    m_chart->setPlotArea(QRectF(rect()).adjusted(left_margin, top_margin, -line_names_width, -bottom_margin));
    painter.setRenderHint(QPainter::Antialiasing);
    paint_grid(painter);
    m_scene.render(&painter, rect(), rect());
    paint_names(painter);
}

void LineChart::paint_grid(QPainter &painter) const {
    if (m_y == nullptr || m_chart->series().isEmpty()) {
        return;
    }
    const auto &colors = tokens(palette());
    auto *series = m_chart->series().constLast();
    const auto area = m_chart->plotArea();
    auto small = font();
    small.setPixelSize(11);
    painter.setFont(small);
    const double step = m_y->tickInterval();
    for (double level = m_y->min(); level <= m_y->max() + step * 1e-6; level += step) {
        const double y = m_chart->mapToPosition({0, level}, series).y();
        painter.setPen(QPen(colors.border, 1));
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        painter.setPen(colors.muted);
        const double shown = std::abs(level) < step * 1e-6 ? 0 : level;
        const auto words =
            QLocale().toString(shown, 'f', m_decimals) + (m_percent ? QStringLiteral(" %") : QString());
        painter.drawText(QRectF(0, y - 9, area.left() - 8, 18), Qt::AlignRight | Qt::AlignVCenter, words);
    }
    for (const auto &[at, words] : m_labels) {
        const double x = m_chart->mapToPosition({at, m_y->min()}, series).x();
        painter.drawText(QRectF(x - 50, area.bottom() + 6, 100, 18), Qt::AlignHCenter, words);
    }
}

QPointF LineChart::place_of(int row, std::size_t column) const {
    const double scale = is_share(m_table.columns()[column].kind) ? 100 : 1;
    double level = m_table.number(row, static_cast<int>(column)) * scale;
    if (m_range && m_y != nullptr && std::isfinite(level)) {
        level = std::clamp(level, m_y->min(), m_y->max());
    }
    return m_chart->mapToPosition({x_of(row), level},
                                  m_chart->series().isEmpty() ? nullptr : m_chart->series().constLast());
}

void LineChart::paint_names(QPainter &painter) const {
    if (m_y == nullptr) {
        return;
    }
    std::vector<LineName> names;
    const auto &colors = tokens(palette());
    const int last = m_table.rowCount() - 1;
    for (std::size_t column = 1; column < m_table.columns().size(); ++column) {
        const auto style = style_of(column);
        if (style.role == Role::Hidden || style.role == Role::BandLow || style.role == Role::BandHigh) {
            continue;
        }
        int row = last;
        while (row > 0 && !m_table.cell(row, static_cast<int>(column)).isValid()) {
            --row;
        }
        const auto place = place_of(row, column);
        if (std::isfinite(place.y())) {
            names.push_back({place.y(), m_table.columns()[column].title,
                             style.role == Role::Before ? colors.muted : chart_color(colors, style.color)});
        }
    }
    paint_line_names(painter, std::move(names), m_chart->plotArea(), font());
}

QString LineChart::read_out(int row) const {
    QStringList lines{m_table.text(row, 0)};
    for (int column = 1; column < m_table.columnCount(); ++column) {
        if (m_table.cell(row, column).isValid()) {
            const auto &title = m_table.columns()[static_cast<std::size_t>(column)].title;
            const auto value = m_table.cell(row, column);
            const auto words = value.canConvert<Share>() && !value.value<Share>().readable()
                                   ? share_sentence(value.value<Share>())
                                   : m_table.text(row, column);
            lines << tr("%1: %2").arg(title, words);
        }
    }
    return lines.join(QLatin1Char('\n'));
}

void LineChart::paint_hover(QPainter &painter) const {
    if (m_row < 0 || m_row >= m_table.rowCount() || m_y == nullptr) {
        return;
    }
    const auto &colors = tokens(palette());
    const auto area = m_chart->plotArea();
    const double x = m_chart->mapToPosition({x_of(m_row), m_y->min()}, m_chart->series().constLast()).x();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors.control_border, 1));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    for (std::size_t column = 1; column < m_table.columns().size(); ++column) {
        const auto style = style_of(column);
        const auto place = place_of(m_row, column);
        if (style.role == Role::Hidden || !std::isfinite(place.y())) {
            continue;
        }
        painter.setPen(QPen(colors.surface, 2));
        painter.setBrush(style.role == Role::Before ? before_color(colors)
                                                    : chart_color(colors, style.color));
        painter.drawEllipse(place, 4.5, 4.5);
    }
    paint_read_out(painter, read_out(m_row), {x, area.top()}, *this);
}

void LineChart::paintEvent(QPaintEvent *) {
    if (m_stale) {
        draw_chart();
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_picture);
    paint_hover(painter);
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(tokens(palette()).accent, 1.5));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
}

void LineChart::resizeEvent(QResizeEvent *) {
    m_stale = true;
}

void LineChart::changeEvent(QEvent *event) {
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        m_stale = true;
        update();
    }
    QWidget::changeEvent(event);
}

int LineChart::nearest_row(qreal x) const {
    if (m_y == nullptr || m_table.rowCount() == 0) {
        return -1;
    }
    const double wanted =
        m_chart->mapToValue({x, m_chart->plotArea().center().y()}, m_chart->series().constLast()).x();
    int best = 0;
    for (int row = 1; row < m_table.rowCount(); ++row) {
        if (std::abs(x_of(row) - wanted) < std::abs(x_of(best) - wanted)) {
            best = row;
        }
    }
    return best;
}

void LineChart::set_current_row(int row) {
    row = std::clamp(row, -1, m_table.rowCount() - 1);
    if (row == m_row) {
        return;
    }
    m_row = row;
    setAccessibleDescription(row < 0 ? QString() : read_out(row));
    update();
}

void LineChart::mouseMoveEvent(QMouseEvent *event) {
    set_current_row(nearest_row(event->position().x()));
}

void LineChart::mousePressEvent(QMouseEvent *event) {
    set_current_row(nearest_row(event->position().x()));
    if (event->button() == Qt::LeftButton && m_row >= 0) {
        emit row_chosen(m_row);
    }
}

void LineChart::leaveEvent(QEvent *) {
    set_current_row(-1);
}

void LineChart::keyPressEvent(QKeyEvent *event) {
    const int last = m_table.rowCount() - 1;
    switch (event->key()) {
    case Qt::Key_Left:
        return set_current_row(m_row < 0 ? last : std::max(0, m_row - 1));
    case Qt::Key_Right:
        return set_current_row(std::min(last, m_row + 1));
    case Qt::Key_Home:
        return set_current_row(0);
    case Qt::Key_End:
        return set_current_row(last);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_row >= 0) {
            emit row_chosen(m_row);
        }
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace studio::ui
