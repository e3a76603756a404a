// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/figure_exports.h"

#include "ui/analytics/section.h"
#include "ui/charts/chart_card.h"
#include "ui/charts/figure_workbook.h"
#include "ui/widgets/state_stack.h"

#include <QFileDialog>

#include <algorithm>
#include <stdexcept>

namespace studio::ui {

namespace {

constexpr int page_prefix = 10; // "analytics."

} // namespace

FigureExports::FigureExports(QWidget *page) : QObject(page), m_page(page) {}

void FigureExports::ask_for_csv(const FiguresSection &section) {
    auto *dialog = new QFileDialog(m_page, tr("Folder for the CSV files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, &section,
            [this, &section](const QString &folder) { write_csv(section, folder); });
    dialog->open();
}

void FigureExports::ask_for_workbook(const FiguresSection &section, const About &about) {
    ask_for_file(tr("Export this view"), section.objectName().mid(page_prefix),
                 [this, &section, about](const QString &file) { write_workbook({&section}, about, file); });
}

void FigureExports::ask_for_workbook(const std::vector<FiguresSection *> &sections, const Question &question,
                                     const About &about) {
    ask_for_file(tr("Export every view"), QStringLiteral("analytics"),
                 [this, sections, question, about](const QString &file) {
                     write_all(sections, question, about, file);
                 });
}

void FigureExports::ask_for_file(const QString &title, const QString &name,
                                 const std::function<void(const QString &)> &write) {
    auto *dialog = new QFileDialog(m_page, title, {}, tr("Excel workbook (*.xlsx)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("xlsx"));
    dialog->selectFile(name + QStringLiteral(".xlsx"));
    connect(dialog, &QFileDialog::fileSelected, this, write);
    dialog->open();
}

void FigureExports::write_csv(const FiguresSection &section, const QString &folder) {
    try {
        int written = 0;
        for (const auto *card : section.findChildren<ChartCard *>()) {
            if (card->table()->rowCount() > 0) {
                const auto name =
                    card->objectName().mid(page_prefix).replace(QLatin1Char('.'), QLatin1Char('-'));
                card->save_csv(QStringLiteral("%1/%2.csv").arg(folder, name));
                ++written;
            }
        }
        emit done(written == 1 ? tr("1 file is in %1.").arg(folder)
                               : tr("%1 files are in %2.").arg(written).arg(folder));
    } catch (const std::runtime_error &error) {
        emit failed(QString::fromUtf8(error.what()));
    }
}

void FigureExports::write_workbook(const std::vector<const FiguresSection *> &sections, const About &about,
                                   const QString &file) {
    try {
        FigureWorkbook book(file);
        book.add_words(tr("About"), about);
        int sheets = 0;
        for (const auto *section : sections) {
            for (const auto &[title, table] : section->tables()) {
                book.add(title, *table);
                ++sheets;
            }
        }
        book.save();
        emit done(sheets == 1 ? tr("1 table is in %1.").arg(file)
                              : tr("%1 tables are in %2.").arg(sheets).arg(file));
    } catch (const std::runtime_error &error) {
        emit failed(QString::fromUtf8(error.what()));
    }
}

void FigureExports::write_all(const std::vector<FiguresSection *> &sections, const Question &question,
                              const About &about, const QString &file) {
    auto *waiting = new QObject(this); // until all have answered
    const auto write_once = [this, sections, about, file, waiting] {
        if (std::ranges::any_of(sections, &FiguresSection::loads)) {
            return;
        }
        waiting->disconnect();
        for (const auto *section : sections) {
            disconnect(section, &FiguresSection::settled, waiting, nullptr);
        }
        waiting->deleteLater();
        if (std::ranges::any_of(sections, [](const auto *section) {
                return section->state()->state() == StateStack::State::Error;
            })) {
            emit failed(tr("Not every view could be read, so nothing was written."));
            return;
        }
        write_workbook({sections.begin(), sections.end()}, about, file);
    };
    for (auto *section : sections) {
        connect(section, &FiguresSection::settled, waiting, write_once);
        section->ask(question);
    }
    write_once();
}

} // namespace studio::ui
