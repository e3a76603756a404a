// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/charts/figure_table_model.h"

#include <QStringList>

#include <memory>
#include <utility>
#include <vector>

struct lxw_workbook;

namespace studio::ui {

// Writes tables of figures as an Office Open XML workbook (.xlsx) with a sheet for each. Cells are typed:
// numbers for counts and money, percentages for rates, times for durations, dates in the tenant's time zone
// for days. A share is three columns: the rate, the count, and what it is out of. A rate of too few visits is
// still a number, but its format marks it.
class FigureWorkbook final {
public:
    using Words = std::vector<std::pair<QString, QString>>; // a name and a value for each line

    // Throws std::runtime_error that names the file where none can be written there.
    explicit FigureWorkbook(const QString &file);
    ~FigureWorkbook(); // writes no file unless save() was called
    FigureWorkbook(const FigureWorkbook &) = delete;
    FigureWorkbook &operator=(const FigureWorkbook &) = delete;

    // Adds a sheet with the table's rows and its remark below them.
    void add(const QString &title, const FigureTableModel &table);
    // Adds a sheet that says what the figures are about.
    void add_words(const QString &title, const Words &lines);
    // Replaces a file of that name. Throws std::runtime_error that names the file.
    void save();

private:
    class Formats;
    QByteArray sheet_name(const QString &title);
    [[noreturn]] void fail(const QString &reason) const;

    QString m_file, m_part; // m_part is written beside the file and then renamed to it
    lxw_workbook *m_book = nullptr;
    std::unique_ptr<Formats> m_formats;
    QStringList m_sheets; // names in use, in small letters
};

} // namespace studio::ui
