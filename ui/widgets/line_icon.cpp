// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/line_icon.h"

#include "ui/widgets/theme.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <optional>

// Resources of a static library must be registered by name, and the macro must be used outside of any
// namespace.
static void register_icons() {
    Q_INIT_RESOURCE(icons);
}

namespace studio::ui {

namespace {

QByteArray svg(const QString &name) {
    static const bool registered = (register_icons(), true);
    Q_UNUSED(registered)
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        Q_ASSERT_X(false, "line_icon", qPrintable(name));
        return {};
    }
    return file.readAll();
}

class LineIconEngine final : public QIconEngine {
public:
    LineIconEngine(QString name, std::optional<QColor> color) : m_name(std::move(name)), m_color(color) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override {
        const auto ratio = painter->device()->devicePixelRatioF();
        const int size = std::min(rect.width(), rect.height());
        const QPoint corner(rect.x() + (rect.width() - size) / 2, rect.y() + (rect.height() - size) / 2);
        painter->drawPixmap(corner, line_pixmap(m_name, color(mode, state), size, ratio));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override {
        return line_pixmap(m_name, color(mode, state), std::min(size.width(), size.height()), 1);
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override {
        // `size` is in device pixels already.
        const int side = qRound(std::min(size.width(), size.height()) / scale);
        return line_pixmap(m_name, color(mode, state), side, scale);
    }
    QIconEngine *clone() const override { return new LineIconEngine(m_name, m_color); }

private:
    QColor color(QIcon::Mode mode, QIcon::State state) const {
        const auto &colors = tokens(QGuiApplication::palette());
        if (mode == QIcon::Disabled) {
            return colors.disabled;
        }
        if (m_color) {
            return *m_color;
        }
        return state == QIcon::On ? colors.accent : colors.text;
    }

    QString m_name;
    std::optional<QColor> m_color;
};

} // namespace

QIcon line_icon(const QString &name) {
    return QIcon(new LineIconEngine(name, std::nullopt));
}

QIcon line_icon(const QString &name, const QColor &color) {
    return QIcon(new LineIconEngine(name, color));
}

QPixmap line_pixmap(const QString &name, const QColor &color, int size, qreal device_pixel_ratio) {
    if (size <= 0) {
        return {};
    }
    const auto key = QStringLiteral("icon/%1/%2/%3/%4")
                         .arg(name, color.name(QColor::HexArgb))
                         .arg(size)
                         .arg(device_pixel_ratio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) {
        return pixmap;
    }
    pixmap = QPixmap(QSize(size, size) * device_pixel_ratio);
    pixmap.setDevicePixelRatio(device_pixel_ratio);
    pixmap.fill(Qt::transparent);
    auto drawing = svg(name);
    drawing.replace("currentColor", color.name().toLatin1());
    QPainter painter(&pixmap);
    QSvgRenderer(drawing).render(&painter, QRectF(0, 0, size, size));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QIcon product_icon() {
    return line_icon(QStringLiteral("companion-studio"), QColor("#8b4789"));
}

} // namespace studio::ui
