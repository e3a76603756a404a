// SPDX-License-Identifier: Apache-2.0
#include "tests/renderer/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace studio::tests {

namespace {

std::string lower(std::string text) {
    for (char &c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
}

RawReply parse_head(const std::string &head) {
    RawReply reply;
    reply.head = head;
    reply.status = std::stoi(head.substr(9, 3));
    std::size_t position = head.find("\r\n") + 2;
    while (position < head.size() - 2) {
        const std::size_t end = head.find("\r\n", position);
        const std::string line = head.substr(position, end - position);
        const std::size_t colon = line.find(": ");
        if (colon != std::string::npos)
            reply.fields.emplace(lower(line.substr(0, colon)), line.substr(colon + 2));
        position = end + 2;
    }
    return reply;
}

} // namespace

std::string RawReply::field(const std::string &name) const {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
}

RawClient::RawClient(std::uint16_t port, const std::string &source)
    : m_socket(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    if (!source.empty()) {
        inet_pton(AF_INET, source.c_str(), &address.sin_addr);
        if (::bind(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
            throw std::runtime_error("bind: " + std::string(std::strerror(errno)));
    }
    address.sin_port = htons(port);
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    if (::connect(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        const std::string reason = std::strerror(errno);
        ::close(m_socket);
        throw std::runtime_error("connect: " + reason);
    }
}

RawClient::~RawClient() {
    ::close(m_socket);
}

bool RawClient::try_send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void RawClient::send(std::string_view bytes) {
    if (!try_send(bytes))
        throw std::runtime_error("send: " + std::string(std::strerror(errno)));
}

long RawClient::read_some(std::chrono::steady_clock::time_point deadline) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    pollfd wait{m_socket, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&wait, 1, static_cast<int>(left.count())) <= 0)
        return -1;
    char buffer[16384];
    const ssize_t received = ::recv(m_socket, buffer, sizeof buffer, 0);
    if (received <= 0)
        return 0;
    m_received.append(buffer, static_cast<std::size_t>(received));
    return received;
}

std::optional<RawReply> RawClient::receive(std::chrono::milliseconds patience, bool head_only) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    std::size_t head_end;
    while ((head_end = m_received.find("\r\n\r\n")) == std::string::npos) {
        if (read_some(deadline) <= 0)
            return std::nullopt;
    }
    RawReply reply = parse_head(m_received.substr(0, head_end + 4));
    m_received.erase(0, head_end + 4);
    if (reply.status == 100)
        return reply;
    std::size_t length = 0;
    if (!head_only && reply.status != 304 && reply.has("content-length"))
        length = std::stoul(reply.field("content-length"));
    while (m_received.size() < length) {
        if (read_some(deadline) <= 0)
            return std::nullopt;
    }
    reply.body = m_received.substr(0, length);
    m_received.erase(0, length);
    return reply;
}

std::string RawClient::receive_all(std::chrono::milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (read_some(deadline) > 0) {
    }
    return std::exchange(m_received, {});
}

bool RawClient::closes_within(std::chrono::milliseconds patience) {
    return m_received.empty() && read_some(std::chrono::steady_clock::now() + patience) == 0;
}

void RawClient::shrink_receive_buffer() {
    const int bytes = 64 * 1024;
    ::setsockopt(m_socket, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

void RawClient::reset_on_close() {
    const linger now{1, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

std::string request_text(std::string_view method, std::string_view target, std::string_view host,
                         const FieldList &fields) {
    std::string text;
    text.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: ").append(host).append("\r\n");
    for (const auto &[name, value] : fields)
        text.append(name).append(": ").append(value).append("\r\n");
    return text.append("\r\n");
}

RawReply fetch(std::uint16_t port, std::string_view host, std::string_view target, const FieldList &fields,
               std::string_view method) {
    RawClient client(port);
    client.send(request_text(method, target, host, fields));
    auto reply = client.receive(std::chrono::seconds(10), method == "HEAD");
    if (!reply)
        throw std::runtime_error("no reply to " + std::string(method) + " " + std::string(target));
    return *reply;
}

} // namespace studio::tests
