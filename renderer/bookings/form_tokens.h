// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/visitors/message_key.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace studio::renderer {

// The token that a booking form carries: base64url(issued 4 | random 8 | first 16 bytes of an HMAC-SHA256
// over tenant id and both, big endian). It shows that the form was ours and how long it was open. Times are
// seconds since 1970. Any thread.
class FormTokens final {
public:
    static constexpr std::chrono::seconds lifetime = std::chrono::hours(12);
    // Nobody fills a form faster.
    static constexpr std::chrono::seconds fill_time{3};

    explicit FormTokens(std::string_view secret);

    std::string issue(std::string_view tenant_id, std::int64_t now_s) const;
    // For a form that is shown again: whoever sends it has filled it already.
    std::string issue_filled(std::string_view tenant_id, std::int64_t now_s) const;

    enum class State { Sound, TooFast, Expired, Foreign };
    State check(std::string_view tenant_id, std::string_view token, std::int64_t now_s) const;

private:
    MessageKey m_key;
};

} // namespace studio::renderer
