// SPDX-License-Identifier: Apache-2.0
#include "ui/companions/template_button.h"

#include "ui/widgets/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace studio::ui {

namespace {
constexpr int padding = 12;
}

TemplateButton::TemplateButton(const QString &title, const QString &sentence, QImage image, QWidget *parent)
    : QAbstractButton(parent), m_sentence(sentence), m_image(std::move(image)) {
    setText(title);
    setAccessibleName(title);
    setAccessibleDescription(sentence);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

void TemplateButton::paintEvent(QPaintEvent *) {
    const auto &colors = tokens(palette());
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const qreal width = isChecked() || hasFocus() ? 2 : 1;
    const QRectF frame = QRectF(rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2);
    painter.setPen(QPen(isChecked() ? colors.accent : hasFocus() ? colors.text : colors.border, width));
    painter.setBrush(isChecked() ? colors.accent_soft : underMouse() ? colors.hover : colors.surface);
    painter.drawRoundedRect(frame, 8, 8);

    const QRect place(padding, (height() - picture.height()) / 2, picture.width(), picture.height());
    QPainterPath clip;
    clip.addRoundedRect(place, 5, 5);
    painter.save();
    painter.setClipPath(clip);
    painter.drawImage(place, m_image);
    painter.restore();
    painter.setPen(colors.border);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(clip);

    const QRect texts(place.right() + padding, padding, rect().right() - place.right() - 2 * padding,
                      height() - 2 * padding);
    auto bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(colors.text);
    const int line = painter.fontMetrics().height();
    painter.drawText(texts.x(), texts.y(), texts.width(), line, Qt::AlignLeft | Qt::AlignVCenter, text());
    auto small = font();
    small.setPixelSize(12);
    painter.setFont(small);
    painter.setPen(colors.muted);
    painter.drawText(texts.adjusted(0, line + 2, 0, 0), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                     m_sentence);
}

} // namespace studio::ui
