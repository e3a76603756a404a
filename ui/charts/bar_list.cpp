// SPDX-License-Identifier: Apache-2.0
#include "ui/charts/bar_list.h"

#include "ui/charts/chart_card.h"
#include "ui/charts/chart_palette.h"
#include "ui/charts/figure_cells.h"

#include <QHeaderView>
#include <QPainter>
#include <QSortFilterProxyModel>

#include <algorithm>
#include <cmath>

namespace studio::ui {

namespace {

constexpr int row_height = 30;
constexpr int narrowest_name = 130;

class BarDelegate final : public QStyledItemDelegate {
public:
    BarDelegate(const BarList &list, int color)
        : QStyledItemDelegate(const_cast<BarList *>(&list)), m_list(list), m_color(color) {}

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override {
        const auto &colors = tokens(option.palette);
        painter->save();
        if (option.state & QStyle::State_Selected) {
            painter->fillRect(option.rect, colors.accent_soft);
        }
        if (index.column() == 0) {
            paint_bar(*painter, option, index, colors);
        }
        painter->setFont(option.font);
        painter->setPen(colors.text);
        const auto alignment = static_cast<Qt::Alignment>(index.data(Qt::TextAlignmentRole).toInt());
        const auto room = text_room(option.rect, index);
        painter->drawText(
            room, static_cast<int>(alignment),
            QFontMetrics(option.font).elidedText(index.data().toString(), Qt::ElideRight, room.width()));
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(cell_padding + room_behind(index), 0);
    }

private:
    void paint_bar(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                   const Tokens &colors) const {
        const double value =
            index.siblingAtColumn(m_list.bar_column()).data(FigureTableModel::Value).toDouble();
        const double longest = m_list.longest();
        if (longest <= 0 || !(value > 0)) {
            return;
        }
        auto fill = chart_color(colors, m_color);
        fill.setAlphaF(colors.dark ? 0.34F : 0.22F);
        QRectF bar(option.rect.adjusted(4, 4, -4, -4));
        bar.setWidth(std::max(3.0, bar.width() * value / longest));
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawRoundedRect(bar, 3, 3);
        painter.setBrush(chart_color(colors, m_color));
        painter.drawRect(QRectF(bar.left(), bar.top(), 3, bar.height()));
    }

    const BarList &m_list;
    const int m_color;
};

} // namespace

BarList::BarList(const QString &name, FigureTableModel &table, int bar_column, int color, QWidget *parent)
    : QTableView(parent), m_figures(table), m_bar_column(bar_column) {
    setObjectName(name);
    auto *sorted = new QSortFilterProxyModel(this);
    sorted->setSortRole(FigureTableModel::Value);
    sorted->setSourceModel(&table);
    setModel(sorted);
    set_figure_view(this);
    verticalHeader()->setDefaultSectionSize(row_height);
    setItemDelegate(new BarDelegate(*this, color));
    setMouseTracking(true);
    setSortingEnabled(true);
    sortByColumn(-1, Qt::AscendingOrder);
    const auto size_columns = [this] {
        if (model()->columnCount() == 0) {
            return;
        }
        horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
        horizontalHeader()->setSectionResizeMode(0, QHeaderView::Fixed);
        size_names();
    };
    connect(sorted, &QAbstractItemModel::modelReset, this, size_columns);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this](int column) {
        if (column != 0) {
            size_names();
        }
    });
    const auto choose = [this](const QModelIndex &index) {
        if (const auto key = index.data(FigureTableModel::Key).toString(); !key.isEmpty()) {
            emit chosen(key);
        }
    };
    connect(this, &QTableView::clicked, this, choose);
    connect(this, &QTableView::activated, this, choose);
}

void BarList::resizeEvent(QResizeEvent *event) {
    QTableView::resizeEvent(event);
    size_names();
}

// Names get the width that the figures leave. If that is too little to read them, the list scrolls sideways.
void BarList::size_names() {
    int figures = 0;
    for (int column = 1; column < model()->columnCount(); ++column) {
        figures += columnWidth(column);
    }
    if (model()->columnCount() > 0) {
        setColumnWidth(0, std::max(narrowest_name, viewport()->width() - figures));
    }
}

double BarList::longest() const {
    double longest = 0;
    for (int row = 0; row < m_figures.rowCount(); ++row) {
        if (const double number = m_figures.number(row, m_bar_column); std::isfinite(number)) {
            longest = std::max(longest, number);
        }
    }
    return longest;
}

QSize BarList::sizeHint() const {
    return {420, horizontalHeader()->sizeHint().height() +
                     row_height * std::clamp(m_figures.rowCount(), 4, 8) + 4};
}

} // namespace studio::ui
