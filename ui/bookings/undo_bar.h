// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bookings/booking_decider.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QPushButton;

namespace studio::ui {

// "Accepted: Robin. Goes to the client in 10 s." with an Undo button, for as long as that is true. Each
// decision has its own end; the newest is shown and taken back first.
class UndoBar final : public QFrame {
    Q_OBJECT

public:
    explicit UndoBar(QWidget *parent = nullptr);
    void offer(const Done &done);
    // The newest that can still be undone; nullopt when there is none.
    std::optional<Done> done() const;
    // The same, which is not offered any more.
    std::optional<Done> take();
    // Whether a decision about the booking can still be undone.
    bool waits_for(const std::string &booking) const;
    // What was undone, for some seconds.
    void say(const QString &text);
    QString text() const;

signals:
    void undo_requested();
    void over(); // the newest can no longer be undone, or it was

private:
    void tick();
    void drop_old();
    void show_words();
    QString words() const;

    std::vector<Done> m_done; // newest last
    QString m_said;
    QDeadlineTimer m_said_until;
    QTimer m_timer;
    QLabel *m_text;
    QPushButton *m_undo;
};

} // namespace studio::ui
