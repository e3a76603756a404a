// SPDX-License-Identifier: Apache-2.0
#include "ui/library/thumbnail_source.h"

#include <QColor>
#include <QImageReader>
#include <QRectF>

#include <algorithm>
#include <tuple>
#include <vector>

namespace studio::ui {

namespace {

constexpr int threads = 2;

QString path_of(const std::string &url, const std::filesystem::path &media_root) {
    constexpr std::string_view prefix = "/media/";
    if (!url.starts_with(prefix) || url.find("..") != std::string::npos) {
        return {};
    }
    return QString::fromStdString((media_root / url.substr(prefix.size())).string());
}

// How wide a picture of the photo's shape must be to cover the size.
int needed_width(const models::Photo &photo, QSize pixels) {
    if (photo.width <= 0 || photo.height <= 0) {
        return std::max(pixels.width(), pixels.height());
    }
    return std::max(pixels.width(), pixels.height() * photo.width / photo.height);
}

} // namespace

QStringList thumbnail_files(const models::Photo &photo, const std::filesystem::path &media_root,
                            QSize pixels) {
    const int needed = needed_width(photo, pixels);
    // Sorted ascending: AVIF last, too small ones after large enough ones, the nearest in width first.
    std::vector<std::tuple<bool, bool, int, QString>> files;
    const auto add = [&](const std::string &url, int width, bool is_avif) {
        if (const auto path = path_of(url, media_root); !path.isEmpty()) {
            files.emplace_back(is_avif, width < needed, std::abs(width - needed), path);
        }
    };
    for (const auto &derivative : photo.derivatives) {
        add(derivative.url, derivative.width, derivative.format == "avif");
    }
    add(photo.url, photo.width, false);
    std::ranges::sort(files);
    QStringList paths;
    for (const auto &file : files) {
        paths << std::get<QString>(file);
    }
    paths.removeDuplicates();
    return paths;
}

QImage read_thumbnail(const QStringList &files, QSize pixels) {
    constexpr int longest_side = 4096; // of panoramas
    for (const auto &file : files) {
        QImageReader reader(file);
        reader.setAutoTransform(true);
        const auto size = reader.size();
        auto scaled = size.scaled(pixels, Qt::KeepAspectRatioByExpanding);
        if (std::max(scaled.width(), scaled.height()) > longest_side) {
            scaled = size.scaled(longest_side, longest_side, Qt::KeepAspectRatio);
        }
        if (size.isValid() && scaled.width() < size.width()) {
            reader.setScaledSize(scaled);
        }
        if (auto image = reader.read(); !image.isNull()) {
            image.convertTo(QImage::Format_RGB32);
            return image;
        }
    }
    return {};
}

QImage placeholder_image(const models::Photo &photo) {
    constexpr int columns = 4, rows = 3, digits = 6;
    if (photo.placeholder.size() != static_cast<std::size_t>(columns * rows * digits)) {
        return {};
    }
    QImage image(columns, rows, QImage::Format_RGB32);
    const auto colors = QString::fromStdString(photo.placeholder);
    for (int cell = 0; cell < columns * rows; ++cell) {
        image.setPixelColor(cell % columns, cell / columns,
                            QColor(QLatin1Char('#') + colors.mid(cell * digits, digits)));
    }
    return image;
}

QRectF crop_around(QSizeF picture, QSizeF box, const models::FocalPoint &focal_point) {
    if (picture.isEmpty() || box.isEmpty()) {
        return {QPointF(0, 0), picture};
    }
    const auto part = box.scaled(picture, Qt::KeepAspectRatio);
    const double x = std::clamp(focal_point.x * picture.width() - part.width() / 2, 0.0,
                                std::max(0.0, picture.width() - part.width()));
    const double y = std::clamp(focal_point.y * picture.height() - part.height() / 2, 0.0,
                                std::max(0.0, picture.height() - part.height()));
    return {QPointF(x, y), part};
}

ThumbnailSource::ThumbnailSource(std::filesystem::path media_root, QObject *parent)
    : QObject(parent), m_media_root(std::move(media_root)), m_kept(most_kb) {
    m_pool.setMaxThreadCount(threads);
}

ThumbnailSource::~ThumbnailSource() {
    m_pool.clear();
    m_pool.waitForDone();
}

void ThumbnailSource::forget(const models::Photo &photo) {
    const auto prefix = QString::fromStdString(photo.url) + QLatin1Char(' ');
    for (const auto &key : m_kept.keys()) {
        if (key.startsWith(prefix)) {
            m_kept.remove(key);
        }
    }
}

QPixmap ThumbnailSource::find(const models::Photo &photo, QSize pixels) {
    const auto url = QString::fromStdString(photo.url);
    const auto key = QStringLiteral("%1 %2x%3").arg(url).arg(pixels.width()).arg(pixels.height());
    if (const auto *kept = m_kept.object(key)) {
        return *kept;
    }
    if (url.isEmpty() || m_missing.contains(key) || m_wished.contains(key)) {
        return {};
    }
    m_wished.insert(key);
    m_waiting.push_back({key, url, thumbnail_files(photo, m_media_root, pixels), pixels});
    if (m_waiting.size() > most_waiting) {
        m_wished.remove(m_waiting.front().key);
        m_waiting.pop_front();
    }
    start();
    return {};
}

void ThumbnailSource::start() {
    while (m_reading < threads && !m_waiting.empty()) {
        ++m_reading;
        m_pool.start([this, wish = std::move(m_waiting.back())] {
            const auto image = read_thumbnail(wish.files, wish.pixels);
            QMetaObject::invokeMethod(this, [this, wish, image] {
                --m_reading;
                m_wished.remove(wish.key);
                if (image.isNull()) {
                    m_missing.insert(wish.key);
                } else {
                    const auto cost = static_cast<int>(image.sizeInBytes() / 1024) + 1;
                    m_kept.insert(wish.key, new QPixmap(QPixmap::fromImage(image)), cost);
                    emit ready(wish.url);
                }
                start();
            });
        });
        m_waiting.pop_back();
    }
}

} // namespace studio::ui
