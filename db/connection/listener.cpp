// SPDX-License-Identifier: Apache-2.0
#include "db/connection/listener.h"

#include "db/connection/connection_string.h"
#include "db/connection/translate_error.h"

#include <pqxx/pqxx>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace studio::db {

namespace {

using namespace std::chrono_literals;

class Receiver final : public pqxx::notification_receiver {
public:
    Receiver(pqxx::connection &connection, const std::string &channel, std::function<void()> notified)
        : pqxx::notification_receiver(connection, channel), m_notified(std::move(notified)) {}
    void operator()(const std::string &, int) override { m_notified(); }

private:
    std::function<void()> m_notified;
};

// Reads something, which fails if the other end of the connection has gone without closing it.
void probe(pqxx::connection &connection) {
    pqxx::nontransaction(connection).exec1("SELECT 1");
    if (!connection.is_open()) {
        throw pqxx::broken_connection("The connection was closed.");
    }
}

} // namespace

// Shared by the Listener and its thread, because a connection attempt may outlast the Listener by some
// seconds.
struct Listener::Impl {
    std::string url, channel;
    Handlers handlers;
    std::recursive_mutex calling; // locked while a handler runs, so that none runs after the destructor
    std::mutex mutex;
    std::condition_variable changed;
    bool stopping = false;
    bool finished = false;
    std::chrono::milliseconds delay = 100ms; // until the next attempt; used only by the thread

    template <class Function> void call(Function function) {
        const std::lock_guard lock(calling);
        {
            const std::lock_guard state(mutex);
            if (stopping) {
                return;
            }
        }
        function();
    }

    bool stopped() {
        const std::lock_guard lock(mutex);
        return stopping;
    }

    void listen() {
        pqxx::connection connection(connection_string(url));
        Receiver receiver(connection, channel, [this] {
            call([&] {
                if (handlers.notified) {
                    handlers.notified();
                }
            });
        });
        delay = 100ms;
        call([&] {
            if (handlers.connected) {
                handlers.connected();
            }
        });
        auto last_probe = std::chrono::steady_clock::now();
        while (!stopped()) {
            connection.await_notification(0, 200000);
            const auto now = std::chrono::steady_clock::now();
            if (now - last_probe > 2s) {
                probe(connection);
                last_probe = now;
            }
        }
    }

    void run() {
        while (!stopped()) {
            std::string reason;
            try {
                listen();
            } catch (const std::exception &failure) {
                reason = connect_error(failure.what()).what();
            }
            if (stopped()) {
                break;
            }
            call([&] {
                if (handlers.disconnected) {
                    handlers.disconnected(reason);
                }
            });
            std::unique_lock lock(mutex);
            changed.wait_for(lock, delay, [this] { return stopping; });
            delay = std::min<std::chrono::milliseconds>(delay * 2, 5s);
        }
        const std::lock_guard lock(mutex);
        finished = true;
        changed.notify_all();
    }

    std::thread thread;
};

Listener::Listener(std::string url, std::string channel, Handlers handlers)
    : m_impl(std::make_shared<Impl>()) {
    m_impl->url = std::move(url);
    m_impl->channel = std::move(channel);
    m_impl->handlers = std::move(handlers);
    m_impl->thread = std::thread([impl = m_impl] { impl->run(); });
}

Listener::~Listener() {
    std::unique_lock lock(m_impl->mutex);
    m_impl->stopping = true;
    m_impl->changed.notify_all();
    const bool ended = m_impl->changed.wait_for(lock, 400ms, [this] { return m_impl->finished; });
    lock.unlock();
    if (ended && m_impl->thread.get_id() != std::this_thread::get_id()) {
        m_impl->thread.join();
    } else {
        m_impl->thread.detach();
    }
    const std::lock_guard calls(m_impl->calling);
}

} // namespace studio::db
