// SPDX-License-Identifier: Apache-2.0
#include "renderer/http/event_loop.h"

#include "renderer/http/connection.h"

#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include <ctime>
#include <vector>

namespace studio::renderer::http {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::milliseconds tick_interval{100};

std::string http_date(std::int64_t seconds) {
    static constexpr const char *days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char *months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t time = seconds;
    std::tm utc{};
    gmtime_r(&time, &utc);
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days[utc.tm_wday], utc.tm_mday,
                       months[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

} // namespace

EventLoop::EventLoop(const ServerOptions &options, LoopMetrics &metrics, ConnectionLimiter &limiter,
                     std::size_t index)
    : m_options(options), m_metrics(metrics), m_limiter(limiter), m_index(index) {
    write_endings();
}

EventLoop::~EventLoop() {
    stop();
    join();
}

void EventLoop::start(Handler &handler) {
    m_handler = &handler;
    m_work.emplace(m_context.get_executor());
    schedule_tick();
    m_thread = std::thread([this] { run(); });
}

// An exception of one connection must not end the service for all others.
void EventLoop::run() {
    for (;;) {
        try {
            m_context.run();
            return;
        } catch (const std::exception &error) {
            m_handler->failed(error.what());
        }
    }
}

void EventLoop::adopt(asio::ip::tcp::socket socket, const IpAddress &peer) {
    asio::post(m_context, [this, peer, moved = std::move(socket)]() mutable {
        const auto connection = std::make_shared<Connection>(*this, std::move(moved), peer);
        m_connections.emplace(connection.get(), connection);
        m_metrics.connections.add();
        connection->start();
    });
}

void EventLoop::drain() {
    asio::post(m_context, [this] {
        m_draining = true;
        m_drain_deadline = update_now() + m_options.drain_time;
        for (const auto &connection : connections()) {
            connection->close_if_idle();
        }
        finish_if_drained();
    });
}

void EventLoop::stop() {
    m_context.stop();
}

void EventLoop::join() {
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

// Returns a copy, because the caller may close connections while it iterates.
std::vector<std::shared_ptr<Connection>> EventLoop::connections() const {
    std::vector<std::shared_ptr<Connection>> all;
    for (const auto &[address, connection] : m_connections) {
        all.push_back(connection);
    }
    return all;
}

void EventLoop::forget(Connection &connection, IpAddress peer) {
    if (m_connections.erase(&connection) == 0) {
        return;
    }
    m_limiter.release(peer);
    finish_if_drained();
}

void EventLoop::finish_if_drained() {
    if (!m_draining || !m_connections.empty()) {
        return;
    }
    m_work.reset();
    m_timer.cancel();
}

void EventLoop::schedule_tick() {
    m_timer.expires_after(tick_interval);
    m_timer.async_wait([this](const boost::system::error_code &error) {
        if (!error) {
            tick();
        }
    });
}

void EventLoop::tick() {
    update_now();
    write_endings();
    try {
        m_handler->tick(m_index);
    } catch (const std::exception &error) {
        m_handler->failed(error.what()); // the next tick is scheduled anyway
    }
    const bool drain_over = m_draining && m_now > m_drain_deadline;
    std::vector<std::shared_ptr<Connection>> late;
    for (const auto &[address, connection] : m_connections) {
        if (drain_over || connection->deadline() < m_now) {
            late.push_back(connection);
        }
    }
    for (const auto &connection : late) {
        drain_over ? connection->close() : connection->on_deadline();
    }
    if (!m_draining || !m_connections.empty()) {
        schedule_tick();
    }
}

void EventLoop::write_endings() {
    const std::int64_t second = std::time(nullptr);
    if (second == m_endings_second) {
        return;
    }
    m_endings_second = second;
    const std::string date = "Date: " + http_date(second) + "\r\n";
    m_endings[static_cast<std::size_t>(Ending::Plain)] = date + "\r\n";
    m_endings[static_cast<std::size_t>(Ending::KeepAlive)] = date + "Connection: keep-alive\r\n\r\n";
    m_endings[static_cast<std::size_t>(Ending::Close)] = date + "Connection: close\r\n\r\n";
}

} // namespace studio::renderer::http
