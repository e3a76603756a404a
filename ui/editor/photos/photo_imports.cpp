// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/photos/photo_imports.h"

#include "media/photo_importer.h"

#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QStandardPaths>

#include <exception>

namespace studio::ui {

PhotoImports::PhotoImports(media::AssetStore &store, QObject *parent) : QObject(parent), m_store(store) {
    m_pool.setMaxThreadCount(1);
}

PhotoImports::~PhotoImports() {
    m_pool.clear();
    m_pool.waitForDone();
}

void PhotoImports::import(const QStringList &files, const QString &subdomain, QObject *context,
                          const Done &done) {
    m_total += static_cast<int>(files.size());
    for (const auto &file : files) {
        emit progress(m_finished, m_total, file);
        m_pool.start([this, file, subdomain = subdomain.toStdString(), owner = QPointer(context), done] {
            try {
                auto photo = media::PhotoImporter(m_store).import_file(file.toStdString(), subdomain);
                QMetaObject::invokeMethod(this, [this, file, owner, done, photo = std::move(photo)] {
                    if (owner) {
                        done(photo);
                    }
                    finish(file);
                });
            } catch (const std::exception &error) {
                QMetaObject::invokeMethod(this, [this, file, message = QString::fromUtf8(error.what())] {
                    emit failed(message);
                    finish(file);
                });
            }
        });
    }
}

void PhotoImports::finish(const QString &file) {
    ++m_finished;
    emit progress(m_finished, m_total, file);
    if (m_finished == m_total) {
        m_finished = m_total = 0;
    }
}

QString PhotoImports::pictures_folder() {
    const auto pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    return QDir(pictures).exists() ? pictures : QDir::homePath();
}

QString PhotoImports::file_filter() {
    return tr("Pictures (*.jpg *.jpeg *.png *.webp *.avif *.tif *.tiff)");
}

} // namespace studio::ui
