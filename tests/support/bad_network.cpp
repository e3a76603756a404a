// SPDX-License-Identifier: Apache-2.0
#include "tests/support/bad_network.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>

namespace studio::test_support {

namespace {

constexpr std::size_t block_size = 16 * 1024;

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<in_port_t>(port));
    return address;
}

int connect_to(int port) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(port);
    if (::connect(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0) {
        ::close(descriptor);
        return -1;
    }
    return descriptor;
}

bool send_all(int descriptor, const char *bytes, std::size_t size) {
    while (size > 0) {
        const ssize_t count = ::send(descriptor, bytes, size, MSG_NOSIGNAL);
        if (count <= 0) {
            return false;
        }
        bytes += count;
        size -= static_cast<std::size_t>(count);
    }
    return true;
}

// Passes on the available bytes, at most `left`. False where the connection is over, or the limit is reached.
bool pass_on(int from, int to, std::uint64_t &left, std::uint64_t &passed) {
    std::array<char, block_size> block{};
    const ssize_t count = ::recv(from, block.data(), block.size(), 0);
    if (count <= 0) {
        return false;
    }
    const auto size = std::min<std::uint64_t>(static_cast<std::uint64_t>(count), left);
    left -= size;
    passed = size;
    return send_all(to, block.data(), size) && left > 0;
}

// The client sees a reset and not an end.
void cut(int descriptor) {
    const linger now{1, 0};
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    ::close(descriptor);
}

} // namespace

BadNetwork::BadNetwork(int target_port) : m_target(target_port) {
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (::bind(m_listener, generic, size) != 0 || ::listen(m_listener, 64) != 0 ||
        getsockname(m_listener, generic, &size) != 0) {
        throw std::runtime_error("the proxy cannot listen");
    }
    m_port = ntohs(address.sin_port);
    m_acceptor = std::thread([this] { accept_loop(); });
}

BadNetwork::~BadNetwork() {
    m_stopping = true;
    ::shutdown(m_listener, SHUT_RDWR);
    m_acceptor.join();
    ::close(m_listener);
    for (std::thread &thread : m_threads) {
        thread.join();
    }
}

void BadNetwork::cut_after_sent(std::uint64_t bytes, int times) {
    const std::scoped_lock lock(m_mutex);
    m_limit = {bytes, UINT64_MAX};
    m_times = times;
}

void BadNetwork::cut_after_received(std::uint64_t bytes, int times) {
    const std::scoped_lock lock(m_mutex);
    m_limit = {UINT64_MAX, bytes};
    m_times = times;
}

BadNetwork::Limit BadNetwork::next_limit() {
    const std::scoped_lock lock(m_mutex);
    if (m_times == 0) {
        return {};
    }
    --m_times;
    return m_limit;
}

void BadNetwork::accept_loop() {
    while (!m_stopping) {
        const int client = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (client >= 0) {
            ++m_connections;
            m_threads.emplace_back([this, client] { pass(client); });
        }
    }
}

void BadNetwork::pass(int client) {
    const int server = connect_to(m_target);
    Limit left = next_limit();
    bool open = server >= 0;
    while (open && !m_stopping) {
        std::array<pollfd, 2> ends{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
        ::poll(ends.data(), ends.size(), 50);
        std::uint64_t passed = 0, received = 0;
        if (ends[0].revents != 0) {
            open = pass_on(client, server, left.sent, passed);
            m_sent += passed;
        }
        if (open && ends[1].revents != 0) {
            open = pass_on(server, client, left.received, received);
        }
        if (const std::uint64_t rate = m_rate; open && rate > 0 && passed > 0) {
            // time is the subject: a slow network
            std::this_thread::sleep_for(std::chrono::microseconds(passed * 1'000'000 / rate));
        }
    }
    if (left.sent == 0 || left.received == 0) {
        cut(client);
    } else {
        ::close(client);
    }
    if (server >= 0) {
        ::close(server);
    }
}

} // namespace studio::test_support
