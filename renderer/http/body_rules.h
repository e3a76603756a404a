// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/http/request.h"

#include <cstddef>
#include <span>
#include <string_view>

namespace studio::renderer::http {

// What a route takes as a request's body.
struct BodyRules {
    // 0: it takes none. A request that has one nevertheless is answered by its handler with the body unread,
    // and its connection closes. Never more than RequestLimits::body_bytes.
    std::size_t max_bytes = 0;
    // Lower case, without parameters; empty: any. They outlive the call.
    std::span<const std::string_view> media_types{};
};

// 0 where a head may go on to its body, else the status to refuse it with: 411 for a POST without any
// framing, 413 where the announced length is too much, 415 where the body's type is none of the rules'.
int check_body(const Request &head, const BodyRules &rules);

// "text/plain" of "Text/Plain; charset=utf-8", compared without regard to case.
bool is_media_type(std::string_view content_type, std::string_view media_type);

} // namespace studio::renderer::http
