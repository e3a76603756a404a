// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

#include <functional>

namespace studio::app {

// Calls `quit` on the main thread when SIGTERM or SIGINT arrives, so that the database and the preferences
// are left in order. One per process.
void on_quit_signal(QObject *context, std::function<void()> quit);

} // namespace studio::app
