// SPDX-License-Identifier: Apache-2.0
#include "ui/charts/figure_table_model.h"

#include "ui/charts/format_figure.h"

#include <QDateTime>

#include <limits>

namespace studio::ui {

namespace {

bool is_time(FigureKind kind) {
    return kind == FigureKind::Hour || kind == FigureKind::Day || kind == FigureKind::Month;
}

// Prevents that a spreadsheet runs text as a formula, which it does with text that begins with one of these
// characters.
QString without_formula(const QString &text) {
    const bool formula = !text.isEmpty() && QStringLiteral("=+-@\t\r").contains(text.front());
    return formula ? QLatin1Char('\'') + text : text;
}

QByteArray quoted(const QString &text) {
    auto escaped = without_formula(text);
    if (escaped.contains(QLatin1Char('"')) || escaped.contains(QLatin1Char(',')) ||
        escaped.contains(QLatin1Char('\n')) || escaped.contains(QLatin1Char('\r'))) {
        escaped =
            QLatin1Char('"') + escaped.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
    }
    return escaped.toUtf8();
}

QByteArray csv_cell(const QVariant &value, FigureKind kind) {
    if (kind == FigureKind::Share) {
        const auto share = value.value<Share>();
        return (share.readable() ? QByteArray::number(share.rate(), 'g', 12) : QByteArray()) + ',' +
               QByteArray::number(share.count) + ',' + QByteArray::number(share.of);
    }
    if (!value.isValid()) {
        return {};
    }
    if (kind == FigureKind::Text) {
        return quoted(value.toString());
    }
    if (kind == FigureKind::Count) {
        return QByteArray::number(value.toLongLong());
    }
    if (is_time(kind)) {
        const auto time = value.toDateTime();
        return kind == FigureKind::Hour ? time.toString(Qt::ISODate).toUtf8()
                                        : time.date().toString(Qt::ISODate).toUtf8();
    }
    return QByteArray::number(value.toDouble(), 'g', 12);
}

} // namespace

void FigureTableModel::set(std::vector<FigureColumn> columns, std::vector<FigureRow> rows) {
    beginResetModel();
    m_columns = std::move(columns);
    m_rows = std::move(rows);
    for (auto &row : m_rows) {
        row.cells.resize(m_columns.size());
    }
    endResetModel();
}

const QVariant &FigureTableModel::cell(int row, int column) const {
    return m_rows.at(static_cast<std::size_t>(row)).cells.at(static_cast<std::size_t>(column));
}

double FigureTableModel::number(int row, int column) const {
    const auto &value = cell(row, column);
    if (!value.isValid()) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const auto kind = m_columns[static_cast<std::size_t>(column)].kind;
    return kind == FigureKind::Share ? value.value<Share>().rate() : value.toDouble();
}

QString FigureTableModel::text(int row, int column) const {
    return format_figure(cell(row, column), m_columns[static_cast<std::size_t>(column)].kind, m_currency);
}

QStringList FigureTableModel::file_titles(int column) const {
    const auto &[title, kind, counted, whole] = m_columns[static_cast<std::size_t>(column)];
    if (kind == FigureKind::Share) {
        return {tr("%1 (rate)").arg(title),
                tr("%1 (%2)").arg(title, counted.isEmpty() ? tr("count") : counted),
                tr("%1 (%2)").arg(title, whole.isEmpty() ? tr("of") : whole)};
    }
    return {kind == FigureKind::Money && !m_currency.isEmpty() ? tr("%1 (%2)").arg(title, m_currency)
                                                               : title};
}

QByteArray FigureTableModel::csv() const {
    QByteArray text;
    for (int column = 0; column < columnCount(); ++column) {
        for (const auto &title : file_titles(column)) {
            text += (text.isEmpty() ? "" : ",") + quoted(title);
        }
    }
    text += "\r\n";
    for (const auto &row : m_rows) {
        for (std::size_t column = 0; column < m_columns.size(); ++column) {
            text += (column > 0 ? "," : "") + csv_cell(row.cells[column], m_columns[column].kind);
        }
        text += "\r\n";
    }
    return text;
}

QString FigureTableModel::tab_separated() const {
    const auto plain =
        [](QString text) { // tabs and line breaks separate cells and rows, so they must not be in a cell
            return without_formula(text.replace(QLatin1Char('\t'), QLatin1Char(' '))
                                       .replace(QLatin1Char('\n'), QLatin1Char(' '))
                                       .replace(QLatin1Char('\r'), QLatin1Char(' ')));
        };
    QStringList lines, cells;
    for (const auto &column : m_columns) {
        cells << plain(column.title);
    }
    lines << cells.join(QLatin1Char('\t'));
    for (int row = 0; row < rowCount(); ++row) {
        cells.clear();
        for (int column = 0; column < columnCount(); ++column) {
            const bool words = m_columns[static_cast<std::size_t>(column)].kind == FigureKind::Text;
            cells << (words ? plain(text(row, column)) : text(row, column));
        }
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n'));
}

int FigureTableModel::rowCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FigureTableModel::columnCount(const QModelIndex &parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant FigureTableModel::data(const QModelIndex &index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    const auto &value = cell(index.row(), index.column());
    const auto kind = m_columns[static_cast<std::size_t>(index.column())].kind;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text(index.row(), index.column());
    case Qt::ToolTipRole:
        return kind == FigureKind::Share && value.isValid() ? share_sentence(value.value<Share>())
                                                            : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            (kind == FigureKind::Text || is_time(kind) ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Value:
        return kind == FigureKind::Share && value.isValid() ? QVariant(value.value<Share>().rate()) : value;
    case Key:
        return m_rows[static_cast<std::size_t>(index.row())].key;
    default:
        return {};
    }
}

QVariant FigureTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return {};
    }
    const auto &column = m_columns[static_cast<std::size_t>(section)];
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(
            (column.kind == FigureKind::Text || is_time(column.kind) ? Qt::AlignLeft : Qt::AlignRight) |
            Qt::AlignVCenter);
    }
    return role == Qt::DisplayRole ? QVariant(column.title) : QVariant();
}

} // namespace studio::ui
