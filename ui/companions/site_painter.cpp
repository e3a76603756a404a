// SPDX-License-Identifier: Apache-2.0
#include "ui/companions/site_painter.h"

#include "models/color/palette.h"
#include "models/documents/content.h"
#include "models/documents/photos.h"
#include "models/documents/theme.h"

#include <QFontMetricsF>
#include <QImageReader>
#include <QLinearGradient>
#include <QPainter>

#include <algorithm>

namespace studio::ui {

namespace {

constexpr std::string_view media_prefix = "/media/";

QColor color_of(models::Color color) {
    return {color.red(), color.green(), color.blue()};
}

struct Site {
    models::Theme theme;
    models::Palette palette;
    QString name, tagline;
    QImage photo;
    QPointF focus{0.5, 0.5};
};

// The part of `photo` that fills `target`, around the focal point.
void draw_photo(QPainter &painter, const QRectF &target, const Site &site) {
    if (site.photo.isNull()) {
        QLinearGradient gradient(target.topLeft(), target.bottomRight());
        gradient.setColorAt(0, color_of(site.palette.accent));
        gradient.setColorAt(1, color_of(site.palette.secondary));
        painter.fillRect(target, gradient);
        return;
    }
    const QSizeF whole = site.photo.size();
    const qreal scale = std::max(target.width() / whole.width(), target.height() / whole.height());
    const QSizeF part(target.width() / scale, target.height() / scale);
    const qreal x =
        std::clamp(site.focus.x() * whole.width() - part.width() / 2, 0.0, whole.width() - part.width());
    const qreal y =
        std::clamp(site.focus.y() * whole.height() - part.height() / 2, 0.0, whole.height() - part.height());
    painter.drawImage(target, site.photo, QRectF(QPointF(x, y), part));
}

void draw_name(QPainter &painter, const QRectF &box, const Site &site, const QColor &color, int flags) {
    QFont font(QStringList{QString::fromStdString(site.theme.heading_font), QStringLiteral("DejaVu Serif")},
               10);
    font.setStyleHint(QFont::Serif);
    qreal size = box.height();
    for (; size > 5; size -= 1) {
        font.setPixelSize(static_cast<int>(size));
        if (QFontMetricsF(font).horizontalAdvance(site.name) <= box.width()) {
            break;
        }
    }
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(box, flags | Qt::TextSingleLine,
                     QFontMetricsF(font).elidedText(site.name, Qt::ElideRight, box.width()));
}

void draw_bar(QPainter &painter, const QRectF &box, const QColor &color, qreal radius = 1) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(box, radius, radius);
}

void draw_elegant(QPainter &painter, const QRectF &page, const Site &site) {
    const qreal w = page.width(), h = page.height();
    const QRectF hero(0, 0, w, h * 0.74);
    draw_photo(painter, hero, site);
    QLinearGradient scrim(0, hero.height() * 0.25, 0, hero.bottom());
    auto dark = color_of(site.palette.scrim);
    dark.setAlphaF(0);
    scrim.setColorAt(0, dark);
    dark.setAlphaF(0.72F);
    scrim.setColorAt(1, dark);
    painter.fillRect(hero, scrim);
    draw_name(painter, QRectF(w * 0.08, h * 0.46, w * 0.84, h * 0.17), site, color_of(site.palette.on_scrim),
              Qt::AlignLeft | Qt::AlignVCenter);
    draw_bar(painter, QRectF(w * 0.08, h * 0.66, w * 0.16, h * 0.012), color_of(site.palette.secondary));
    draw_bar(painter, QRectF(w * 0.08, h * 0.82, w * 0.40, h * 0.022), color_of(site.palette.text_light));
    draw_bar(painter, QRectF(w * 0.08, h * 0.87, w * 0.34, h * 0.022), color_of(site.palette.border));
    draw_bar(painter, QRectF(w * 0.60, h * 0.80, w * 0.32, h * 0.20), color_of(site.palette.surface));
}

void draw_modern(QPainter &painter, const QRectF &page, const Site &site) {
    const qreal w = page.width(), h = page.height();
    painter.fillRect(page, color_of(site.palette.surface));
    draw_photo(painter, QRectF(w * 0.54, 0, w * 0.46, h * 0.70), site);
    draw_name(painter, QRectF(w * 0.07, h * 0.17, w * 0.43, h * 0.15), site, color_of(site.palette.heading),
              Qt::AlignLeft | Qt::AlignVCenter);
    draw_bar(painter, QRectF(w * 0.07, h * 0.37, w * 0.34, h * 0.024), color_of(site.palette.text_light));
    draw_bar(painter, QRectF(w * 0.07, h * 0.425, w * 0.28, h * 0.024), color_of(site.palette.text_light));
    draw_bar(painter, QRectF(w * 0.07, h * 0.52, w * 0.20, h * 0.09), color_of(site.palette.button),
             h * 0.03);
    for (int card = 0; card < 3; ++card) {
        draw_bar(painter, QRectF(w * (0.07 + card * 0.295), h * 0.77, w * 0.265, h * 0.32),
                 color_of(site.palette.background), h * 0.03);
    }
}

void draw_minimal(QPainter &painter, const QRectF &page, const Site &site) {
    const qreal w = page.width(), h = page.height();
    draw_name(painter, QRectF(w * 0.2, h * 0.12, w * 0.6, h * 0.14), site, color_of(site.palette.heading),
              Qt::AlignHCenter | Qt::AlignVCenter);
    draw_bar(painter, QRectF(w * 0.31, h * 0.31, w * 0.38, h * 0.022), color_of(site.palette.text_light));
    draw_bar(painter, QRectF(w * 0.44, h * 0.385, w * 0.12, h * 0.012), color_of(site.palette.secondary));
    draw_photo(painter, QRectF(w * 0.2, h * 0.47, w * 0.6, h * 0.53), site);
}

Site read_site(const models::Documents &documents, const std::filesystem::path &media_root, QSize pixels) {
    Site site;
    site.theme = models::read_theme(documents.theme);
    site.palette = models::derive_palette(site.theme);
    const auto content = models::read_content(documents.content);
    site.name = QString::fromStdString(content.name);
    site.tagline = QString::fromStdString(content.tagline);
    const auto photo = models::read_photos(documents.photos).hero.control;
    const models::Derivative *smallest = nullptr;
    for (const auto &derivative : photo.derivatives) {
        const bool wide = derivative.width >= pixels.width();
        if (wide && (smallest == nullptr || derivative.width < smallest->width)) {
            smallest = &derivative;
        }
    }
    site.photo = load_photo(smallest != nullptr ? smallest->url : photo.url, media_root, {});
    site.focus = {photo.focal_point.x, photo.focal_point.y};
    return site;
}

} // namespace

