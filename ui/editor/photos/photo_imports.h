// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/photos.h"

#include <QObject>
#include <QStringList>
#include <QThreadPool>

#include <functional>

namespace studio::media {
class AssetStore;
}

namespace studio::ui {

// Imports picture files in the background, one after the other.
class PhotoImports final : public QObject {
    Q_OBJECT

public:
    explicit PhotoImports(media::AssetStore &store, QObject *parent = nullptr);
    ~PhotoImports() override; // drops what waits

    using Done = std::function<void(const models::Photo &photo)>;
    // `done` is called on this object's thread for each photo, unless `context` is gone by then.
    void import(const QStringList &files, const QString &subdomain, QObject *context, const Done &done);
    int waiting() const { return m_total - m_finished; }

    static QString file_filter();
    static QString pictures_folder(); // where a dialog begins to look

signals:
    // finished == total: nothing is left to do.
    void progress(int finished, int total, const QString &file);
    // A sentence that names the file and what to do.
    void failed(const QString &message);

private:
    void finish(const QString &file);

    media::AssetStore &m_store;
    QThreadPool m_pool;
    int m_total = 0;
    int m_finished = 0;
};

} // namespace studio::ui
