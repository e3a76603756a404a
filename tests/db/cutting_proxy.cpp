// SPDX-License-Identifier: Apache-2.0
#include "tests/db/cutting_proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>

namespace studio::db {

namespace {

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<in_port_t>(port));
    return address;
}

int connect_to(int port) {
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(port);
    if (connect(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0) {
        close(descriptor);
        return -1;
    }
    return descriptor;
}

} // namespace

CuttingProxy::CuttingProxy(int server_port)
    : m_server_port(server_port), m_listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = loopback(0);
    socklen_t length = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (bind(m_listener, generic, length) != 0 || listen(m_listener, 8) != 0 ||
        getsockname(m_listener, generic, &length) != 0)
        throw std::system_error(errno, std::generic_category(), "proxy");
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] { serve(); });
}

CuttingProxy::~CuttingProxy() {
    m_stopping = true;
    m_thread.join();
    close(m_listener);
}

void CuttingProxy::serve() {
    while (!m_stopping) {
        pollfd waiting{m_listener, POLLIN, 0};
        if (poll(&waiting, 1, 50) <= 0)
            continue;
        const int client = accept(m_listener, nullptr, nullptr);
        const int server = connect_to(m_server_port);
        if (server >= 0)
            pass(client, server);
        close(server);
        close(client);
    }
}

void CuttingProxy::pass(int client, int server) {
    std::array<char, 65536> buffer{};
    bool cutting = false;
    while (!m_stopping) {
        std::array<pollfd, 2> ends{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
        if (poll(ends.data(), ends.size(), 50) <= 0)
            continue;
        for (const pollfd &end : ends) {
            if (end.revents == 0)
                continue;
            const ssize_t count = read(end.fd, buffer.data(), buffer.size());
            if (count <= 0)
                return;
            const std::string_view data(buffer.data(), static_cast<std::size_t>(count));
            if (end.fd == client && m_commits_to_cut > 0 && data.find("COMMIT") != std::string_view::npos) {
                cutting = --m_commits_to_cut == 0;
            } else if (end.fd == server && cutting) {
                ++m_cuts;
                return;
            }
            if (send(end.fd == client ? server : client, data.data(), data.size(), MSG_NOSIGNAL) < 0)
                return;
        }
    }
}

} // namespace studio::db
