// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bookings/decision_actions.h"

#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;

namespace studio::ui {

// How many bookings are selected, and what can be decided about all of them.
class BulkBar final : public QWidget {
    Q_OBJECT

public:
    explicit BulkBar(QWidget *parent = nullptr);
    // `are_read`: all of them can be decided about now.
    void show_selected(std::size_t bookings, bool are_read);

signals:
    void requested(studio::ui::Act act);

private:
    QLabel *m_selected;
    std::vector<QPushButton *> m_buttons;
};

} // namespace studio::ui
