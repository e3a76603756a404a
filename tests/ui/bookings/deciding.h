// SPDX-License-Identifier: Apache-2.0
// What tests of decisions do at the desk.
#pragma once

#include "tests/ui/bookings/desk.h"
#include "ui/bookings/booking_detail.h"
#include "ui/widgets/badge.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>

namespace studio::ui {

inline bool shows(const Desk &desk, const std::string &booking) {
    const auto *detail = desk.find<BookingDetail>("booking_detail");
    return QTest::qWaitFor([&] { return detail->booking() == QString::fromStdString(booking); }, 10000);
}

inline QString status(const Desk &desk) {
    return desk.find<Badge>("booking.status")->text();
}

inline db::BookingDecision decision(models::BookingAction action) {
    db::BookingDecision decision;
    decision.action = action;
    return decision;
}

// From that row on, by mouse and keys.
inline void select(const Desk &desk, int first, int rows) {
    desk.choose(first);
    for (int row = 1; row < rows; ++row) {
        QTest::keyClick(desk.table(), Qt::Key_Down, Qt::ShiftModifier);
    }
}

inline std::vector<std::string> clients_with(BookingRows &rows, const std::string &status) {
    return rows.owner.column("SELECT client_name FROM bookings WHERE status = '" + status + "' ORDER BY 1");
}

} // namespace studio::ui
