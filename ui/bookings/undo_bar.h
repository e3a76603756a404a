// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bookings/booking_decider.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QPushButton;

namespace studio::ui {

// "Accepted. Sent to the client in 10 s" with an Undo button, for as long as that is true.
class UndoBar final : public QFrame {
    Q_OBJECT

public:
    explicit UndoBar(QWidget *parent = nullptr);
    void offer(const Done &done);
    // What can be undone now; nullopt when the time is over or there was nothing.
    const std::optional<Done> &done() const { return m_done; }
    void clear();
    QString text() const;

signals:
    void undo_requested(const studio::ui::Done &done);
    void over(); // nothing can be undone any more, or it was

private:
    void tick();
    void say();

    std::optional<Done> m_done;
    int m_seconds = 0;
    QTimer m_timer;
    QLabel *m_text;
    QPushButton *m_undo;
};

} // namespace studio::ui
