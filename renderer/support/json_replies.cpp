// SPDX-License-Identifier: Apache-2.0
#include "renderer/support/json_replies.h"

namespace studio::renderer {

JsonReplies::JsonReplies(const SiteContext &context)
    : m_fields("Content-Type: application/json\r\nCache-Control: no-store\r\n"
               "Cross-Origin-Resource-Policy: same-origin\r\n") {
    for (const auto &[name, value] : context.common_fields()) {
        m_fields.append(name).append(": ").append(value).append("\r\n");
    }
}

http::Reply JsonReplies::reply(Route route, int status, const models::Json &body, http::Fields more,
                               bool head_only) const {
    std::string text = body.dump(-1, ' ', false, models::Json::error_handler_t::replace);
    http::HeadBuilder head(status);
    head.lines(m_fields);
    for (const auto &[name, value] : more) {
        if (!value.empty()) {
            head.field(name, value);
        }
    }
    head.length(text.size());
    return http::owned_reply(route, status, head.take(), head_only ? std::string() : std::move(text));
}

} // namespace studio::renderer
