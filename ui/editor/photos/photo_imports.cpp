// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/photos/photo_imports.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <exception>

namespace studio::ui {

PhotoImports::PhotoImports(media::AssetStore &store, QObject *parent) : QObject(parent), m_store(store) {
    m_pool.setMaxThreadCount(1);
}

PhotoImports::~PhotoImports() {
    stop();
}

void PhotoImports::stop() {
    m_pool.clear();
    m_pool.waitForDone();
}

void PhotoImports::import(PhotoImport wanted) {
    wanted.number = ++m_asked;
    ++m_total;
    m_unfinished.append(wanted);
    emit progress(m_finished, m_total, wanted.file);
    m_pool.start([this, wanted] {
        try {
            auto photo = media::PhotoImporter(m_store).import_file(wanted.file.toStdString(),
                                                                   wanted.media_folder, wanted.options);
            QMetaObject::invokeMethod(this, [this, wanted, photo = std::move(photo)] {
                emit imported(wanted, photo);
                finish(wanted);
            });
        } catch (const std::exception &error) {
            QMetaObject::invokeMethod(this, [this, wanted, message = QString::fromUtf8(error.what())] {
                emit failed(wanted, message);
                finish(wanted);
            });
        }
    });
}

void PhotoImports::finish(const PhotoImport &wanted) {
    m_unfinished.removeIf([&wanted](const auto &one) { return one.number == wanted.number; });
    ++m_finished;
    emit progress(m_finished, m_total, wanted.file);
    if (m_finished == m_total) {
        m_finished = m_total = 0;
    }
}

QString PhotoImports::pictures_folder() {
    const auto pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    return QDir(pictures).exists() ? pictures : QDir::homePath();
}

QString PhotoImports::file_filter() {
    return tr("Pictures (*.jpg *.jpeg *.png *.webp *.avif *.heic *.heif *.tif *.tiff)");
}

} // namespace studio::ui
