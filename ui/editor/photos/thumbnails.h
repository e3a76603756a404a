// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QImage>
#include <QObject>
#include <QSet>
#include <QThreadPool>

#include <filesystem>

namespace studio::ui {

// Small pictures of photos in the local media folder, loaded in the background and cached.
class Thumbnails final : public QObject {
    Q_OBJECT

public:
    explicit Thumbnails(std::filesystem::path media_root, QObject *parent = nullptr);
    ~Thumbnails() override;

    // Null until the picture has been loaded; ready(url) is then emitted. Stays null for photos that are not
    // in the folder.
    QImage find(const QString &url);
    static constexpr int longest_side = 720; // pixels

signals:
    void ready(const QString &url);

private:
    std::filesystem::path m_media_root;
    QHash<QString, QImage> m_images;
    QSet<QString> m_reading;
    QThreadPool m_pool;
};

} // namespace studio::ui
