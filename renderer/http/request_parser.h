// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/http/request.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace studio::renderer::http {

struct RequestLimits {
    std::size_t head_bytes = 16 * 1024;
    std::size_t body_bytes = 64 * 1024; // of any route; see BodyRules
    std::size_t target_bytes = 8 * 1024;
    std::string country_field; // in which a proxy says the client's country; "" for none
};

// Boost.Beast's strict parser, behind the checks of head_guard.h; keeps views into the caller's buffer
// instead of copies.
class RequestParser final {
public:
    explicit RequestParser(const RequestLimits &limits);
    ~RequestParser();
    RequestParser(const RequestParser &) = delete;
    RequestParser &operator=(const RequestParser &) = delete;

    enum class Progress { NeedMore, Done, Refused };

    // `head` is a whole head with its blank line and stays where it is until the reply. NeedMore: a body
    // follows.
    Progress parse_head(std::string_view head, Request &request);
    // Between a head that needs more and its body: the body may have at most so many bytes. Without a call
    // the limit is RequestLimits::body_bytes, which no call can exceed.
    void limit_body(std::size_t bytes);
    // Bytes after the head. `consumed` says how many of them were used up.
    Progress parse_body(std::string_view bytes, std::size_t &consumed);
    // What was read of the body so far.
    const std::string &body() const;
    // The status to answer a refused request with.
    int refusal() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace studio::renderer::http
