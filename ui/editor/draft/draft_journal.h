// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/documents.h"

#include <QDateTime>
#include <QLockFile>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace studio::ui {

struct JournalEntry {
    int base_number = 0; // the revision that the edits were made on
    QDateTime written_at;
    models::Documents documents;
    std::string pending_key = {}; // of a save that was sent and not answered: its revision is the true base
};

// Unsaved edits of one tenant on disk, never more than a second behind the typing. A file is replaced as a
// whole, so a process killed at any moment leaves the entry of before or the new one. A file belongs to one
// database, login and tenant, and to one program at a time: a second program on the same machine has a file
// of its own.
class DraftJournal final : public QObject {
    Q_OBJECT

public:
    DraftJournal(const QString &directory, const QString &login, QObject *parent = nullptr);
    ~DraftJournal() override; // writes what waits

    using Snapshot = std::function<JournalEntry()>;
    // `snapshot` is asked on this object's thread when it is time to write. Edits that a program left behind
    // are taken over.
    void open(const QString &database_id, const QString &tenant_id, Snapshot snapshot);
    void close(); // writes what waits and lets others have the file
    // Nullopt where there is none or it cannot be read; a broken file is set aside, not deleted.
    std::optional<JournalEntry> read() const;
    void edited(); // there is something new to write
    void clear();  // everything is saved
    void flush();  // writes now and waits
    QString file() const { return m_file; }
    // Of the same database, login and tenant, whichever program it is: imported photos that wait.
    QString photos_file() const { return m_photos_file; }

signals:
    void failed(const QString &reason);

private:
    void write();
    bool take(const QString &file);

    QString m_directory;
    QString m_login;
    QString m_file, m_photos_file;
    std::unique_ptr<QLockFile> m_lock;
    Snapshot m_snapshot;
    QTimer m_timer;
    QThreadPool m_pool; // one thread, so that writes keep their order
};

} // namespace studio::ui
