// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/export/figure_exports.h"

#include "ui/analytics/sections/section.h"
#include "ui/charts/chart_card.h"
#include "ui/charts/figure_workbook.h"
#include "ui/charts/format_figure.h"

#include <QFileDialog>

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace studio::ui {

namespace {

constexpr int page_prefix = 10; // "analytics."

} // namespace

FigureExports::FigureExports(QWidget *page) : QObject(page), m_page(page) {}

void FigureExports::ask_for_csv(const FiguresSection &section) {
    if (section.answered() == nullptr) {
        return;
    }
    auto *dialog = new QFileDialog(m_page, tr("Folder for the CSV files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, &section,
            [this, &section, query = *section.answered()](const QString &folder) {
                if (is_answered(section, query)) {
                    write_csv(section, folder);
                }
            });
    dialog->open();
}

void FigureExports::ask_for_workbook(const FiguresSection &section) {
    if (section.answered() == nullptr) {
        return;
    }
    const auto query = *section.answered();
    ask_for_file(tr("Export this view"),
                 subject_label(query) + QLatin1Char(' ') + section.objectName().mid(page_prefix),
                 [this, &section, query](const QString &file) {
                     if (is_answered(section, query)) {
                         write_workbook({&section}, query, file);
                     }
                 });
}

void FigureExports::ask_for_workbook(const std::vector<FiguresSection *> &sections,
                                     const AnalyticsQuery &query) {
    ask_for_file(tr("Export every view"), subject_label(query) + QStringLiteral(" analytics"),
                 [this, sections, query](const QString &file) { write_all(sections, query, file); });
}

bool FigureExports::is_answered(const FiguresSection &section, const AnalyticsQuery &query) {
    if (section.answered() != nullptr && same_query(*section.answered(), query)) {
        return true;
    }
    emit failed(tr("The figures changed in the meantime, so nothing was saved."));
    return false;
}

void FigureExports::ask_for_file(const QString &title, const QString &name,
                                 const std::function<void(const QString &)> &write) {
    auto *dialog = new QFileDialog(m_page, title, {}, tr("Excel workbook (*.xlsx)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("xlsx"));
    dialog->selectFile(file_name_part(name) + QStringLiteral(".xlsx"));
    connect(dialog, &QFileDialog::fileSelected, this, write);
    dialog->open();
}

void FigureExports::write_csv(const FiguresSection &section, const QString &folder) {
    try {
        int written = 0;
        for (const auto *card : section.findChildren<ChartCard *>()) {
            if (card->table()->rowCount() > 0) {
                const auto name = file_name_part(subject_label(*section.answered()) + QLatin1Char(' ') +
                                                 card->objectName().mid(page_prefix));
                card->save_csv(QStringLiteral("%1/%2.csv").arg(folder, name));
                ++written;
            }
        }
        emit done(written == 1 ? tr("Saved 1 file to %1.").arg(folder)
                               : tr("Saved %1 files to %2.").arg(written).arg(folder));
    } catch (const std::runtime_error &error) {
        emit failed(QString::fromUtf8(error.what()));
    }
}

void FigureExports::write_workbook(const std::vector<const FiguresSection *> &sections,
                                   const AnalyticsQuery &query, const QString &file) {
    try {
        FigureWorkbook book(file);
        book.add_words(tr("About"), about_lines(query));
        int sheets = 0;
        for (const auto *section : sections) {
            for (const auto &[title, table] : section->tables()) {
                book.add(title, *table);
                ++sheets;
            }
        }
        book.save();
        emit done(sheets == 1 ? tr("Saved 1 table to %1.").arg(file)
                              : tr("Saved %1 tables to %2.").arg(sheets).arg(file));
    } catch (const std::runtime_error &error) {
        emit failed(QString::fromUtf8(error.what()));
    }
}

void FigureExports::write_all(const std::vector<FiguresSection *> &sections, const AnalyticsQuery &query,
                              const QString &file) {
    delete std::exchange(m_waiting,
                         new QObject(this)); // a new request replaces one that still waits for figures
    const auto write_once = [this, sections, query, file] {
        if (m_waiting == nullptr || std::ranges::any_of(sections, &FiguresSection::loads)) {
            return;
        }
        std::exchange(m_waiting, nullptr)->deleteLater();
        if (std::ranges::any_of(sections, [&query](const auto *section) {
                return section->answered() == nullptr || !same_query(*section->answered(), query);
            })) {
            emit failed(tr("Not every view has loaded, so nothing was saved."));
            return;
        }
        write_workbook({sections.begin(), sections.end()}, query, file);
    };
    for (auto *section : sections) {
        connect(section, &FiguresSection::settled, m_waiting, write_once);
    }
    for (auto *section : sections) {
        section->ask(query);
    }
    write_once();
}

} // namespace studio::ui
