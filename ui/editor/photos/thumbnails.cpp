// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/photos/thumbnails.h"

#include <QImageReader>

#include <algorithm>

namespace studio::ui {

namespace {

QImage read(const QString &file) {
    QImageReader reader(file);
    reader.setAutoTransform(true);
    const auto size = reader.size();
    if (std::max(size.width(), size.height()) > Thumbnails::longest_side) {
        reader.setScaledSize(
            size.scaled(Thumbnails::longest_side, Thumbnails::longest_side, Qt::KeepAspectRatio));
    }
    return reader.read();
}

} // namespace

Thumbnails::Thumbnails(std::filesystem::path media_root, QObject *parent)
    : QObject(parent), m_media_root(std::move(media_root)) {
    m_pool.setMaxThreadCount(1);
}

Thumbnails::~Thumbnails() {
    m_pool.clear();
    m_pool.waitForDone();
}

QImage Thumbnails::find(const QString &url) {
    const auto known = m_images.constFind(url);
    if (known != m_images.constEnd()) {
        return *known;
    }
    const auto prefix = QStringLiteral("/media/");
    if (!url.startsWith(prefix) || url.contains(QLatin1String("..")) || m_reading.contains(url)) {
        return {};
    }
    m_reading.insert(url);
    const auto file = QString::fromStdString((m_media_root / url.mid(prefix.size()).toStdString()).string());
    m_pool.start([this, url, file] {
        const auto image = read(file);
        QMetaObject::invokeMethod(this, [this, url, image] {
            m_reading.remove(url);
            m_images.insert(url, image);
            emit ready(url);
        });
    });
    return {};
}

} // namespace studio::ui
