// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/skeleton.h"

#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>

namespace studio::ui {

// The four states of a page: loading (skeleton), empty (what this is and what to do next), error (what
// happened and what is safe, with retry) and content.
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
    // `action` may be empty: no button then. action_requested() is sent when it is pressed.
    void show_empty(const QString &icon, const QString &title, const QString &text, const QString &action);
    void show_error(const QString &title, const QString &text);
    QString message() const; // of Empty and Error: what a person reads

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
