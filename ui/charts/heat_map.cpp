// SPDX-License-Identifier: Apache-2.0
#include "ui/charts/heat_map.h"

#include "ui/charts/chart_palette.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace studio::ui {

namespace {
constexpr int days = 7, hours = 24;
constexpr int left_margin = 48, top_margin = 4, bottom_margin = 44, gap = 2;
} // namespace

HeatMap::HeatMap(const QString &name, const FigureTableModel &table, int column, QWidget *parent)
    : QWidget(parent), m_table(table), m_column(column) {
    setObjectName(name);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    connect(&table, &QAbstractItemModel::modelReset, this, [this] {
        m_cell = -1;
        update();
    });
}

void HeatMap::set_column(int column) {
    m_column = column;
    update();
}

QRectF HeatMap::cell_rect(int cell) const {
    const double wide = (width() - left_margin - 4.0) / hours;
    const double high = (height() - top_margin - bottom_margin) / static_cast<double>(days);
    const int day = cell / hours;
    return QRectF(left_margin + (cell % hours) * wide, top_margin + day * high, wide, high)
        .adjusted(0, 0, -gap, -gap);
}

QString HeatMap::read_out(int cell) const {
    QStringList words{tr("%1 %2:00").arg(m_table.text(cell, 0)).arg(cell % hours, 2, 10, QLatin1Char('0'))};
    for (int column = 2; column < m_table.columnCount(); ++column) {
        words << tr("%1: %2").arg(m_table.columns()[static_cast<std::size_t>(column)].title,
                                  m_table.text(cell, column));
    }
    return words.join(QLatin1Char('\n'));
}

void HeatMap::paintEvent(QPaintEvent *) {
    if (m_table.rowCount() < days * hours) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto &colors = tokens(palette());
    double largest = 0;
    for (int cell = 0; cell < days * hours; ++cell) {
        largest = std::max(largest, m_table.number(cell, m_column));
    }
    auto small = font();
    small.setPixelSize(11);
    painter.setFont(small);
    for (int cell = 0; cell < days * hours; ++cell) {
        const auto place = cell_rect(cell);
        const double strength = largest > 0 ? m_table.number(cell, m_column) / largest : 0;
        painter.setPen(Qt::NoPen);
        painter.setBrush(strength > 0 ? chart_tint(colors, 0.12 + 0.88 * strength) : chart_tint(colors, 0));
        painter.drawRoundedRect(place, 2, 2);
        painter.setPen(colors.muted);
        if (cell % hours == 0) {
            painter.drawText(QRectF(0, place.top(), left_margin - 10, place.height()),
                             Qt::AlignRight | Qt::AlignVCenter,
                             QLocale().dayName(cell / hours + 1, QLocale::ShortFormat));
        }
        if (cell / hours == days - 1 && cell % 3 == 0) {
            painter.drawText(QPointF(place.left(), place.bottom() + 15),
                             QStringLiteral("%1:00").arg(cell % hours, 2, 10, QLatin1Char('0')));
        }
    }
    // The legend of the colours.
    const double top = height() - 16;
    const int swatches = 5;
    painter.setPen(colors.muted);
    painter.drawText(QRectF(left_margin, top - 2, 20, 14), Qt::AlignVCenter, QStringLiteral("0"));
    for (int index = 0; index <= swatches; ++index) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(index == 0 ? chart_tint(colors, 0)
                                    : chart_tint(colors, 0.12 + 0.88 * index / swatches));
        painter.drawRoundedRect(QRectF(left_margin + 14 + index * 22, top, 20, 10), 2, 2);
    }
    painter.setPen(colors.muted);
    painter.drawText(QRectF(left_margin + 14 + (swatches + 1) * 22 + 4, top - 2, 260, 14), Qt::AlignVCenter,
                     tr("%1 %2 in an hour")
                         .arg(QLocale().toString(largest, 'f', 0),
                              m_table.columns()[static_cast<std::size_t>(m_column)].title.toLower()));
    if (m_cell >= 0) {
        painter.setPen(QPen(colors.text, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(cell_rect(m_cell).adjusted(-0.5, -0.5, 0.5, 0.5), 2, 2);
    }
}

void HeatMap::set_cell(int cell) {
    if (cell == m_cell || m_table.rowCount() < days * hours) {
        return;
    }
    m_cell = cell;
    setToolTip(cell < 0 ? QString() : read_out(cell));
    setAccessibleDescription(toolTip());
    update();
}

void HeatMap::mouseMoveEvent(QMouseEvent *event) {
    for (int cell = 0; cell < days * hours; ++cell) {
        if (cell_rect(cell).contains(event->position())) {
            return set_cell(cell);
        }
    }
    set_cell(-1);
}

void HeatMap::leaveEvent(QEvent *) {
    set_cell(-1);
}

void HeatMap::keyPressEvent(QKeyEvent *event) {
    const int at = std::max(m_cell, 0);
    switch (event->key()) {
    case Qt::Key_Left:
        return set_cell(at % hours == 0 ? at : at - 1);
    case Qt::Key_Right:
        return set_cell(m_cell < 0 ? 0 : at % hours == hours - 1 ? at : at + 1);
    case Qt::Key_Up:
        return set_cell(at < hours ? at : at - hours);
    case Qt::Key_Down:
        return set_cell(at >= hours * (days - 1) ? at : at + hours);
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace studio::ui
