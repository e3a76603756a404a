// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/connection_monitor.h"

#include <QLabel>
#include <QStatusBar>

namespace studio::ui {

// The status bar: the connection at the left, the page's status (unsaved, saved at …) in the middle, the last
// publication at the right.
class StatusLine final : public QStatusBar {
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);
    // `place` says where the database is: "This computer", "companions.example".
    void set_connection(ConnectionMonitor::State state, const QString &place);
    void set_page_status(const QString &text);
    void set_last_publish(const QString &text, const QString &tool_tip);

protected:
    void changeEvent(QEvent *event) override;

private:
    void tint();

    ConnectionMonitor::State m_state = ConnectionMonitor::State::Connecting;
    QLabel *m_dot;
    QLabel *m_connection;
    QLabel *m_page;
    QLabel *m_publish;
};

} // namespace studio::ui
