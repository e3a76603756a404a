// SPDX-License-Identifier: Apache-2.0
#include "tests/support/line_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace studio::test_support {

bool SinkConnection::read_more() {
    char bytes[4096];
    const ssize_t count =
        m_tls ? SSL_read(m_tls.get(), bytes, sizeof bytes) : ::recv(m_socket, bytes, sizeof bytes, 0);
    if (count <= 0) {
        return false;
    }
    m_buffer.append(bytes, static_cast<std::size_t>(count));
    return true;
}

// Text that arrived before TLS is discarded, so that nobody can insert commands (RFC 3207, 4.2).
bool SinkConnection::start_tls(SSL_CTX *context) {
    m_buffer.clear();
    m_tls.reset(SSL_new(context));
    return SSL_set_fd(m_tls.get(), m_socket) == 1 && SSL_accept(m_tls.get()) == 1;
}

std::optional<std::string> SinkConnection::read_line() {
    std::size_t end;
    while ((end = m_buffer.find('\n')) == std::string::npos) {
        if (!read_more()) {
            return std::nullopt;
        }
    }
    std::string line = m_buffer.substr(0, end + 1);
    m_buffer.erase(0, end + 1);
    return line;
}

std::optional<std::string> SinkConnection::read_bytes(std::size_t count) {
    while (m_buffer.size() < count) {
        if (!read_more()) {
            return std::nullopt;
        }
    }
    std::string bytes = m_buffer.substr(0, count);
    m_buffer.erase(0, count);
    return bytes;
}

void SinkConnection::write(const std::string &text) {
    for (std::size_t at = 0; at < text.size();) {
        const ssize_t count =
            m_tls ? SSL_write(m_tls.get(), text.data() + at, static_cast<int>(text.size() - at))
                  : ::send(m_socket, text.data() + at, text.size() - at, MSG_NOSIGNAL);
        if (count <= 0) {
            return;
        }
        at += static_cast<std::size_t>(count);
    }
}

LineServer::LineServer(Serve serve) : m_serve(std::move(serve)) {
    start();
}

LineServer::~LineServer() {
    stop();
}

void LineServer::start() {
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(m_port);
    socklen_t size = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (::bind(m_listener, generic, size) != 0 || ::listen(m_listener, 64) != 0 ||
        getsockname(m_listener, generic, &size) != 0) {
        throw std::runtime_error("a sink cannot listen");
    }
    m_port = ntohs(address.sin_port);
    m_stopping = false;
    m_acceptor = std::thread([this, listener = m_listener] { accept_loop(listener); });
}

void LineServer::stop() {
    if (!m_acceptor.joinable()) {
        return;
    }
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
        for (const int socket : m_sockets) {
            ::shutdown(socket, SHUT_RDWR);
        }
    }
    ::shutdown(m_listener, SHUT_RDWR);
    m_acceptor.join();
    ::close(m_listener);
    for (std::thread &thread : m_threads) {
        thread.join();
    }
    m_threads.clear();
}

void LineServer::accept_loop(int listener) {
    for (;;) {
        const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        const std::scoped_lock lock(m_mutex);
        if (m_stopping || socket < 0) {
            if (socket >= 0) {
                ::close(socket);
            }
            if (m_stopping) {
                return;
            }
            continue;
        }
        ++m_accepted;
        m_sockets.push_back(socket);
        m_threads.emplace_back([this, socket] {
            SinkConnection connection(socket);
            m_serve(connection);
            const std::scoped_lock closing(m_mutex);
            m_sockets.remove(socket);
            ::close(socket);
        });
    }
}

} // namespace studio::test_support
