// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/skeleton.h"

#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>

namespace studio::ui {

// Shows one of the four states of a page: loading (a skeleton), empty (what belongs here and what to do
// next), error (what happened and what is safe, with a retry button) and content.
class StateStack final : public QStackedWidget {
    Q_OBJECT

public:
    enum class State { Loading, Empty, Error, Content };
    Q_ENUM(State)

    // `content` becomes a child. Starts in Loading.
    StateStack(QWidget *content, Skeleton::Shape shape, QWidget *parent = nullptr);

    State state() const { return m_state; }
    void show_loading();
    void show_content();
    // Without an `action` there is no button. Pressing it emits action_requested().
    void show_empty(const QString &icon, const QString &title, const QString &text, const QString &action);
    void show_error(const QString &title, const QString &text);
    QString message() const; // the text that is shown in the states Empty and Error

signals:
    void action_requested();
    void retry_requested();
    void state_changed(studio::ui::StateStack::State state);

private:
    class Message;
    void settle(State state, QWidget *widget);

    State m_state = State::Loading;
    QWidget *m_content = nullptr;
    Skeleton *m_skeleton = nullptr;
    Message *m_empty = nullptr;
    Message *m_error = nullptr;
};

} // namespace studio::ui
