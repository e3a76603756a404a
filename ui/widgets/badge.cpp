// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/badge.h"

#include "ui/widgets/theme.h"

namespace studio::ui {

namespace {
constexpr int height = 22;
constexpr int padding = 9;

QFont badge_font(QFont font) {
    font.setPixelSize(12);
    font.setWeight(QFont::Medium);
    return font;
}
} // namespace

QColor tone_text(const Tokens &colors, Tone tone) {
    switch (tone) {
    case Tone::Accent:
        return colors.accent;
    case Tone::Positive:
        return colors.positive;
    case Tone::Caution:
        return colors.caution;
    case Tone::Negative:
        return colors.negative;
    case Tone::Neutral:
        break;
    }
    return colors.muted;
}

QColor tone_ground(const Tokens &colors, Tone tone) {
    switch (tone) {
    case Tone::Accent:
        return colors.accent_soft;
    case Tone::Positive:
        return colors.positive_soft;
    case Tone::Caution:
        return colors.caution_soft;
    case Tone::Negative:
        return colors.negative_soft;
    case Tone::Neutral:
        break;
    }
    return colors.hover;
}

Badge::Badge(QWidget *parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Badge::set(const QString &text, Tone tone) {
    m_text = text;
    m_tone = tone;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize Badge::sizeHint() const {
    return badge_size(font(), m_text);
}

void Badge::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    paint_badge(painter, rect(), m_text, m_tone, tokens(palette()));
}

QSize badge_size(const QFont &font, const QString &text) {
    return {QFontMetrics(badge_font(font)).horizontalAdvance(text) + 2 * padding, height};
}

void paint_badge(QPainter &painter, const QRect &rect, const QString &text, Tone tone, const Tokens &colors) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(badge_font(painter.font()));
    const int width = std::min(rect.width(), badge_size(painter.font(), text).width());
    const QRect pill(rect.x(), rect.y() + (rect.height() - height) / 2, width, height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tone_ground(colors, tone));
    painter.drawRoundedRect(pill, height / 2.0, height / 2.0);
    painter.setPen(tone_text(colors, tone));
    painter.drawText(pill, Qt::AlignCenter,
                     painter.fontMetrics().elidedText(text, Qt::ElideRight, width - padding));
    painter.restore();
}

} // namespace studio::ui
