// SPDX-License-Identifier: Apache-2.0
#include "app/studio/quit_on_signal.h"

#include <QSocketNotifier>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <csignal>

namespace studio::app {

namespace {

std::array<int, 2> quit_pipe{-1, -1};

// Few functions are allowed in a signal handler: this one writes one byte into a pipe that never blocks.
void handle(int) {
    const char byte = 1;
    [[maybe_unused]] const auto written = write(quit_pipe[1], &byte, 1);
}

} // namespace

void on_quit_signal(QObject *context, std::function<void()> quit) {
    if (pipe2(quit_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        return; // the signals keep their default action
    }
    auto *notifier = new QSocketNotifier(quit_pipe[0], QSocketNotifier::Read, context);
    QObject::connect(notifier, &QSocketNotifier::activated, context, [quit = std::move(quit)] {
        std::array<char, 16> bytes{};
        while (read(quit_pipe[0], bytes.data(), bytes.size()) > 0) { // a later signal asks again
        }
        quit();
    });
    struct sigaction action {};
    action.sa_handler = handle;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);
}

} // namespace studio::app
