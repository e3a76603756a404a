// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/charts/figure_table_model.h"

#include <QStringList>

#include <memory>
#include <utility>
#include <vector>

struct lxw_workbook;

namespace studio::ui {

// Tables of figures as an Office Open XML workbook (.xlsx), a sheet for each. Cells hold what they are:
// counts and money numbers, rates percentages, durations times, days dates by the tenant's clock. A share is
// three columns: the rate, the count and what it is of; a rate of too few is marked in its format and still a
// number.
class FigureWorkbook final {
public:
    using Words = std::vector<std::pair<QString, QString>>; // a name and what it is in each line

    // Throws std::runtime_error that names the file where none can be written there.
    explicit FigureWorkbook(const QString &file);
    ~FigureWorkbook(); // without save() there is no file
    FigureWorkbook(const FigureWorkbook &) = delete;
    FigureWorkbook &operator=(const FigureWorkbook &) = delete;

    // A table's remark stands below its rows.
    void add(const QString &title, const FigureTableModel &table);
    // What the sheets are about.
    void add_words(const QString &title, const Words &lines);
    // Replaces a file of that name. Throws std::runtime_error that names the file.
    void save();

private:
    class Formats;
    QByteArray sheet_name(const QString &title);
    [[noreturn]] void fail(const QString &reason) const;

    QString m_file, m_part; // written beside the file, then put in its place
    lxw_workbook *m_book = nullptr;
    std::unique_ptr<Formats> m_formats;
    QStringList m_sheets; // names that are taken, in small letters
};

} // namespace studio::ui
