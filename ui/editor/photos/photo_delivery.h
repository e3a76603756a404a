// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/photos/photo_imports.h"
#include "ui/editor/photos/photo_registration.h"

#include <QObject>

#include <optional>

namespace studio::ui {

class EditorSession;
class Worker;

// Adds imported photos to the library and the draft of the companion for whom they were chosen. Photos that
// are ready while another companion is open are noted on disk beside the first one's unsaved edits and added
// when she is opened again, as are those whose import had not ended when the program did.
class PhotoDelivery final : public QObject {
    Q_OBJECT

public:
    PhotoDelivery(EditorSession &session, PhotoImports &imports, Worker &worker, QObject *parent = nullptr);
    ~PhotoDelivery() override;

    // A request for the companion that is open at this moment, even if another one is open when the files are
    // chosen. With `describe` the alt text of the first photo gets the focus.
    PhotoImport request(const PhotoPlace &place, bool describe) const;
    void import(const QStringList &files, PhotoImport request);
    const PhotoRegistration &registration() const { return m_registration; }

signals:
    void placed(const QString &pointer, bool describe);
    // A message about a photo of a companion that is not open.
    void told(const QString &message);

private:
    void deliver(const PhotoImport &wanted, const media::ImportedPhoto &imported);
    void fetch_waiting();

    EditorSession &m_session;
    PhotoImports &m_imports;
    PhotoRegistration m_registration;
};

} // namespace studio::ui
