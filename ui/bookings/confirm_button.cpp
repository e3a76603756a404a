// SPDX-License-Identifier: Apache-2.0
#include "ui/bookings/confirm_button.h"

#include "ui/widgets/style_sheet.h"

#include <QFocusEvent>

namespace studio::ui {

ConfirmButton::ConfirmButton(const QString &words, const QString &question, QWidget *parent)
    : QPushButton(words, parent), m_words(words), m_question(question) {
    constexpr auto patience = std::chrono::seconds(6);
    m_end.setSingleShot(true);
    m_end.setInterval(patience);
    connect(&m_end, &QTimer::timeout, this, &ConfirmButton::disarm);
    connect(this, &QPushButton::clicked, this, &ConfirmButton::press);
}

void ConfirmButton::press() {
    if (m_is_armed) {
        disarm();
        emit confirmed();
        return;
    }
    m_is_armed = true;
    setText(m_question);
    set_button_role(this, ButtonRole::Danger);
    m_end.start();
}

void ConfirmButton::disarm() {
    m_is_armed = false;
    m_end.stop();
    setText(m_words);
    set_button_role(this, ButtonRole::Neutral);
}

void ConfirmButton::focusOutEvent(QFocusEvent *event) {
    QPushButton::focusOutEvent(event);
    if (m_is_armed && event->reason() != Qt::ActiveWindowFocusReason &&
        event->reason() != Qt::PopupFocusReason) {
        disarm();
    }
}

} // namespace studio::ui
