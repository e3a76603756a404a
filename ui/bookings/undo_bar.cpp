// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/undo_bar.h"

#include "ui/widgets/line_icon.h"
#include "ui/widgets/phrases.h"
#include "ui/widgets/style_sheet.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace studio::ui {

UndoBar::UndoBar(QWidget *parent)
    : QFrame(parent), m_text(new QLabel(this)),
      m_undo(new QPushButton(line_icon(QStringLiteral("undo")), tr("Undo"), this)) {
    setObjectName(QStringLiteral("bookings.undo_bar"));
    setAccessibleName(tr("Last decision"));
    set_card(this);
    m_text->setObjectName(QStringLiteral("bookings.undo_bar.text"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_undo->setObjectName(QStringLiteral("bookings.undo"));
    m_undo->setToolTip(tr("Undo (Z)"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 8, 8, 8);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_undo);
    connect(m_undo, &QPushButton::clicked, this, [this] {
        if (m_done) {
            emit undo_requested(*m_done);
        }
    });
    m_timer.setInterval(1000);
    connect(&m_timer, &QTimer::timeout, this, &UndoBar::tick);
    hide();
}

void UndoBar::offer(const Done &done) {
    m_done = done;
    m_seconds = db::undo_seconds;
    say();
    show();
    m_timer.start();
    QAccessibleEvent announcement(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&announcement);
}

void UndoBar::clear() {
    m_timer.stop();
    m_done.reset();
    hide();
    emit over();
}

QString UndoBar::text() const {
    return m_text->text();
}

void UndoBar::tick() {
    if (--m_seconds <= 0) {
        clear();
        return;
    }
    say();
}

void UndoBar::say() {
    const auto number = static_cast<int>(m_done->bookings.size());
    const auto what =
        number == 1 ? tr("%1: %2.").arg(done_word(m_done->act), short_name(m_done->bookings.front().client))
                    : tr("%1: %2 bookings.").arg(done_word(m_done->act)).arg(number);
    const auto until = m_done->writes ? tr("Sent to the client in %1 s.").arg(m_seconds)
                                      : tr("Nobody is written to. Undo within %1 s.").arg(m_seconds);
    m_text->setText(what + QLatin1Char(' ') + until);
    setAccessibleDescription(m_text->text());
}

} // namespace studio::ui
