// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/photos/photo_imports.h"

#include <QObject>

#include <optional>

namespace studio::ui {

class EditorSession;

// Adds imported photos to the draft of the companion for whom they were chosen. Photos that are ready while
// another companion is open are noted on disk beside the first one's unsaved edits and added when she is
// opened again, as are those whose import had not ended when the program did.
class PhotoDelivery final : public QObject {
    Q_OBJECT

public:
    PhotoDelivery(EditorSession &session, PhotoImports &imports, QObject *parent = nullptr);
    ~PhotoDelivery() override;

    // A request for the companion that is open at this moment, even if another one is open when the files are
    // chosen. With `describe` the alt text of the first photo gets the focus.
    PhotoImport request(const PhotoPlace &place, bool describe) const;
    void import(const QStringList &files, PhotoImport request);

signals:
    void placed(const QString &pointer, bool describe);
    // A message about a photo of a companion that is not open.
    void told(const QString &message);

private:
    void deliver(const PhotoImport &wanted, const models::Photo &photo);
    void fetch_waiting();

    EditorSession &m_session;
    PhotoImports &m_imports;
};

} // namespace studio::ui
