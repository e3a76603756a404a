// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bookings/decision_actions.h"

#include <QWidget>

#include <map>
#include <vector>

class QMenu;
class QPushButton;

namespace studio::ui {

// The decisions that a booking's state allows: the first four as buttons of equal weight, the others in a
// menu.
class ActionBar final : public QWidget {
    Q_OBJECT

public:
    explicit ActionBar(QWidget *parent = nullptr);
    void show_booking(const db::Booking &booking);

signals:
    void act_requested(studio::ui::Act act);

private:
    void add_to_menu(Act act);

    std::vector<Act> m_acts; // that are shown
    std::map<Act, QPushButton *> m_buttons;
    QPushButton *m_more;
    QMenu *m_menu;
};

} // namespace studio::ui
