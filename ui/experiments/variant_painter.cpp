// SPDX-License-Identifier: Apache-2.0
#include "ui/experiments/variant_painter.h"

#include "models/color/palette.h"
#include "models/json/json_read.h"

#include <QFontMetricsF>
#include <QImageReader>
#include <QPainter>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr std::string_view media_prefix = "/media/";
constexpr int gallery_columns = 3, gallery_rows = 2;

QColor color_of(models::Color color) {
    return {color.red(), color.green(), color.blue()};
}

// The smallest derivative that is at least `width` wide, otherwise the photo itself.
std::string best_file(const models::Photo &photo, int width) {
    const models::Derivative *best = nullptr;
    for (const auto &derivative : photo.derivatives) {
        if (derivative.width >= width && (best == nullptr || derivative.width < best->width)) {
            best = &derivative;
        }
    }
    return best != nullptr ? best->url : photo.url;
}

QImage read_file(const std::string &url, const std::filesystem::path &media_root) {
    if (!url.starts_with(media_prefix) || url.find("..") != std::string::npos) {
        return {};
    }
    return QImageReader(QString::fromStdString((media_root / url.substr(media_prefix.size())).string()))
        .read();
}

void paint_gallery(QPainter &painter, QSize size, const models::Photos &photos,
                   const std::filesystem::path &media_root, qreal ratio) {
    const int cell_width = size.width() / gallery_columns, cell_height = size.height() / gallery_rows;
    const auto shown_count = std::min(photos.gallery.size(), std::size_t{gallery_columns * gallery_rows});
    for (std::size_t at = 0; at < shown_count; ++at) {
        const QRect cell(static_cast<int>(at) % gallery_columns * cell_width,
                         static_cast<int>(at) / gallery_columns * cell_height, cell_width - 2,
                         cell_height - 2);
        const auto picture = paint_photo(photos.gallery[at], media_root, cell.size() * ratio);
        if (!picture.isNull()) {
            painter.drawImage(cell, picture);
        }
    }
}

void paint_button(QPainter &painter, QSize size, const models::Palette &palette, const std::string &label) {
    QFont font;
    font.setWeight(QFont::Medium);
    const auto text = QString::fromStdString(label);
    int pixels = 13;
    for (; pixels > 8; --pixels) {
        font.setPixelSize(pixels);
        if (QFontMetricsF(font).horizontalAdvance(text) <= size.width() - 24) {
            break;
        }
    }
    font.setPixelSize(pixels);
    const QFontMetricsF metrics(font);
    const qreal width = std::min<qreal>(size.width() - 8, metrics.horizontalAdvance(text) + 22);
    QRectF button(0, 0, width, metrics.height() + 14);
    button.moveCenter(QPointF(size.width() / 2.0, size.height() / 2.0));
    painter.setPen(Qt::NoPen);
    painter.setBrush(color_of(palette.button));
    painter.drawRoundedRect(button, 4, 4);
    painter.setFont(font);
    painter.setPen(color_of(palette.on_button));
    painter.drawText(button, Qt::AlignCenter, metrics.elidedText(text, Qt::ElideRight, width - 10));
}

void bar(QPainter &painter, const QRectF &box, models::Color color) {
    painter.fillRect(box, color_of(color));
}

