// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/forms/theme_pictures.h"

#include <QCoreApplication>
#include <QPainter>

namespace studio::ui {

namespace {

QString caption(const char *text) {
    return QCoreApplication::translate("ThemePictures", text);
}

QColor faded(const QPainter &painter, int alpha) {
    auto color = painter.pen().color();
    color.setAlpha(alpha);
    return color;
}

void fill(QPainter &painter, const QRectF &box, const QColor &color, double radius = 1.5) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(box, radius, radius);
}

QRectF part(const QRectF &box, double x, double y, double width, double height) {
    return {box.x() + x * box.width(), box.y() + y * box.height(), width * box.width(),
            height * box.height()};
}

void lines(QPainter &painter, const QRectF &box, int count, const QColor &color) {
    const double step = box.height() / count;
    for (int i = 0; i < count; ++i) {
        fill(painter, {box.x(), box.y() + i * step, box.width() * (i + 1 == count ? 0.6 : 1), 2}, color, 1);
    }
}

// A photo over the whole width with the name on it; below, picture and text alternate.
void draw_elegant(QPainter &painter, const QRectF &box) {
    const auto soft = faded(painter, 70), ink = painter.pen().color();
    fill(painter, part(box, 0, 0, 1, 0.55), soft);
    fill(painter, part(box, 0.08, 0.36, 0.5, 0.09), ink);
    fill(painter, part(box, 0, 0.66, 0.42, 0.34), soft);
    lines(painter, part(box, 0.52, 0.7, 0.48, 0.3), 3, ink);
}

// Photo on one side, text on the other, cards below.
void draw_modern(QPainter &painter, const QRectF &box) {
    const auto soft = faded(painter, 70), ink = painter.pen().color();
    fill(painter, part(box, 0.55, 0, 0.45, 0.55), soft, 4);
    fill(painter, part(box, 0, 0.1, 0.42, 0.1), ink);
    lines(painter, part(box, 0, 0.3, 0.4, 0.2), 2, ink);
    for (int i = 0; i < 3; ++i) {
        fill(painter, part(box, i * 0.35, 0.68, 0.3, 0.32), soft, 4);
    }
}

// One narrow column of text, the photo below the fold.
void draw_minimal(QPainter &painter, const QRectF &box) {
    const auto soft = faded(painter, 70), ink = painter.pen().color();
    fill(painter, part(box, 0.27, 0.02, 0.32, 0.1), ink);
    lines(painter, part(box, 0.27, 0.24, 0.46, 0.36), 4, ink);
    fill(painter, part(box, 0.27, 0.68, 0.46, 0.32), soft);
}

void draw_spacing(QPainter &painter, const QRectF &box, double gap) {
    const auto ink = painter.pen().color(), soft = faded(painter, 70);
    const double height = 7;
    double y = box.center().y() - 1.5 * height - gap;
    for (int i = 0; i < 3; ++i, y += height + gap) {
        fill(painter, {box.x() + box.width() * 0.15, y, box.width() * 0.7, height}, i == 1 ? ink : soft, 2);
    }
}

void draw_shadow(QPainter &painter, const QRectF &box, int depth) {
    const auto card = part(box, 0.22, 0.1, 0.56, 0.62);
    for (int i = depth; i > 0; --i) {
        fill(painter, card.adjusted(-i, -i * 0.3, i, i * 1.4), faded(painter, 26), 5);
    }
    painter.setPen(QPen(faded(painter, 160), 1));
    painter.setBrush(Qt::white);
    painter.drawRoundedRect(card, 4, 4);
}

} // namespace

QList<PictureChoiceField::Choice> layout_pictures() {
    return {{QStringLiteral("elegant"), caption("Elegant"), draw_elegant},
            {QStringLiteral("modern"), caption("Modern"), draw_modern},
            {QStringLiteral("minimal"), caption("Minimal"), draw_minimal}};
}

QList<PictureChoiceField::Choice> spacing_pictures() {
    const auto spacing = [](double gap) {
        return [gap](QPainter &painter, const QRectF &box) { draw_spacing(painter, box, gap); };
    };
    return {{QStringLiteral("compact"), caption("Compact"), spacing(3)},
            {QStringLiteral("comfortable"), caption("Comfortable"), spacing(7)},
            {QStringLiteral("spacious"), caption("Spacious"), spacing(12)}};
}

QList<PictureChoiceField::Choice> shadow_pictures() {
    const auto shadow = [](int depth) {
        return [depth](QPainter &painter, const QRectF &box) { draw_shadow(painter, box, depth); };
    };
    return {{QStringLiteral("light"), caption("Light"), shadow(1)},
            {QStringLiteral("medium"), caption("Medium"), shadow(3)},
            {QStringLiteral("strong"), caption("Strong"), shadow(6)}};
}

} // namespace studio::ui
