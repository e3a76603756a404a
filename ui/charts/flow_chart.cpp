// SPDX-License-Identifier: Apache-2.0
#include "ui/charts/flow_chart.h"

#include "ui/charts/chart_palette.h"
#include "ui/charts/format_figure.h"

#include <QHelpEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>
#include <map>

namespace studio::ui {

namespace {
constexpr double node_width = 10, node_gap = 16, label_width = 120, top_margin = 22;
constexpr double thinnest = 2; // pixels
} // namespace

FlowChart::FlowChart(const QString &name, const FigureTableModel &table, QWidget *parent)
    : QWidget(parent), m_table(table) {
    setObjectName(name);
    setFocusPolicy(Qt::TabFocus);
    connect(&table, &QAbstractItemModel::modelReset, this, &FlowChart::collect);
}

void FlowChart::collect() {
    std::map<std::pair<int, QString>, qint64> visits;
    std::map<std::tuple<int, QString, QString>, qint64> moves;
    m_steps = 0;
    for (int row = 0; row < m_table.rowCount(); ++row) {
        const auto steps = m_table.cell(row, 0).toString().split(separator());
        const auto count = m_table.cell(row, 1).toLongLong();
        m_steps = std::max(m_steps, static_cast<int>(steps.size()));
        for (int step = 0; step < steps.size(); ++step) {
            visits[{step, steps[step]}] += count;
            if (step > 0) {
                moves[{step, steps[step - 1], steps[step]}] += count;
            }
        }
    }
    m_nodes.clear();
    m_links.clear();
    for (const auto &[key, count] : visits) {
        m_nodes.push_back({key.first, key.second, count});
    }
    std::ranges::stable_sort(m_nodes, [](const Node &first, const Node &second) {
        return first.step != second.step ? first.step < second.step : first.visits > second.visits;
    });
    const auto find = [this](int step, const QString &name) {
        const auto node = std::ranges::find_if(
            m_nodes, [&](const Node &candidate) { return candidate.step == step && candidate.name == name; });
        return static_cast<std::size_t>(node - m_nodes.begin());
    };
    for (const auto &[key, count] : moves) {
        const auto &[step, from, to] = key;
        m_links.push_back({find(step - 1, from), find(step, to), count});
    }
    std::ranges::sort(m_links, {}, [](const Link &link) { return std::pair(link.from, link.to); });
    setAccessibleDescription(tr("%1 paths; the table lists them.").arg(m_table.rowCount()));
    place_nodes();
    update();
}

void FlowChart::place_nodes() {
    if (m_steps == 0) {
        return;
    }
    double largest = 1, nodes_in_widest = 1;
    for (int step = 0; step < m_steps; ++step) {
        double total = 0, nodes = 0;
        for (const auto &node : m_nodes) {
            if (node.step == step) {
                total += static_cast<double>(node.visits);
                ++nodes;
            }
        }
        largest = std::max(largest, total);
        nodes_in_widest = std::max(nodes_in_widest, nodes);
    }
    const double gap = std::min(node_gap, std::max(6.0, (height() - top_margin) / nodes_in_widest / 2));
    const double scale = std::max(0.0, height() - top_margin - 4 - gap * (nodes_in_widest - 1)) / largest;
    const double apart = m_steps > 1 ? (width() - label_width - node_width) / (m_steps - 1) : 0;
    std::vector<double> next(static_cast<std::size_t>(m_steps), top_margin);
    for (auto &node : m_nodes) {
        auto &top = next[static_cast<std::size_t>(node.step)];
        const double tall = std::max(thinnest, static_cast<double>(node.visits) * scale);
        node.place = QRectF(node.step * apart, top, node_width, tall);
        top += std::max(tall, 8.0) + gap;
    }
}

void FlowChart::resizeEvent(QResizeEvent *) {
    place_nodes();
}

void FlowChart::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto &colors = tokens(palette());
    auto small = font();
    small.setPixelSize(11);
    painter.setFont(small);
    std::vector<double> out(m_nodes.size(), 0), in(m_nodes.size(), 0);
    for (const auto &link : m_links) {
        const auto &from = m_nodes[link.from];
        const auto &to = m_nodes[link.to];
        const double left =
            from.place.height() * static_cast<double>(link.visits) / static_cast<double>(from.visits);
        const double right =
            to.place.height() * static_cast<double>(link.visits) / static_cast<double>(to.visits);
        const QPointF a(from.place.right(), from.place.top() + out[link.from]),
            b(to.place.left(), to.place.top() + in[link.to]);
        out[link.from] += left;
        in[link.to] += right;
        const double middle = (a.x() + b.x()) / 2;
        QPainterPath ribbon(a);
        ribbon.cubicTo({middle, a.y()}, {middle, b.y()}, b);
        ribbon.lineTo(b.x(), b.y() + right);
        ribbon.cubicTo({middle, b.y() + right}, {middle, a.y() + left}, {a.x(), a.y() + left});
        ribbon.closeSubpath();
        auto fill = chart_color(colors, 0);
        fill.setAlphaF(colors.dark ? 0.26F : 0.18F);
        painter.fillPath(ribbon, fill);
    }
    const double apart = m_steps > 1 ? (width() - label_width - node_width) / (m_steps - 1) : width();
    for (int step = 0; step < m_steps; ++step) {
        painter.setPen(colors.muted);
        painter.drawText(QRectF(step * apart, 0, apart, top_margin - 6), Qt::AlignVCenter,
                         step == 0 ? tr("Start") : tr("Step %1").arg(step + 1));
    }
    for (const auto &node : m_nodes) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(chart_color(colors, 0));
        painter.drawRoundedRect(node.place, 2, 2);
        const double room =
            std::min(std::max(apart - node_width - 10, 60.0), width() - node.place.right() - 6);
        painter.setPen(colors.text);
        painter.drawText(
            QRectF(node.place.right() + 5, node.place.center().y() - 9, room, 18), Qt::AlignVCenter,
            QFontMetrics(small).elidedText(QStringLiteral("%1  %2").arg(node.name, format_count(node.visits)),
                                           Qt::ElideRight, static_cast<int>(room)));
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colors.accent, 1.5));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
    }
}

bool FlowChart::event(QEvent *event) {
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        for (const auto &node : m_nodes) {
            if (node.place.adjusted(-4, -4, label_width, 4).contains(help->pos())) {
                QToolTip::showText(
                    help->globalPos(),
                    tr("%1\n%2 visits of the paths shown").arg(node.name, format_count(node.visits)), this);
                return true;
            }
        }
        QToolTip::hideText();
        return true;
    }
    return QWidget::event(event);
}

} // namespace studio::ui
