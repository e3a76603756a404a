// SPDX-License-Identifier: Apache-2.0
#include "ui/uploads/upload_status.h"

#include "ui/uploads/upload_queue.h"
#include "ui/uploads/upload_words.h"

namespace studio::ui {

UploadStatus::UploadStatus(UploadQueue &queue, QWidget *parent) : QToolButton(parent), m_queue(queue) {
    setObjectName(QStringLiteral("status.uploads"));
    setAutoRaise(true);
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    connect(&m_queue, &UploadQueue::changed, this, &UploadStatus::show_state);
    show_state();
}

void UploadStatus::show_state() {
    auto line = uploads_line(m_queue.state());
    const auto problem = uploads_problem(m_queue.state());
    if (line.isEmpty() && !m_queue.state().step_problem.isEmpty()) {
        line = tr("A photo is still at the store");
    }
    setText(line);
    setToolTip(problem.isEmpty() ? tr("Show the uploads") : problem);
    setAccessibleName(tr("Uploads: %1").arg(line));
    setVisible(!line.isEmpty());
}

} // namespace studio::ui
