// SPDX-License-Identifier: Apache-2.0
#include "ui/charts/figure_workbook.h"

#include "ui/charts/format_figure.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <stdexcept>

namespace studio::ui {

namespace {

constexpr int longest_sheet_name = 31;
constexpr double narrowest = 10, widest = 60; // characters
constexpr double seconds_of_day = 86'400;

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::figures", text);
}

lxw_datetime moment(const QDateTime &time) {
    const auto date = time.date();
    const auto clock = time.time();
    return {date.year(), date.month(), date.day(), clock.hour(), clock.minute(), double(clock.second())};
}

} // namespace

class FigureWorkbook::Formats {
public:
    explicit Formats(lxw_workbook *book)
        : head(workbook_add_format(book)), count(made(book, "#,##0")), decimal(made(book, "0.####")),
          money(made(book, "#,##0.00")), percent(made(book, "0.00%")), few(made(book, "")),
          duration(made(book, "[h]:mm:ss")), hour(made(book, "yyyy-mm-dd hh:mm")),
          day(made(book, "yyyy-mm-dd")), month(made(book, "mmm yyyy")) {
        format_set_bold(head);
        format_set_bottom(head, LXW_BORDER_THIN);
        format_set_num_format(few, tr("0.00%\" (few)\"").toUtf8().constData());
        format_set_font_color(few, 0x777777);
    }

    lxw_format *of(FigureKind kind) const {
        switch (kind) {
        case FigureKind::Text:
            return nullptr;
        case FigureKind::Count:
            return count;
        case FigureKind::Decimal:
            return decimal;
        case FigureKind::Money:
            return money;
        case FigureKind::Share:
        case FigureKind::Percent:
            return percent;
        case FigureKind::Duration:
            return duration;
        case FigureKind::Hour:
            return hour;
        case FigureKind::Day:
            return day;
        case FigureKind::Month:
            break;
        }
        return month;
    }

    lxw_format *head, *count, *decimal, *money, *percent, *few, *duration, *hour, *day, *month;

private:
    static lxw_format *made(lxw_workbook *book, const char *number) {
        auto *format = workbook_add_format(book);
        format_set_num_format(format, number);
        return format;
    }
};

namespace {

// One sheet while it is filled. Remembers the width that its columns need.
class Sheet {
public:
    Sheet(lxw_worksheet *sheet, lxw_format *head) : m_sheet(sheet), m_head(head) {}

    void title(lxw_col_t column, const QString &text) { write(0, column, text, m_head); }
    void write(lxw_row_t row, lxw_col_t column, const QString &text, lxw_format *format = nullptr) {
        worksheet_write_string(m_sheet, row, column, text.toUtf8().constData(), format);
        widen(column, static_cast<double>(text.size()) + 2);
    }
    void write(lxw_row_t row, lxw_col_t column, double number, lxw_format *format) {
        worksheet_write_number(m_sheet, row, column, number, format);
    }
    void write(lxw_row_t row, lxw_col_t column, const QDateTime &time, lxw_format *format) {
        auto at = moment(time);
        worksheet_write_datetime(m_sheet, row, column, &at, format);
        widen(column, 18);
    }
    void set_widths() {
        for (std::size_t column = 0; column < m_widths.size(); ++column) {
            const auto place = static_cast<lxw_col_t>(column);
            worksheet_set_column(m_sheet, place, place, m_widths[column], nullptr);
        }
    }

private:
    void widen(lxw_col_t column, double width) {
        if (m_widths.size() <= column) {
            m_widths.resize(column + 1U, narrowest);
        }
        m_widths[column] = std::clamp(width, m_widths[column], widest);
    }

    lxw_worksheet *m_sheet;
    lxw_format *m_head;
    std::vector<double> m_widths;
};

lxw_col_t width_of(FigureKind kind) {
    return kind == FigureKind::Share ? 3 : 1;
}

template <typename Formats>
void write_figure(Sheet &sheet, const Formats &formats, lxw_row_t row, lxw_col_t column,
                  const QVariant &value, FigureKind kind) {
    if (kind == FigureKind::Text) {
        sheet.write(row, column, value.toString());
    } else if (kind == FigureKind::Share) {
        const auto share = value.value<Share>();
        if (share.of > 0) {
            sheet.write(row, column, share.rate(), share.readable() ? formats.percent : formats.few);
        }
        sheet.write(row, static_cast<lxw_col_t>(column + 1), double(share.count), formats.count);
        sheet.write(row, static_cast<lxw_col_t>(column + 2), double(share.of), formats.count);
    } else if (kind == FigureKind::Hour || kind == FigureKind::Day || kind == FigureKind::Month) {
        sheet.write(row, column, value.toDateTime(), formats.of(kind));
    } else {
        const double unit = kind == FigureKind::Duration ? seconds_of_day : 1;
        sheet.write(row, column, value.toDouble() / unit, formats.of(kind));
    }
}

} // namespace

