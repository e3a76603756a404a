// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preview/draft.h"

#include <QByteArray>
#include <QObject>
#include <QThreadPool>

#include <optional>

namespace studio::preview {

// Renders drafts in a thread of its own, one at a time. While one is being rendered only the latest arrival
// is kept, so a burst of keystrokes costs two renderings instead of one for each key.
class DraftRenderer final : public QObject {
    Q_OBJECT

public:
    explicit DraftRenderer(QObject *parent = nullptr);
    ~DraftRenderer() override;

    void submit(Draft draft);
    bool busy() const { return m_running; }

signals:
    void rendered(const QByteArray &html);
    // Rendering threw an exception, which means a defect in a template, not in the documents.
    void failed(const QString &reason);

private:
    void start(Draft draft);
    void finish();

    QThreadPool m_pool;
    std::optional<Draft> m_waiting;
    bool m_running = false;
};

} // namespace studio::preview
