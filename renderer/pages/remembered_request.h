// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/http/request.h"

#include <string>

namespace studio::renderer {

// What must be kept of a request after its buffer is reused: enough to choose among a page's encodings.
class RememberedRequest final {
public:
    explicit RememberedRequest(const http::Request &request)
        : m_method(request.method), m_accept_encoding(request.accept_encoding),
          m_if_none_match(request.if_none_match) {}
    http::Request view() const {
        http::Request request;
        request.method = m_method;
        request.accept_encoding = m_accept_encoding;
        request.if_none_match = m_if_none_match;
        return request;
    }

private:
    http::Method m_method;
    std::string m_accept_encoding, m_if_none_match;
};

} // namespace studio::renderer
