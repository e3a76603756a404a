// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/analytics/filters/analytics_query.h"
#include "ui/async/worker.h"

#include <QMenu>

namespace studio::ui {

// A menu of months. Choosing one asks for a file and writes that month's report.
class ReportMenu final : public QMenu {
    Q_OBJECT

public:
    static constexpr int months = 13;
    ReportMenu(Worker &worker, QWidget *parent);

    // Sets the companion whose report is written. No report can be written for all companions together, or
    // while the companion is unknown.
    void set_subject(const AnalyticsQuery &query);
    void clear_subject();
    // Writes the report without a dialog. Emits started(), then done() or failed().
    void write(const AnalyticsQuery &query, QDate month, const QString &file);
    const AnalyticsQuery &subject() const { return m_query; }

signals:
    void started(const QString &message);
    void done(const QString &message);
    void failed(const QString &message);

private:
    void fill();
    void ask_for_file(QDate month);

    Worker &m_worker;
    AnalyticsQuery m_query;
};

} // namespace studio::ui
