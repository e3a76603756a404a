// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/json/json.h"
#include "renderer/http/reply.h"
#include "renderer/pages/site_context.h"

#include <string>

namespace studio::renderer {

// Answers to scripts, with the fields that every answer of this platform carries; no cache keeps them. Any
// thread.
class JsonReplies final {
public:
    explicit JsonReplies(const SiteContext &context);
    // Bytes in `body` that are no UTF-8 are replaced. Fields of `more` without a value are left out.
    http::Reply reply(Route route, int status, const models::Json &body, http::Fields more = {},
                      bool head_only = false) const;

private:
    std::string m_fields;
};

} // namespace studio::renderer
