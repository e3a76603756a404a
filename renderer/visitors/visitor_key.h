// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/support/ip_address.h"
#include "renderer/support/keyed_hash.h"
#include "renderer/visitors/message_key.h"
#include "renderer/visitors/uuid.h"

#include <cstdint>
#include <string_view>

namespace studio::renderer {

// The key by which a visitor without a cookie is assigned to variants: a keyed hash of the whole IPv4 address
// or the IPv6 /64, and the user agent's first 512 bytes. Never stored.
std::uint64_t assignment_key(const HashKey &key, const IpAddress &client, std::string_view user_agent);

// What finds the open visit of a visitor without a cookie: HMAC-SHA256 keyed by the day's salt, of tenant,
// whole address and user agent. Cannot be traced to a person once the salt is destroyed.
Uuid cookieless_key(const MessageKey &day_salt, const Uuid &tenant, const IpAddress &client,
                    std::string_view user_agent);

} // namespace studio::renderer
