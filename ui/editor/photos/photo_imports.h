// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/ids.h"
#include "ui/editor/photos/photo_place.h"

#include <QList>
#include <QObject>
#include <QStringList>
#include <QThreadPool>

namespace studio::media {
class AssetStore;
}

namespace studio::ui {

// What was asked for: a file, and the place in whose draft its photo belongs.
struct PhotoImport {
    QString file;
    models::TenantId tenant_id;
    QString subdomain, tenant_name;
    QString waiting_file; // where it is kept while another tenant is open
    PhotoPlace place;
    bool describe = false; // its description is asked for when it is there
    int number = 0;        // within this program, given by PhotoImports
};

// Imports picture files in the background, one after the other. An answer carries what was asked for.
class PhotoImports final : public QObject {
    Q_OBJECT

public:
    explicit PhotoImports(media::AssetStore &store, QObject *parent = nullptr);
    ~PhotoImports() override; // drops what waits

    void import(PhotoImport wanted);
    // Asked for and not answered yet.
    const QList<PhotoImport> &unfinished() const { return m_unfinished; }
    // Starts nothing more and waits for what is running, whose answer is dropped.
    void stop();

    static QString file_filter();
    static QString pictures_folder(); // where a dialog begins to look

signals:
    void imported(const studio::ui::PhotoImport &wanted, const studio::models::Photo &photo);
    // finished == total: nothing is left to do.
    void progress(int finished, int total, const QString &file);
    // A sentence that names the file and what to do.
    void failed(const studio::ui::PhotoImport &wanted, const QString &message);

private:
    void finish(const PhotoImport &wanted);

    media::AssetStore &m_store;
    QThreadPool m_pool;
    QList<PhotoImport> m_unfinished;
    int m_asked = 0;
    int m_total = 0;
    int m_finished = 0;
};

} // namespace studio::ui
