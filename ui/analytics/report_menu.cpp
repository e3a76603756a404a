// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/report_menu.h"

#include "ui/analytics/report_pages.h"
#include "ui/widgets/line_icon.h"

#include <QFileDialog>
#include <QLocale>

#include <stdexcept>

namespace studio::ui {

ReportMenu::ReportMenu(Worker &worker, QWidget *parent)
    : QMenu(tr("Report of a month (PDF)"), parent), m_worker(worker) {
    setObjectName(QStringLiteral("analytics.report"));
    setIcon(line_icon(QStringLiteral("text")));
    setEnabled(false);
    connect(this, &QMenu::aboutToShow, this, &ReportMenu::fill);
}

void ReportMenu::set_subject(const Question &question) {
    m_question = question;
    setEnabled(!question.tenant.empty());
}

void ReportMenu::fill() {
    clear();
    const auto today = QDateTime::currentDateTimeUtc().toTimeZone(m_question.zone).date();
    const QDate current(today.year(), today.month(), 1);
    for (int back = 0; back < months; ++back) {
        const auto month = current.addMonths(-back);
        const auto words = QLocale().toString(month, QStringLiteral("MMMM yyyy"));
        auto *action = addAction(back == 0 ? tr("%1 so far").arg(words) : words, this,
                                 [this, month] { ask_for_file(month); });
        action->setData(month);
    }
}

void ReportMenu::ask_for_file(QDate month) {
    auto *dialog = new QFileDialog(parentWidget(), tr("Report of a month"), {}, tr("PDF (*.pdf)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    dialog->selectFile(
        QStringLiteral("%1-%2.pdf")
            .arg(QString(m_question.companion).toLower().replace(QLatin1Char(' '), QLatin1Char('-')),
                 month.toString(QStringLiteral("yyyy-MM"))));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, month](const QString &file) { write(month, file); });
    dialog->open();
}

void ReportMenu::write(QDate month, const QString &file) {
    m_worker
        .run([question = m_question, month](db::Session &session) {
            return read_month_report(session, question, month, QDateTime::currentDateTimeUtc());
        })
        .then(this,
              [this, file](const MonthReport &report) {
                  ReportPages(report).save(file);
                  emit done(tr("The report is in %1.").arg(file));
              })
        .onFailed(this,
                  [this](const std::exception &error) { emit failed(QString::fromUtf8(error.what())); });
}

} // namespace studio::ui
