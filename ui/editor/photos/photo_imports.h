// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/photo_importer.h"
#include "models/tenant/ids.h"
#include "ui/editor/photos/photo_place.h"

#include <QList>
#include <QObject>
#include <QStringList>
#include <QThreadPool>

#include <optional>
#include <string>

namespace studio::media {
class AssetStore;
}

namespace studio::ui {

// One requested import: a file, and the place in a tenant's draft where its photo belongs.
struct PhotoImport {
    QString file;
    models::TenantId tenant_id;
    std::string media_folder; // the companion's, of models::Tenant
    QString tenant_name;
    QString waiting_file; // the journal's file that keeps it while another tenant is open
    media::ImportOptions options = {};
    std::optional<int> people = {}; // that can be recognised; nullopt: not entered yet
    QString photographer = {}, licence = {};
    PhotoPlace place;
    bool describe = false; // its alt text gets the focus when it has been added
    int number = 0;        // unique within this program, set by PhotoImports
};

// Imports picture files in the background, one after another. Each answer contains its request.
class PhotoImports final : public QObject {
    Q_OBJECT

public:
    explicit PhotoImports(media::AssetStore &store, QObject *parent = nullptr);
    ~PhotoImports() override; // drops imports that have not begun

    void import(PhotoImport wanted);
    // Requests that have not been answered yet.
    const QList<PhotoImport> &unfinished() const { return m_unfinished; }
    // Starts no more imports and waits for the one that runs, whose answer is dropped.
    void stop();

    static QString file_filter();
    static QString pictures_folder(); // where a file dialog starts

signals:
    void imported(const studio::ui::PhotoImport &wanted, const studio::media::ImportedPhoto &photo);
    // `finished` == `total` means that all imports are done.
    void progress(int finished, int total, const QString &file);
    // `message` is a sentence that names the file and says what to do.
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
