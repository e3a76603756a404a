// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <list>
#include <mutex>
#include <thread>

namespace studio::test_support {

// Passes connections on to a port of 127.0.0.1 and cuts them as a bad network does.
class BadNetwork final {
public:
    explicit BadNetwork(int target_port);
    ~BadNetwork();
    BadNetwork(const BadNetwork &) = delete;
    BadNetwork &operator=(const BadNetwork &) = delete;

    int port() const { return m_port; }
    // The next `times` connections are cut once the client has sent that many bytes on them, or once that
    // many came back.
    void cut_after_sent(std::uint64_t bytes, int times);
    void cut_after_received(std::uint64_t bytes, int times);
    // From now on at most that many bytes a second go to the server; 0: no limit.
    void slow_down(std::uint64_t bytes_per_second) { m_rate = bytes_per_second; }

    std::uint64_t sent() const { return m_sent; } // by clients, in all
    int connections() const { return m_connections; }

private:
    struct Limit {
        std::uint64_t sent = UINT64_MAX, received = UINT64_MAX;
    };
    void accept_loop();
    void pass(int client);
    Limit next_limit();

    const int m_target;
    int m_listener = -1, m_port = 0;
    std::atomic<std::uint64_t> m_sent{0}, m_rate{0};
    std::atomic<int> m_connections{0};
    std::atomic<bool> m_stopping{false};
    std::mutex m_mutex;
    Limit m_limit;
    int m_times = 0;
    std::list<std::thread> m_threads;
    std::thread m_acceptor;
};

} // namespace studio::test_support
