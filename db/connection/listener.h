// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

namespace studio::db {

// Listens on a channel in a thread of its own. Reconnects automatically with backoff (0.1 s to 5 s).
class Listener final {
public:
    struct Handlers {
        std::function<void()> notified; // without payload: every login may send anything on any channel
        // Called after every (re)connection, the first included: notifications sent in between are lost, so
        // the handler re-reads what it follows.
        std::function<void()> connected;
        std::function<void(const std::string &reason)> disconnected;
    };
    // Handlers run on the listener's thread and must not throw.
    Listener(std::string url, std::string channel, Handlers handlers);
    ~Listener(); // stops within 0.5 s
    Listener(const Listener &) = delete;
    Listener &operator=(const Listener &) = delete;

private:
    struct Impl;
    std::shared_ptr<Impl> m_impl;
};

// Sent in the transaction of every change of what the public sees of a tenant. The tenant's version
// shows which one it was.
inline constexpr const char *tenant_changed_channel = "tenant_changed";
// Sent in the transaction of every change of bookings and of the entries in their calendars.
inline constexpr const char *bookings_changed_channel = "bookings_changed";

} // namespace studio::db
