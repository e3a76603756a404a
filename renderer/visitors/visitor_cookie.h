// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/visitors/message_key.h"
#include "renderer/visitors/uuid.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace studio::renderer {

inline constexpr std::string_view visitor_cookie_name = "__Host-visitor";

// What the cookie of a visitor who accepted says. Times are seconds since 1970.
struct VisitorCookie {
    Uuid visitor;
    std::uint64_t assignment_key = 0; // decides which variant of each test she sees
    std::uint32_t issued = 0, last_seen = 0;
    bool operator==(const VisitorCookie &) const = default;
};

// Writes and reads the cookie: base64url(version 2 | visitor 16 | assignment key 8 | issued 4 | last seen 4,
// big endian) "." base64url(first 16 bytes of HMAC-SHA256 over tenant id and payload). Any thread.
class CookieSealer final {
public:
    static constexpr std::chrono::seconds lifetime = std::chrono::days(180);

    explicit CookieSealer(std::string_view secret);

    std::string seal(const Uuid &tenant, const VisitorCookie &cookie) const;
    // nullopt for anything that this service did not seal for this tenant, and once `lifetime` has passed
    // since she last accepted it.
    std::optional<VisitorCookie> open(const Uuid &tenant, std::string_view text, std::uint32_t now) const;
    // Values of Set-Cookie.
    std::string set_field(const Uuid &tenant, const VisitorCookie &cookie) const;
    static std::string clear_field();

private:
    MessageKey m_signing;
};

// The value of a cookie in a Cookie field; nullopt where it is not there, or twice.
std::optional<std::string_view> find_cookie(std::string_view field, std::string_view name);

} // namespace studio::renderer
