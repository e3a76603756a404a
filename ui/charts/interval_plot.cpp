// SPDX-License-Identifier: Apache-2.0
#include "ui/charts/interval_plot.h"

#include "ui/charts/chart_palette.h"
#include "ui/charts/format_figure.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace studio::ui {

namespace {
constexpr int names_width = 150, right_margin = 190, row_height = 38, axis_height = 26;
}

IntervalPlot::IntervalPlot(const QString &name, const FigureTableModel &table, QWidget *parent)
    : QWidget(parent), m_table(table) {
    setObjectName(name);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&table, &QAbstractItemModel::modelReset, this, [this] {
        QStringList lines;
        for (int row = 0; row < m_table.rowCount(); ++row) {
            lines << tr("%1: %2, between %3 and %4")
                         .arg(m_table.text(row, 0), m_table.text(row, 1), m_table.text(row, 2),
                              m_table.text(row, 3));
        }
        setAccessibleDescription(lines.join(QLatin1Char('\n')));
        updateGeometry();
        update();
    });
}

QSize IntervalPlot::sizeHint() const {
    return {560, row_height * std::max(m_table.rowCount(), 2) + axis_height};
}

void IntervalPlot::paintEvent(QPaintEvent *) {
    double low = m_reference.value_or(INFINITY), high = m_reference.value_or(-INFINITY);
    for (int row = 0; row < m_table.rowCount(); ++row) {
        for (const int column : {1, 2, 3}) {
            if (const double number = m_table.number(row, column); std::isfinite(number)) {
                low = std::min(low, number);
                high = std::max(high, number);
            }
        }
    }
    if (!std::isfinite(low) || !std::isfinite(high)) {
        return;
    }
    if (high - low < 1e-9) {
        high = low + 0.01;
    }
    const double room = std::max(60, width() - names_width - right_margin);
    const double margin = (high - low) * 0.06;
    low -= margin;
    high += margin;
    const auto x_of = [&](double value) { return names_width + (value - low) / (high - low) * room; };
    const auto &colors = tokens(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    auto small = font();
    small.setPixelSize(11);
    const int bottom = row_height * m_table.rowCount();
    constexpr int ticks = 4;
    for (int tick = 0; tick <= ticks; ++tick) {
        const double value = low + margin + (high - low - 2 * margin) * tick / ticks;
        painter.setPen(QPen(colors.border, 1));
        painter.drawLine(QPointF(x_of(value), 2), QPointF(x_of(value), bottom));
        painter.setFont(small);
        painter.setPen(colors.muted);
        painter.drawText(QRectF(x_of(value) - 40, bottom + 4, 80, 18), Qt::AlignHCenter,
                         format_percent(value));
    }
    if (m_reference) {
        painter.setPen(QPen(colors.muted, 1, Qt::DashLine));
        painter.drawLine(QPointF(x_of(*m_reference), 0), QPointF(x_of(*m_reference), bottom));
    }
    painter.setFont(font());
    for (int row = 0; row < m_table.rowCount(); ++row) {
        const double y = row * row_height + row_height / 2.0;
        const auto color = chart_color(colors, row);
        painter.setPen(colors.text);
        painter.drawText(
            QRectF(0, y - 12, names_width - 14, 24), Qt::AlignVCenter,
            painter.fontMetrics().elidedText(m_table.text(row, 0), Qt::ElideRight, names_width - 14));
        const double figure = m_table.number(row, 1), from = m_table.number(row, 2),
                     to = m_table.number(row, 3);
        if (std::isfinite(from) && std::isfinite(to)) {
            auto band = color;
            band.setAlphaF(0.30F);
            painter.setPen(Qt::NoPen);
            painter.setBrush(band);
            painter.drawRoundedRect(QRectF(x_of(from), y - 5, x_of(to) - x_of(from), 10), 5, 5);
        }
        if (std::isfinite(figure)) {
            painter.setPen(QPen(colors.surface, 2));
            painter.setBrush(color);
            painter.drawEllipse(QPointF(x_of(figure), y), 6, 6);
        }
        painter.setPen(colors.text);
        painter.drawText(
            QRectF(width() - right_margin + 14, y - 12, right_margin - 14, 24), Qt::AlignVCenter,
            std::isfinite(from)
                ? tr("%1  (%2 to %3)").arg(m_table.text(row, 1), m_table.text(row, 2), m_table.text(row, 3))
                : m_table.text(row, 1));
    }
}

} // namespace studio::ui
