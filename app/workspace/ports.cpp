// SPDX-License-Identifier: Apache-2.0
#include "app/workspace/ports.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace studio::app {

namespace {

// Returns the port that was bound, or 0.
int try_bind(int port) {
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) {
        throw std::system_error(errno, std::generic_category(), "socket");
    }
    const int yes = 1;
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<in_port_t>(port));
    socklen_t length = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    const bool bound =
        bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0;
    close(descriptor);
    return bound ? ntohs(address.sin_port) : 0;
}

} // namespace

bool port_is_free(int port) {
    return try_bind(port) != 0;
}

int free_port() {
    const int port = try_bind(0);
    if (port == 0) {
        throw std::system_error(EADDRINUSE, std::generic_category(), "no free port on 127.0.0.1");
    }
    return port;
}

} // namespace studio::app
