// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace studio::ui {

class BookingsWatcher;
class Worker;

// What the bookings page works with; all of it outlives the page.
struct BookingsServices {
    Worker *worker = nullptr;
    BookingsWatcher *watcher = nullptr;
    QString own_companion; // her id, where the login is a companion's; "" for staff and operators
    QString public_url;    // of the platform
    QString preferences;   // path of the file; "": nothing is kept
    bool outages_are_said_above = false; // the window has a notice of its own
};

} // namespace studio::ui
