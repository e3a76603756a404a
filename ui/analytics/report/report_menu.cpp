// SPDX-License-Identifier: Apache-2.0
#include "ui/analytics/report/report_menu.h"

#include "ui/analytics/report/report_pages.h"
#include "ui/charts/format_figure.h"
#include "ui/widgets/line_icon.h"

#include <QFileDialog>
#include <QLocale>

#include <stdexcept>

namespace studio::ui {

ReportMenu::ReportMenu(Worker &worker, QWidget *parent)
    : QMenu(tr("Monthly report (PDF)"), parent), m_worker(worker) {
    setObjectName(QStringLiteral("analytics.report"));
    setIcon(line_icon(QStringLiteral("text")));
    setEnabled(false);
    connect(this, &QMenu::aboutToShow, this, &ReportMenu::fill);
}

void ReportMenu::set_subject(const AnalyticsQuery &query) {
    m_query = query;
    setEnabled(!query.tenant.empty());
}

void ReportMenu::clear_subject() {
    m_query = {};
    setEnabled(false);
}

void ReportMenu::fill() {
    clear();
    const auto today = QDateTime::currentDateTimeUtc().toTimeZone(m_query.zone).date();
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
    auto *dialog = new QFileDialog(parentWidget(), tr("Monthly report"), {}, tr("PDF (*.pdf)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    dialog->selectFile(
        QStringLiteral("%1-%2.pdf")
            .arg(file_name_part(m_query.companion), month.toString(QStringLiteral("yyyy-MM"))));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, query = m_query, month](const QString &file) { write(query, month, file); });
    dialog->open();
}

void ReportMenu::write(const AnalyticsQuery &query, QDate month, const QString &file) {
    emit started(tr("Creating the report on %1 for %2…")
                     .arg(query.companion, QLocale().toString(month, QStringLiteral("MMMM yyyy"))));
    m_worker
        .run([query, month](db::Session &session) {
            return read_month_report(session, query, month, QDateTime::currentDateTimeUtc());
        })
        .then(this,
              [this, file](const MonthReport &report) {
                  ReportPages(report).save(file);
                  emit done(tr("Saved the report on %1 to %2.").arg(report.query.companion, file));
              })
        .onFailed(this, [this, companion = query.companion](const std::exception &error) {
            emit failed(
                tr("Could not create the report on %1. %2").arg(companion, QString::fromUtf8(error.what())));
        });
}

} // namespace studio::ui
