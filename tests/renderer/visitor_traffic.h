// SPDX-License-Identifier: Apache-2.0
// Visitors of ada's site who keep coming while the weather changes, each with an address of its own. The
// service must trust 127.0.0.1 as a proxy.
#pragma once

#include "tests/renderer/raw_client.h"

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace studio::tests {

using Port = std::function<std::uint16_t()>; // where the service listens just now

// What came of it.
struct TrafficRecord {
    std::set<std::string> acknowledged_events;
    std::set<std::string> acknowledged_bookings;                     // idempotency keys
    std::map<int, int> event_answers, booking_answers, page_answers; // status → how many; 0: no answer
    int refusals_without_retry_after = 0;
};

class VisitorTraffic final {
public:
    explicit VisitorTraffic(Port port);
    ~VisitorTraffic(); // stops
    VisitorTraffic(const VisitorTraffic &) = delete;
    VisitorTraffic &operator=(const VisitorTraffic &) = delete;

    // Whoever still waits for an answer has it, or was cut off, when this returns. A booking that was not
    // acknowledged is sent again with its key until it is, or `patience` is over.
    TrafficRecord stop(std::chrono::milliseconds patience = std::chrono::seconds(20));
    TrafficRecord so_far() const;

private:
    void send_events();
    void send_bookings();
    void read_pages();
    bool book(const std::string &token, const std::string &key, int visitor);
    void note(std::map<int, int> &answers, const RawReply &reply);
    RawReply ask(std::string_view method, std::string_view target, const FieldList &fields,
                 const std::string &body = {}) const;

    const Port m_port;
    mutable std::mutex m_mutex;
    TrafficRecord m_record;
    std::atomic<bool> m_stopping{false};
    std::chrono::steady_clock::time_point m_give_up;
    std::vector<std::thread> m_threads;
};

} // namespace studio::tests
