// SPDX-License-Identifier: Apache-2.0
// A client that sends exactly the bytes it is told to, for requests that no HTTP library would make.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio::tests {

struct RawReply {
    int status = 0;
    std::string head;                               // as received, with its blank line
    std::multimap<std::string, std::string> fields; // names in lower case
    std::string body;

    std::string field(const std::string &name) const;
    bool has(const std::string &name) const { return fields.contains(name); }
};

class RawClient final {
public:
    // `source` binds to another address of the loopback network. Throws std::runtime_error where nobody
    // listens.
    explicit RawClient(std::uint16_t port, const std::string &source = {});
    ~RawClient();
    RawClient(const RawClient &) = delete;
    RawClient &operator=(const RawClient &) = delete;

    void send(std::string_view bytes);
    // True where all went out; false where the server has closed.
    bool try_send(std::string_view bytes);
    // The next reply, by its Content-Length; nullopt where the server closed first or the time ran out.
    std::optional<RawReply> receive(std::chrono::milliseconds patience = std::chrono::seconds(5),
                                    bool head_only = false);
    // Everything until the server closes or the time is out.
    std::string receive_all(std::chrono::milliseconds patience = std::chrono::seconds(5));
    // True where the server closes within the time and sends nothing more.
    bool closes_within(std::chrono::milliseconds patience);
    void shrink_receive_buffer();
    // The end of this client comes as a reset.
    void reset_on_close();

private:
    // Bytes read, 0 at the end, -1 where the time ran out.
    long read_some(std::chrono::steady_clock::time_point deadline);

    int m_socket = -1;
    std::string m_received;
};

using FieldList = std::vector<std::pair<std::string, std::string>>;

std::string request_text(std::string_view method, std::string_view target, std::string_view host,
                         const FieldList &fields = {});
// One request on a connection of its own. Throws where there is no reply.
RawReply fetch(std::uint16_t port, std::string_view host, std::string_view target,
               const FieldList &fields = {}, std::string_view method = "GET");

} // namespace studio::tests
