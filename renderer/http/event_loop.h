// SPDX-License-Identifier: Apache-2.0
// Internal to http/: one io_context with its thread, its connections and its clock.
#pragma once

#include "renderer/http/connection_limiter.h"
#include "renderer/http/server.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace studio::renderer::http {

class Connection;
using Clock = std::chrono::steady_clock;

class EventLoop final {
public:
    EventLoop(const ServerOptions &options, LoopMetrics &metrics, ConnectionLimiter &limiter,
              std::size_t index);
    ~EventLoop();

    void start(Handler &handler);
    // Any thread.
    void adopt(boost::asio::ip::tcp::socket socket, const IpAddress &peer);
    void drain();
    void stop();
    void join();

    boost::asio::io_context &context() { return m_context; }
    const ServerOptions &options() const { return m_options; }
    Handler &handler() { return *m_handler; }
    LoopMetrics &metrics() { return m_metrics; }
    std::size_t index() const { return m_index; }
    bool draining() const { return m_draining; }

    // The end of a head: Date, Connection where it is needed, and the blank line. Changes once a second.
    enum class Ending { Plain, KeepAlive, Close };
    const std::string &ending(Ending ending) const { return m_endings[static_cast<std::size_t>(ending)]; }

    // The time of the latest event, as last read from the clock; cheap enough for every request.
    Clock::time_point now() const { return m_now; }
    Clock::time_point update_now() { return m_now = Clock::now(); }
    // May end the connection's life.
    void forget(Connection &connection, IpAddress peer);

private:
    std::vector<std::shared_ptr<Connection>> connections() const;
    void run();
    void schedule_tick();
    void tick();
    void write_endings();
    void finish_if_drained();

    const ServerOptions &m_options;
    Handler *m_handler = nullptr;
    LoopMetrics &m_metrics;
    ConnectionLimiter &m_limiter;
    const std::size_t m_index;
    boost::asio::io_context m_context{1};
    std::optional<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>> m_work;
    boost::asio::steady_timer m_timer{m_context};
    std::unordered_map<Connection *, std::shared_ptr<Connection>> m_connections;
    std::array<std::string, 3> m_endings;
    std::int64_t m_endings_second = 0;
    Clock::time_point m_now = Clock::now();
    Clock::time_point m_drain_deadline{};
    bool m_draining = false;
    std::thread m_thread;
};

} // namespace studio::renderer::http
