// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/bookings/decision_actions.h"

#include <QDeadlineTimer>
#include <QObject>

#include <functional>
#include <vector>

class QWidget;

namespace studio::ui {

class CheatSheet;

// The single keys of the bookings page. They are commands only where nobody types: not in a form, not over
// the cheat sheet, which any key closes, and not just after a form closed under the fingers.
class BookingKeys final : public QObject {
    Q_OBJECT

public:
    // In `forms` letters are letters.
    BookingKeys(QWidget *page, CheatSheet *sheet, std::vector<QWidget *> forms);
    void add(const QKeySequence &key, std::function<void()> then);
    // Until a person has stopped typing.
    void rest();

private:
    bool are_meant();

    QWidget *m_page;
    CheatSheet *m_sheet;
    std::vector<QWidget *> m_forms;
    QDeadlineTimer m_rest;
};

} // namespace studio::ui
