// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractTableModel>

#include <vector>

namespace studio::ui {

// A part of a whole, such as the visits that booked. Shown as a rate only where the whole is large enough for
// one.
struct Share {
    qint64 count = 0, of = 0;
    bool operator==(const Share &) const = default;
    bool readable() const { return of >= min_count; }
    double rate() const { return of > 0 ? static_cast<double>(count) / static_cast<double>(of) : 0; }
    static constexpr qint64 min_count = 30;
};

// What the cells of a column hold, in the order of the values below: QString; qint64; double; Share; double
// in the currency; seconds as double; a rate between 0 and 1 as double; and for the last three a QDateTime at
// the start of the hour, day or month in the tenant's time zone. An invalid QVariant means that there is no
// figure.
enum class FigureKind { Text, Count, Decimal, Share, Money, Duration, Percent, Hour, Day, Month };

struct FigureColumn {
    QString title;
    FigureKind kind = FigureKind::Text;
    // For a share, what is counted and out of what, for the titles in files: "bookings", "visits".
    QString counted{}, whole{};
};

struct FigureRow {
    std::vector<QVariant> cells;
    QString key; // what is emitted when the row is clicked
};

// The figures behind a chart.
class FigureTableModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role { Value = Qt::UserRole, Key }; // Value is what rows are sorted by; a share counts as its rate

    using QAbstractTableModel::QAbstractTableModel;

    void set(std::vector<FigureColumn> columns, std::vector<FigureRow> rows);
    // The currency of every money column, as an ISO code; "" for none.
    void set_currency(const QString &currency) { m_currency = currency; }
    const QString &currency() const { return m_currency; }
    // Says which rows are left out: "The newest 200 of 650 visits." Empty where none are.
    void set_remark(const QString &remark) { m_remark = remark; }
    const QString &remark() const { return m_remark; }

    const std::vector<FigureColumn> &columns() const { return m_columns; }
    const std::vector<FigureRow> &rows() const { return m_rows; }
    const QVariant &cell(int row, int column) const;
    // The number that a chart draws, which for a share is its rate. NaN where there is no figure.
    double number(int row, int column) const;
    QString text(int row, int column) const;

    // The titles of a column in a file. A share has three: the rate, the count, and what it is out of.
    QStringList file_titles(int column) const;
    // RFC 4180 with a header line, UTF-8. Figures are plain numbers, times ISO 8601. The rate of a share that
    // is too small to read is left empty.
    QByteArray csv() const;
    // Lines with tabs, as figures are shown: what a person pastes into a spreadsheet.
    QString tab_separated() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::vector<FigureColumn> m_columns;
    std::vector<FigureRow> m_rows;
    QString m_currency;
    QString m_remark;
};

} // namespace studio::ui

Q_DECLARE_METATYPE(studio::ui::Share)
