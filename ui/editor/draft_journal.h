// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents.h"

#include <QDateTime>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <optional>

namespace studio::ui {

struct JournalEntry {
    int base_number = 0; // the revision that the edits were made on
    QDateTime written_at;
    models::Documents documents;
};

// Unsaved edits of one tenant on disk, never more than a second behind the typing. A file is replaced as a
// whole, so a process killed at any moment leaves the entry of before or the new one.
class DraftJournal final : public QObject {
    Q_OBJECT

public:
    DraftJournal(const QString &directory, const QString &login, QObject *parent = nullptr);
    ~DraftJournal() override; // writes what waits

    using Snapshot = std::function<JournalEntry()>;
    // `snapshot` is asked on this object's thread when it is time to write.
    void open(const QString &tenant_id, Snapshot snapshot);
    // Nullopt where there is none or it cannot be read; a broken file is set aside, not deleted.
    std::optional<JournalEntry> read() const;
    void edited(); // there is something new to write
    void clear();  // everything is saved
    void flush();  // writes now and waits
    QString file() const { return m_file; }

signals:
    void failed(const QString &reason);

private:
    void write();

    QString m_directory;
    QString m_login;
    QString m_file;
    Snapshot m_snapshot;
    QTimer m_timer;
    QThreadPool m_pool; // one thread, so that writes keep their order
};

} // namespace studio::ui
