// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/confirm_bar.h"

#include "ui/widgets/banner.h"
#include "ui/widgets/style_sheet.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

#include <utility>

namespace studio::ui {

ConfirmBar::ConfirmBar(const QString &name, QWidget *parent)
    : QFrame(parent), m_question(new QLabel(this)), m_act(new QPushButton(this)),
      m_cancel(new QPushButton(tr("Cancel"), this)) {
    setObjectName(name);
    set_card(this);
    m_question->setWordWrap(true);
    m_question->setTextFormat(Qt::PlainText);
    m_act->setObjectName(name + QStringLiteral(".act"));
    m_cancel->setObjectName(name + QStringLiteral(".cancel"));
    set_button_role(m_act, ButtonRole::Danger);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_act);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(12);
    layout->addWidget(m_question);
    layout->addLayout(buttons);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        cancel();
        emit canceled();
    });
    connect(m_act, &QPushButton::clicked, this, [this] {
        // Before the bar hides, because hiding moves the focus elsewhere.
        if (const auto then = std::exchange(m_then, nullptr)) {
            then();
        }
        setVisible(m_then != nullptr);
    });
    hide();
}

void ConfirmBar::ask(const QString &question, const QString &act, std::function<void()> then) {
    m_question->setText(question);
    m_act->setText(act);
    m_then = std::move(then);
    for (auto *banner : window()->findChildren<Banner *>()) {
        if (banner->isVisible() && banner->tone() == Tone::Positive) {
            banner->clear(); // the message of an earlier action must not look like an answer to this question
        }
    }
    setAccessibleName(question);
    show();
    m_cancel->setFocus();
    QTimer::singleShot(0, this, [this] { // after the layout has made room
        for (auto *above = parentWidget(); above != nullptr; above = above->parentWidget()) {
            if (auto *scroll = qobject_cast<QScrollArea *>(above)) {
                scroll->ensureWidgetVisible(this);
            }
        }
    });
}

void ConfirmBar::cancel() {
    m_then = nullptr;
    hide();
}

void ConfirmBar::keyPressEvent(QKeyEvent *event) {
    if (event->key() == Qt::Key_Escape) {
        cancel();
        emit canceled();
        return;
    }
    QFrame::keyPressEvent(event);
}

} // namespace studio::ui
