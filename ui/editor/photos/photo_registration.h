// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/photo_library.h"
#include "models/tenant/ids.h"
#include "ui/editor/photos/photo_imports.h"

#include <QObject>
#include <QSet>
#include <QTimer>

namespace studio::ui {

class EditorSession;
class Worker;

// Adds imported photos to the companion's library. A photo is noted on disk beside her unsaved edits until
// the database has it; while the database is unreachable it is tried again every few seconds, and when her
// site is opened next.
class PhotoRegistration final : public QObject {
    Q_OBJECT

public:
    PhotoRegistration(EditorSession &session, Worker &worker, QObject *parent = nullptr);

    void add(const PhotoImport &wanted, const media::ImportedPhoto &photo);

signals:
    void added(const studio::models::TenantId &tenant);
    // A message about a photo that could not be added or noted.
    void told(const QString &message);

private:
    struct Entry {
        models::TenantId tenant;
        QString file, tenant_name, notes; // `notes` is the name of the file on disk
        db::LibraryPhoto photo;
    };
    void send(const Entry &entry);
    void send_waiting();

    EditorSession &m_session;
    Worker &m_worker;
    QTimer m_again;
    QSet<QString> m_sent; // pictures whose addition the database has not answered yet
};

} // namespace studio::ui
