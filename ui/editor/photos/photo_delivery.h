// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/photos/photo_imports.h"

#include <QObject>

#include <optional>

namespace studio::ui {

class EditorSession;

// Brings imported photos into the draft of the companion for whom they were asked. Those that are ready
// while another is open wait on the disk beside her unsaved edits, and go into her draft when she is opened
// again; so do those whose import had not ended when the program did.
class PhotoDelivery final : public QObject {
    Q_OBJECT

public:
    PhotoDelivery(EditorSession &session, PhotoImports &imports, QObject *parent = nullptr);
    ~PhotoDelivery() override;

    // For the companion that is open at this moment, even if another is when the files are chosen. With
    // `describe` the first photo's description is asked for.
    PhotoImport request(const PhotoPlace &place, bool describe) const;
    void import(const QStringList &files, PhotoImport request);

signals:
    void placed(const QString &pointer, bool describe);
    // What became of a photo that is not where the person looks.
    void told(const QString &message);

private:
    void deliver(const PhotoImport &wanted, const models::Photo &photo);
    void fetch_waiting();

    EditorSession &m_session;
    PhotoImports &m_imports;
};

} // namespace studio::ui
