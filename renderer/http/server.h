// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/http/body_rules.h"
#include "renderer/http/reply.h"
#include "renderer/http/request.h"
#include "renderer/http/request_parser.h"
#include "renderer/support/metrics.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace studio::renderer::http {

struct ServerOptions {
    std::string address = "127.0.0.1"; // numeric
    std::uint16_t port = 0;            // 0: a free one, see Server::port()
    std::size_t loops = 1;             // event loops, each in a thread of its own
    std::size_t first_loop = 0;        // index of the first loop in Metrics and in Handler::handle
    RequestLimits limits;
    // Deadlines of a whole phase: dripping bytes does not move them.
    std::chrono::milliseconds head_time{10'000};
    std::chrono::milliseconds body_time{15'000};
    std::chrono::milliseconds idle_time{30'000};
    std::chrono::milliseconds handler_time{30'000};
    std::chrono::milliseconds write_time{
        30'000}; // plus a second for each `write_bytes_per_second` of the reply
    std::size_t write_bytes_per_second = 8 * 1024;
    std::chrono::milliseconds linger_time{2'000};
    std::chrono::milliseconds drain_time{10'000};
    std::size_t max_connections = 10'000;
    std::size_t max_connections_per_ip = 256; // IPv6: per /64; trusted proxies are exempt
    TrustedProxies trusted_proxies;
};

class Handler {
public:
    virtual ~Handler() = default;
    // Runs in an event loop's thread and must not block; what `retained` points to lives until the loop's
    // next call.
    virtual Reply handle(const Request &request, std::size_t loop) = 0;
    // What the request's route takes as a body, asked before a byte of it is read, of each POST and of each
    // other request that brings one; where check_body() objects, handle() is not called. In an event loop's
    // thread.
    virtual BodyRules body_rules(const Request &) const { return {}; }
    // A few times a second in each loop's thread.
    virtual void tick(std::size_t loop) = 0;
    // Called with the message of an exception from handle(), tick() or the loop itself; the loop goes on.
    // Must not throw.
    virtual void failed(std::string_view reason) = 0;
};

class Server final {
public:
    Server(ServerOptions options, Metrics &metrics);
    ~Server(); // without drain(): cuts connections off
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    // Listens; clients wait from here on. Throws std::system_error.
    void bind();
    std::uint16_t port() const;
    // Answers, in threads of its own. The handler must outlive drain(), or this object.
    void start(Handler &handler);
    // Stops accepting, closes idle connections, finishes requests in flight, at most `drain_time` long.
    void drain();
    std::size_t open_connections() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace studio::renderer::http