QImage load_photo(const std::string &url, const std::filesystem::path &media_root, QSize size) {
    if (!url.starts_with(media_prefix) || url.find("..") != std::string::npos) {
        return {};
    }
    QImageReader reader(QString::fromStdString((media_root / url.substr(media_prefix.size())).string()));
    if (size.isValid() && reader.size().isValid()) {
        reader.setScaledSize(reader.size().scaled(size, Qt::KeepAspectRatioByExpanding));
    }
    return reader.read();
}

QImage paint_site(const models::Documents &documents, const std::filesystem::path &media_root, QSize size,
                  qreal device_pixel_ratio) {
    QImage image(size * device_pixel_ratio, QImage::Format_RGB32);
    const auto site = read_site(documents, media_root, image.size());
    image.setDevicePixelRatio(device_pixel_ratio);
    image.fill(color_of(site.palette.background));
    QPainter painter(&image);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QRectF page(QPointF(0, 0), QSizeF(size));
    switch (site.theme.layout) {
    case models::Layout::Elegant:
        draw_elegant(painter, page, site);
        break;
    case models::Layout::Modern:
        draw_modern(painter, page, site);
        break;
    case models::Layout::Minimal:
        draw_minimal(painter, page, site);
        break;
    }
    return image;
}

} // namespace studio::ui
