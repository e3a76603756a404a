// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/banner.h"

#include "ui/widgets/line_icon.h"
#include "ui/widgets/style_sheet.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>

namespace studio::ui {

namespace {
constexpr QMargins padding(12, 8, 8, 8);

QString icon_of(Tone tone) {
    switch (tone) {
    case Tone::Positive:
        return QStringLiteral("success");
    case Tone::Caution:
        return QStringLiteral("warning");
    case Tone::Negative:
        return QStringLiteral("error");
    case Tone::Accent:
    case Tone::Neutral:
        break;
    }
    return QStringLiteral("info");
}
} // namespace

Banner::Banner(const QString &name, QWidget *parent)
    : QFrame(parent), m_icon(new QLabel(this)), m_text(new QLabel(this)), m_action(new QPushButton(this)),
      m_close(new QToolButton(this)) {
    setObjectName(name);
    setAccessibleName(tr("Notice"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setObjectName(name + QStringLiteral(".text"));
    m_action->setObjectName(name + QStringLiteral(".action"));
    m_close->setObjectName(name + QStringLiteral(".close"));
    m_close->setAccessibleName(tr("Dismiss notice"));
    m_close->setToolTip(tr("Dismiss"));
    m_close->setIcon(line_icon(QStringLiteral("close")));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(padding);
    layout->setSpacing(10);
    layout->addWidget(m_icon, 0, Qt::AlignVCenter);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_action);
    m_action->hide(); // until a message has an action
    layout->addWidget(m_close);
    connect(m_action, &QPushButton::clicked, this, &Banner::action_requested);
    connect(m_close, &QToolButton::clicked, this, &Banner::clear);
    hide();
}

void Banner::show_message(Tone tone, const QString &text, const QString &action, Dismissal dismissal) {
    m_tone = tone;
    m_text->setText(text);
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_close->setVisible(dismissal == Dismissal::ByPerson);
    setAccessibleDescription(text);
    tint();
    show();
    update();
    QAccessibleEvent announcement(this, QAccessible::Alert); // a screen reader reads it out at once
    QAccessible::updateAccessibility(&announcement);
}

void Banner::set_margins(const QMargins &margins) {
    m_margins = margins;
    layout()->setContentsMargins(padding + margins);
}

void Banner::clear() {
    m_text->clear();
    hide();
}

void Banner::paintEvent(QPaintEvent *) {
    const auto &colors = tokens(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tone_ground(colors, m_tone));
    painter.drawRoundedRect(rect().marginsRemoved(m_margins), 8, 8);
}

void Banner::changeEvent(QEvent *event) {
    if (event->type() == QEvent::PaletteChange) {
        tint();
    }
    QFrame::changeEvent(event);
}

void Banner::tint() {
    m_icon->setPixmap(
        line_pixmap(icon_of(m_tone), tone_text(tokens(palette()), m_tone), 18, devicePixelRatioF()));
}

} // namespace studio::ui
