// SPDX-License-Identifier: Apache-2.0
#include "ui/experiments/variant_rows.h"

#include "ui/charts/axis_scale.h"
#include "ui/charts/chart_palette.h"
#include "ui/charts/format_figure.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <limits>

namespace studio::ui {

namespace {

constexpr int row_height = 84, axis_height = 26, gap = 16;
constexpr int name_width = 150, words_width = 216, least_axis = 90;
constexpr int axis_steps = 4;
enum Column { Name, Rate, Low, High, Visitors, Bookings, Best, Loss, Planned };

} // namespace

VariantRows::VariantRows(const QString &name, const FigureTableModel &table, QWidget *parent)
    : QWidget(parent), m_table(table) {
    setObjectName(name);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&table, &QAbstractItemModel::modelReset, this, [this] {
        QStringList lines;
        for (int row = 0; row < m_table.rowCount(); ++row) {
            lines << tr("%1: %2, between %3 and %4; %5 of %6 visitors booked")
                         .arg(m_table.text(row, Name), m_table.text(row, Rate), m_table.text(row, Low),
                              m_table.text(row, High), m_table.text(row, Bookings),
                              m_table.text(row, Visitors));
        }
        setAccessibleDescription(lines.join(QLatin1Char('\n')));
        updateGeometry();
        update();
    });
}

void VariantRows::set_picture(const QString &variant, const QImage &picture) {
    m_pictures[variant] = picture;
    update();
}

void VariantRows::clear_pictures() {
    m_pictures.clear();
    update();
}

QSize VariantRows::sizeHint() const {
    return {640, row_height * std::max(m_table.rowCount(), 1) + axis_height};
}

std::optional<VariantRows::Axis> VariantRows::axis() const {
    constexpr double endless = std::numeric_limits<double>::infinity();
    double low = endless, high = -endless;
    for (int row = 0; row < m_table.rowCount(); ++row) {
        for (const int column : {Low, High}) {
            if (const double rate = m_table.number(row, column); std::isfinite(rate)) {
                low = std::min(low, rate);
                high = std::max(high, rate);
            }
        }
    }
    const double left = picture_size.width() + gap + name_width;
    const double room = width() - left - words_width - gap;
    if (!std::isfinite(low) || m_table.rowCount() == 0 || room < least_axis) {
        return std::nullopt;
    }
    const double step = round_step(std::max(high - low, 0.004), axis_steps);
    const double first = std::max(0.0, std::floor(low / step) * step);
    return Axis{first, std::max(first + step, std::ceil(high / step) * step), left, room};
}

void VariantRows::paint_axis(QPainter &painter, const Axis &axis) const {
    const auto &colors = tokens(palette());
    auto small = font();
    small.setPixelSize(11);
    painter.setFont(small);
    const int bottom = row_height * m_table.rowCount();
    const double step = round_step(axis.high - axis.low, axis_steps);
    for (double rate = axis.low; rate <= axis.high + step * 1e-6; rate += step) {
        painter.setPen(QPen(colors.border, 1));
        painter.drawLine(QPointF(axis.x_of(rate), 4), QPointF(axis.x_of(rate), bottom));
        painter.setPen(colors.muted);
        painter.drawText(QRectF(axis.x_of(rate) - 40, bottom + 4, 80, 18), Qt::AlignHCenter,
                         format_percent(rate));
    }
    painter.setFont(font());
}

void VariantRows::paint_row(QPainter &painter, int row, const std::optional<Axis> &axis) const {
    const auto &colors = tokens(palette());
    const double middle = row * row_height + row_height / 2.0;
    const QRectF frame(QPointF(0, middle - picture_size.height() / 2.0), QSizeF(picture_size));
    QPainterPath round;
    round.addRoundedRect(frame, 5, 5);
    painter.save();
    painter.setClipPath(round);
    const auto picture = m_pictures.value(m_table.rows()[static_cast<std::size_t>(row)].key);
    if (picture.isNull()) {
        painter.fillRect(frame, colors.skeleton);
    } else {
        painter.drawImage(frame, picture);
    }
    painter.restore();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(colors.border);
    painter.drawPath(round);
    const auto lines = [&](double x, double width, const QString &first, const QString &second) {
        const auto line = [&](double top, const QFont &font, const QColor &color, const QString &text) {
            painter.setFont(font);
            painter.setPen(color);
            painter.drawText(QRectF(x, top, width, 20), Qt::AlignVCenter,
                             QFontMetrics(font).elidedText(text, Qt::ElideRight, static_cast<int>(width)));
        };
        auto strong = font();
        strong.setWeight(QFont::DemiBold);
        line(middle - 20, strong, colors.text, first);
        line(middle, font(), colors.muted, second);
    };
    const bool seen = m_table.number(row, Visitors) > 0;
    lines(picture_size.width() + gap, name_width - gap, m_table.text(row, Name),
          seen ? tr("%1 % likely the best").arg(qRound(m_table.number(row, Best) * 100))
               : tr("%1 % of visitors").arg(qRound(m_table.number(row, Planned) * 100)));
    const double from = m_table.number(row, Low), to = m_table.number(row, High);
    lines(width() - words_width, words_width,
          !std::isfinite(from) ? tr("No visitors yet")
          : m_table.cell(row, Rate).value<Share>().readable()
              ? tr("%1 (%2 to %3)")
                    .arg(m_table.text(row, Rate), m_table.text(row, Low), m_table.text(row, High))
              : tr("Between %1 and %2").arg(m_table.text(row, Low), m_table.text(row, High)),
          seen ? tr("%1 of %2 visitors booked").arg(m_table.text(row, Bookings), m_table.text(row, Visitors))
               : QString());
    const double rate = m_table.number(row, Rate);
    if (!axis || !std::isfinite(from) || !std::isfinite(rate)) {
        return;
    }
    auto band = chart_color(colors, row);
    painter.setPen(Qt::NoPen);
    band.setAlphaF(0.30F);
    painter.setBrush(band);
    painter.drawRoundedRect(QRectF(axis->x_of(from), middle - 5, axis->x_of(to) - axis->x_of(from), 10), 5,
                            5);
    painter.setPen(QPen(colors.surface, 2));
    painter.setBrush(chart_color(colors, row));
    painter.drawEllipse(QPointF(axis->x_of(rate), middle), 6, 6);
}

void VariantRows::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const auto scale = axis();
    if (scale) {
        paint_axis(painter, *scale);
    }
    for (int row = 0; row < m_table.rowCount(); ++row) {
        paint_row(painter, row, scale);
    }
}

} // namespace studio::ui