FigureWorkbook::FigureWorkbook(const QString &file)
    : m_file(file),
      m_part(file + QStringLiteral(".%1.part").arg(QUuid::createUuid().toString(QUuid::Id128).left(8))) {
    QFile part(m_part);
    if (!part.open(QIODevice::WriteOnly)) {
        fail(part.errorString());
    }
    part.close();
    part.remove();
    m_book = workbook_new(QFile::encodeName(m_part).constData());
    if (m_book == nullptr) {
        fail(tr("not enough memory"));
    }
    m_formats = std::make_unique<Formats>(m_book);
}

FigureWorkbook::~FigureWorkbook() {
    if (m_book != nullptr) {
        lxw_workbook_free(m_book);
    }
}

// Excel allows names of up to 31 characters, without certain signs, and each name once.
QByteArray FigureWorkbook::sheet_name(const QString &title) {
    auto name = title;
    for (auto &sign : name) {
        if (QStringLiteral("[]:*?/\\'").contains(sign)) {
            sign = QLatin1Char('-');
        }
    }
    name = name.left(longest_sheet_name).trimmed();
    auto taken = name;
    for (int number = 2; taken.isEmpty() || m_sheets.contains(taken.toLower()); ++number) {
        const auto end = QStringLiteral(" %1").arg(number);
        taken = (name.left(longest_sheet_name - static_cast<int>(end.size())) + end).trimmed();
    }
    m_sheets << taken.toLower();
    return taken.toUtf8();
}

void FigureWorkbook::add(const QString &title, const FigureTableModel &table) {
    auto *worksheet = workbook_add_worksheet(m_book, sheet_name(title).constData());
    if (worksheet == nullptr) {
        fail(tr("the sheet “%1” could not be created").arg(title));
    }
    const auto &formats = *m_formats;
    Sheet sheet(worksheet, formats.head);
    lxw_col_t place = 0;
    for (int column = 0; column < table.columnCount(); ++column) {
        for (const auto &title_of_column : table.file_titles(column)) {
            sheet.title(place++, title_of_column);
        }
    }
    const auto last_column = static_cast<lxw_col_t>(place - 1);
    lxw_row_t line = 1;
    for (const auto &row : table.rows()) {
        place = 0;
        for (std::size_t column = 0; column < row.cells.size(); ++column) {
            const auto kind = table.columns()[column].kind;
            if (row.cells[column].isValid()) {
                write_figure(sheet, formats, line, place, row.cells[column], kind);
            }
            place = static_cast<lxw_col_t>(place + width_of(kind));
        }
        ++line;
    }
    sheet.set_widths();
    if (!table.remark().isEmpty()) {
        worksheet_write_string(worksheet, line + 1, 0, table.remark().toUtf8().constData(), nullptr);
    }
    worksheet_freeze_panes(worksheet, 1, 0);
    worksheet_autofilter(worksheet, 0, 0, std::max<lxw_row_t>(line - 1, 1), last_column);
}

void FigureWorkbook::add_words(const QString &title, const Words &lines) {
    auto *worksheet = workbook_add_worksheet(m_book, sheet_name(title).constData());
    if (worksheet == nullptr) {
        fail(tr("the sheet “%1” could not be created").arg(title));
    }
    Sheet sheet(worksheet, m_formats->head);
    lxw_row_t row = 0;
    for (const auto &[name, words] : lines) {
        sheet.write(row, 0, name);
        sheet.write(row, 1, words);
        ++row;
    }
    sheet.set_widths();
}

void FigureWorkbook::save() {
    const auto outcome = workbook_close(std::exchange(m_book, nullptr)); // frees it, too
    if (outcome != LXW_NO_ERROR) {
        QFile::remove(m_part);
        fail(QString::fromUtf8(lxw_strerror(outcome)));
    }
    if (std::rename(QFile::encodeName(m_part).constData(), QFile::encodeName(m_file).constData()) != 0) {
        const auto reason = qt_error_string();
        QFile::remove(m_part);
        fail(reason);
    }
}

void FigureWorkbook::fail(const QString &reason) const {
    throw std::runtime_error(tr("Could not save %1: %2").arg(m_file, reason).toStdString());
}

} // namespace studio::ui
