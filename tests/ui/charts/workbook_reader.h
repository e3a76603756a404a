// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QVariant>

#include <vector>

namespace studio::test_support {

// A workbook as another program would read it: sheets by name, cells with their value and number format.
class WorkbookReader final {
public:
    struct Cell {
        QVariant value; // QString or double; invalid for an empty cell
        QString format; // "0.00%"; "" for general
    };
    // Throws std::runtime_error for what is no workbook.
    explicit WorkbookReader(const QString &file);

    QStringList sheets() const { return m_names; }
    Cell cell(const QString &sheet, int row, int column) const;
    int row_count(const QString &sheet) const;

private:
    QByteArray part(const QString &name) const;
    void read_styles();
    void read_strings();
    void read_sheet(const QString &name, const QByteArray &xml);

    QMap<QString, QByteArray> m_parts;
    QStringList m_names, m_strings, m_formats; // formats by cell style
    QMap<QString, QMap<std::pair<int, int>, Cell>> m_cells;
};

} // namespace studio::test_support