void paint_layout(QPainter &painter, QSize size, const models::Theme &theme, const models::Palette &palette,
                  const models::Photos &photos, const std::filesystem::path &media_root, qreal ratio) {
    const qreal w = size.width(), h = size.height();
    const auto photo = [&](const QRectF &box) {
        const auto picture = paint_photo(photos.hero.control, media_root, (box.size() * ratio).toSize());
        picture.isNull() ? bar(painter, box, palette.accent) : painter.drawImage(box, picture);
    };
    switch (theme.layout) {
    case models::Layout::Elegant:
        photo({0, 0, w, h * 0.74});
        bar(painter, {w * 0.08, h * 0.54, w * 0.4, h * 0.07}, palette.on_scrim);
        bar(painter, {w * 0.08, h * 0.82, w * 0.44, h * 0.03}, palette.text_light);
        bar(painter, {w * 0.08, h * 0.89, w * 0.36, h * 0.03}, palette.border);
        break;
    case models::Layout::Modern:
        photo({w * 0.54, 0, w * 0.46, h * 0.7});
        bar(painter, {w * 0.07, h * 0.2, w * 0.38, h * 0.08}, palette.heading);
        bar(painter, {w * 0.07, h * 0.36, w * 0.34, h * 0.03}, palette.text_light);
        bar(painter, {w * 0.07, h * 0.48, w * 0.2, h * 0.1}, palette.button);
        for (int card = 0; card < 3; ++card) {
            bar(painter, {w * (0.07 + card * 0.295), h * 0.77, w * 0.265, h * 0.23}, palette.surface);
        }
        break;
    case models::Layout::Minimal:
        bar(painter, {w * 0.3, h * 0.14, w * 0.4, h * 0.08}, palette.heading);
        bar(painter, {w * 0.34, h * 0.3, w * 0.32, h * 0.03}, palette.text_light);
        photo({w * 0.2, h * 0.46, w * 0.6, h * 0.54});
        break;
    }
}

// The hero photo of a variant. It may be gone from the documents, so the address in the variant is used then.
models::Photo hero_of(const models::Variant &variant, const models::Photos &applied) {
    const auto url = models::text_member(variant.config, "url");
    if (url.empty() || applied.hero.control.url == url) {
        return applied.hero.control;
    }
    models::Photo kept;
    kept.url = url;
    return kept;
}

} // namespace

QImage paint_photo(const models::Photo &photo, const std::filesystem::path &media_root, QSize pixels) {
    const auto whole = read_file(best_file(photo, pixels.width()), media_root);
    if (whole.isNull() || pixels.isEmpty()) {
        return {};
    }
    const double scale =
        std::max(double(pixels.width()) / whole.width(), double(pixels.height()) / whole.height());
    const QSizeF part(pixels.width() / scale, pixels.height() / scale);
    const auto from = [](double focus, double all, double shown) {
        return std::clamp(focus * all - shown / 2, 0.0, std::max(0.0, all - shown));
    };
    const QRectF source(QPointF(from(photo.focal_point.x, whole.width(), part.width()),
                                from(photo.focal_point.y, whole.height(), part.height())),
                        part);
    QImage picture(pixels, QImage::Format_RGB32);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(QRectF(QPointF(0, 0), QSizeF(pixels)), whole, source);
    return picture;
}

QImage paint_variant(const models::Experiment &test, const models::Variant &variant,
                     const models::Documents &published, const std::filesystem::path &media_root, QSize size,
                     qreal device_pixel_ratio) {
    auto theme = models::read_theme(published.theme);
    auto content = models::read_content(published.content);
    auto photos = models::read_photos(published.photos);
    models::apply_variant(test, variant, theme, content, photos);
    if (test.element == models::ExperimentElement::HeroPhoto) {
        return paint_photo(hero_of(variant, photos), media_root, size * device_pixel_ratio);
    }
    const auto palette = models::derive_palette(theme);
    QImage image(size * device_pixel_ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(device_pixel_ratio);
    image.fill(color_of(palette.background));
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    switch (test.element) {
    case models::ExperimentElement::HeroPhoto:
        break;
    case models::ExperimentElement::GalleryOrder:
        paint_gallery(painter, size, photos, media_root, device_pixel_ratio);
        break;
    case models::ExperimentElement::CallToAction:
        paint_button(painter, size, palette,
                     content.cta_label.empty() ? "Request a booking" : content.cta_label);
        break;
    case models::ExperimentElement::Layout:
        paint_layout(painter, size, theme, palette, photos, media_root, device_pixel_ratio);
        break;
    }
    return image;
}

} // namespace studio::ui
