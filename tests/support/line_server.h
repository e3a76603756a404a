// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace studio::test_support {

// One accepted connection of a sink. Reads give up once the server stops.
class SinkConnection final {
public:
    explicit SinkConnection(int socket) : m_socket(socket) {}
    // A line with its end; nullopt at the end of the connection.
    std::optional<std::string> read_line();
    std::optional<std::string> read_bytes(std::size_t count);
    void write(const std::string &text);
    // From here on all goes over TLS; false where the client does not agree.
    bool start_tls(SSL_CTX *context);

private:
    struct Deleter {
        void operator()(SSL *tls) const { SSL_free(tls); }
    };
    bool read_more();
    const int m_socket;
    std::unique_ptr<SSL, Deleter> m_tls;
    std::string m_buffer;
};

// A server on 127.0.0.1 that gives each connection to `serve` in a thread of its own.
class LineServer final {
public:
    using Serve = std::function<void(SinkConnection &)>;
    explicit LineServer(Serve serve);
    ~LineServer();
    LineServer(const LineServer &) = delete;
    LineServer &operator=(const LineServer &) = delete;

    std::uint16_t port() const { return m_port; }
    int connections() const { return m_accepted; }
    // While stopped, connecting is refused; start() listens on the same port again.
    void stop();
    void start();

private:
    void accept_loop(int listener);
    const Serve m_serve;
    std::uint16_t m_port = 0;
    std::atomic<int> m_accepted{0};
    int m_listener = -1;
    std::thread m_acceptor;
    std::mutex m_mutex;
    bool m_stopping = false;
    std::list<int> m_sockets;
    std::list<std::thread> m_threads;
};

} // namespace studio::test_support
