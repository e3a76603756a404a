// SPDX-License-Identifier: Apache-2.0
#include "ui/charts/funnel_chart.h"

#include "ui/charts/chart_palette.h"
#include "ui/charts/format_figure.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace studio::ui {

namespace {
constexpr int names_width = 150, figures_width = 250;
constexpr int bar_height = 26, split_bar_height = 18, bar_gap = 3, step_gap = 18, top_margin = 6;
} // namespace

FunnelChart::FunnelChart(const QString &name, const FigureTableModel &table, QWidget *parent)
    : QWidget(parent), m_table(table) {
    setObjectName(name);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    connect(&table, &QAbstractItemModel::modelReset, this, [this] {
        m_step = -1;
        updateGeometry();
        update();
    });
}

int FunnelChart::splits() const {
    return std::clamp(m_table.columnCount() - 1, 0, max_splits);
}

int FunnelChart::step_height() const {
    return splits() <= 1 ? bar_height + step_gap : splits() * (split_bar_height + bar_gap) + step_gap;
}

QSize FunnelChart::sizeHint() const {
    return {640, top_margin + step_height() * std::max(m_table.rowCount(), 5) + 4};
}

QRect FunnelChart::bar_rect(int step, int column) const {
    const auto share = m_table.cell(step, column).value<Share>();
    const int room = std::max(40, width() - names_width - figures_width);
    const int height = splits() <= 1 ? bar_height : split_bar_height;
    const int top = top_margin + step * step_height() + (column - 1) * (split_bar_height + bar_gap);
    return {names_width, top, share.count == 0 ? 0 : std::max(2, qRound(share.rate() * room)), height};
}

QString FunnelChart::loss_label(int step, int column) const {
    if (step <= 0) {
        return {};
    }
    const auto now = m_table.cell(step, column).value<Share>().count;
    const auto before = m_table.cell(step - 1, column).value<Share>().count;
    const Share lost{before - now, before};
    if (lost.count == 0) {
        return before == 0 ? QString() : tr("none lost");
    }
    return lost.readable() ? tr("−%1 (%2)").arg(format_count(lost.count), format_percent(lost.rate()))
                           : tr("−%1 of %2").arg(format_count(lost.count), format_count(lost.of));
}

QString FunnelChart::read_out(int step) const {
    QStringList lines{m_table.text(step, 0)};
    for (int column = 1; column <= splits(); ++column) {
        const auto share = m_table.cell(step, column).value<Share>();
        const auto &title = m_table.columns()[static_cast<std::size_t>(column)].title;
        const auto loss = loss_label(step, column);
        lines << tr("%1: %2 visits, %3 of the first step")
                         .arg(title, format_count(share.count), format_share(share)) +
                     (loss.isEmpty() ? QString() : tr("; lost %1").arg(loss));
    }
    return lines.join(QLatin1Char('\n'));
}

void FunnelChart::paint_step(QPainter &painter, int step) const {
    const auto &colors = tokens(palette());
    const auto top = bar_rect(step, 1).top();
    auto name_font = font();
    name_font.setWeight(QFont::Medium);
    painter.setFont(name_font);
    painter.setPen(colors.text);
    const int height = splits() <= 1 ? bar_height : split_bar_height;
    painter.drawText(QRect(8, top, names_width - 16, height), Qt::AlignVCenter, m_table.text(step, 0));
    for (int column = 1; column <= splits(); ++column) {
        const auto bar = bar_rect(step, column);
        const auto share = m_table.cell(step, column).value<Share>();
        painter.setPen(Qt::NoPen);
        painter.setBrush(chart_color(colors, column - 1));
        painter.drawRoundedRect(bar, 3, 3);
        painter.setFont(font());
        auto words = format_count(share.count);
        if (step > 0 && share.of > 0) {
            words =
                share.readable() ? words + QStringLiteral("  ") + format_share(share) : format_share(share);
        }
        if (splits() > 1) {
            const auto &title = m_table.columns()[static_cast<std::size_t>(column)].title;
            words = step == 0 ? title + QStringLiteral("  ") + words : words;
        }
        const int x = bar.left() + bar.width() + 8;
        painter.setPen(colors.text);
        painter.drawText(QRect(x, bar.top(), figures_width, bar.height()), Qt::AlignVCenter, words);
        if (const auto loss = loss_label(step, column); !loss.isEmpty()) {
            painter.setPen(colors.muted);
            const int used = x + painter.fontMetrics().horizontalAdvance(words) + 14;
            painter.drawText(QRect(used, bar.top(), std::max(0, width() - used), bar.height()),
                             Qt::AlignVCenter, loss);
        }
    }
}

void FunnelChart::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    paint(painter);
}

void FunnelChart::paint(QPainter &painter) const {
    painter.setRenderHint(QPainter::Antialiasing);
    const auto &colors = tokens(palette());
    for (int step = 0; step < m_table.rowCount() && splits() > 0; ++step) {
        if (step == m_step && hasFocus()) {
            painter.setPen(QPen(colors.accent, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(1, bar_rect(step, 1).top() - 5, width() - 2, step_height() - 6), 4,
                                    4);
        }
        paint_step(painter, step);
    }
}

void FunnelChart::set_step(int step) {
    m_step = std::clamp(step, 0, std::max(0, m_table.rowCount() - 1));
    if (m_table.rowCount() > 0) {
        setAccessibleDescription(read_out(m_step));
        setToolTip(read_out(m_step));
    }
    update();
}

void FunnelChart::keyPressEvent(QKeyEvent *event) {
    if (event->key() == Qt::Key_Down || event->key() == Qt::Key_Up) {
        set_step(m_step + (event->key() == Qt::Key_Down ? 1 : -1));
        return;
    }
    QWidget::keyPressEvent(event);
}

void FunnelChart::mousePressEvent(QMouseEvent *event) {
    if (m_table.rowCount() == 0) {
        return;
    }
    set_step((event->pos().y() - top_margin) / std::max(1, step_height()));
}

} // namespace studio::ui
