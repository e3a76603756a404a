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
    int base_number = 0; // the revision that was edited
    QDateTime written_at;
    models::Documents documents;
    std::string pending_key =
        {}; // key of a save that got no answer: if it was stored, its revision is the real base
};

// Stores the unsaved edits of one tenant on disk within a second after they are typed. The file is replaced
// as a whole, so a process killed at any moment leaves either the previous entry or the new one. A file is
// for one database, login and tenant, and used by one program at a time: a second program on the same machine
// uses a file of its own.
class DraftJournal final : public QObject {
    Q_OBJECT

public:
    DraftJournal(const QString &directory, const QString &login, QObject *parent = nullptr);
    ~DraftJournal() override; // writes unsaved edits

    using Snapshot = std::function<JournalEntry()>;
    // `snapshot` is called on this object's thread when it is time to write. If another program ended with
    // unsaved edits, its file is taken over.
    void open(const QString &database_id, const QString &tenant_id, Snapshot snapshot);
    void close(); // writes unsaved edits and unlocks the file for other programs
    // nullopt where there is no entry or it cannot be read. A damaged file is renamed, not deleted.
    std::optional<JournalEntry> read() const;
    void edited(); // the draft has changed: writes soon
    void clear();  // everything is saved: removes the file
    void flush();  // writes now and waits until it is done
    QString file() const { return m_file; }
    // The file of imported photos that wait to be added to the draft. All programs share it for one database,
    // login and tenant.
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
