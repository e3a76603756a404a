// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/photos/photo_imports.h"
#include "ui/editor/photos/photo_registration.h"

#include <QObject>

#include <map>

namespace studio::ui {

struct ImportChoice;
class EditorSession;
class Worker;

// Adds imported photos to the library and the draft of the companion for whom they were chosen. Photos that
// become ready while another companion is open, and imports that the program's end interrupted, are noted on
// disk beside the unsaved edits and added when the companion is opened again.
class PhotoDelivery final : public QObject {
    Q_OBJECT

public:
    PhotoDelivery(EditorSession &session, PhotoImports &imports, Worker &worker, QObject *parent = nullptr);
    ~PhotoDelivery() override;

    // A request for the companion that is open at this moment, even if another one is open when the files are
    // chosen. With `describe` the alt text of the first photo gets the focus.
    PhotoImport request(const PhotoPlace &place, bool describe) const;
    // Shows the files before they are imported: emits offered(); what is then passed to add() is imported.
    void offer(const QStringList &files, const PhotoImport &request);
    // The same for files that join the end of the gallery, which is said.
    void offer_for_gallery(const QStringList &files);
    void add(const ImportChoice &choice);
    // Puts a photo that is in the library already at the place of the request.
    void put(const PhotoImport &wanted, const models::Photo &photo);
    const PhotoRegistration &registration() const { return m_registration; }

signals:
    void library_wanted(const studio::ui::PhotoImport &request); // a person wants to choose from the library
    void offered(int offer, const QString &tenant_name, const QStringList &files);
    void placed(const QString &pointer, bool describe);
    // A message about where a photo goes, or about one of a companion that is not open.
    void told(const QString &message);

private:
    void deliver(const PhotoImport &wanted, const media::ImportedPhoto &imported);
    void fetch_waiting();

    std::map<int, PhotoImport> m_offers; // kept until the program ends, because they are small

    EditorSession &m_session;
    PhotoImports &m_imports;
    PhotoRegistration m_registration;
};

} // namespace studio::ui
