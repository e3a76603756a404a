// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/analytics/question.h"
#include "ui/async/worker.h"

#include <QMenu>

namespace studio::ui {

// The months that a report can be of; choosing one asks for a file and writes it.
class ReportMenu final : public QMenu {
    Q_OBJECT

public:
    static constexpr int months = 13;
    ReportMenu(Worker &worker, QWidget *parent);

    // Of whom; with a question about all companions there is no report.
    void set_subject(const Question &question);
    // Without a dialog. Emits done() or failed().
    void write(QDate month, const QString &file);

signals:
    void done(const QString &message);
    void failed(const QString &message);

private:
    void fill();
    void ask_for_file(QDate month);

    Worker &m_worker;
    Question m_question;
};

} // namespace studio::ui
