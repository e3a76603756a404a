// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/photos.h"

#include <QCache>
#include <QImage>
#include <QObject>
#include <QPixmap>
#include <QSet>
#include <QSize>
#include <QStringList>
#include <QThreadPool>

#include <deque>
#include <filesystem>

namespace studio::ui {

// Small pictures of photos in the local media folder. They are read in the background, the latest wish first,
// and kept up to a limit of memory.
class ThumbnailSource final : public QObject {
    Q_OBJECT

public:
    explicit ThumbnailSource(std::filesystem::path media_root, QObject *parent = nullptr);
    ~ThumbnailSource() override;

    // Covers `pixels` (of the device) in the photo's own shape. Null until it was read; ready() is then
    // emitted. Stays null for photos that are not in the folder, until forget_missing().
    QPixmap find(const models::Photo &photo, QSize pixels);
    void forget_missing() { m_missing.clear(); }
    // Drops what was read of a photo whose files are removed.
    void forget(const models::Photo &photo);
    bool is_idle() const { return m_reading == 0 && m_waiting.empty(); }
    int kept_kb() const { return m_kept.totalCost(); }
    static constexpr int most_kb = 48 * 1024;
    static constexpr std::size_t most_waiting = 96; // older wishes are dropped: their rows were scrolled away

signals:
    void ready(const QString &url); // the photo's

private:
    struct Wish {
        QString key, url;
        QStringList files;
        QSize pixels;
    };
    void start();

    std::filesystem::path m_media_root;
    QCache<QString, QPixmap> m_kept;
    QSet<QString> m_wished, m_missing;
    std::deque<Wish> m_waiting; // the latest last
    int m_reading = 0;
    QThreadPool m_pool;
};

// Paths of the photo's files, best first: the smallest that is large enough as JPEG or WebP, then larger
// ones, then smaller ones; AVIF, which takes longest to read, after them.
QStringList thumbnail_files(const models::Photo &photo, const std::filesystem::path &media_root,
                            QSize pixels);
// Reads the first of the files that can be read, no larger than `pixels` needs. Any thread.
QImage read_thumbnail(const QStringList &files, QSize pixels);
// The photo's mean colours until the picture is there; null where it has none.
QImage placeholder_image(const models::Photo &photo);
// The part of a picture of this size that fills `box`, as near to the focal point as can be.
QRectF crop_around(QSizeF picture, QSizeF box, const models::FocalPoint &focal_point);

} // namespace studio::ui
