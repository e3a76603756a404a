// SPDX-License-Identifier: Apache-2.0
#include "renderer/visitors/visitor_key.h"

#include <cstring>

namespace studio::renderer {

namespace {

constexpr std::size_t max_user_agent_bytes = 512;
constexpr std::size_t v6_network_bytes = 8;

std::string_view view(const IpAddress &address) {
    return {reinterpret_cast<const char *>(address.bytes().data()), address.bytes().size()};
}

} // namespace

std::uint64_t assignment_key(const HashKey &key, const IpAddress &client, std::string_view user_agent) {
    const std::string_view address = client.is_v4() ? view(client) : view(client).substr(0, v6_network_bytes);
    const std::string_view agent = user_agent.substr(0, max_user_agent_bytes);
    char input[sizeof(IpAddress::Bytes) + max_user_agent_bytes];
    std::memcpy(input, address.data(), address.size());
    std::memcpy(input + address.size(), agent.data(), agent.size());
    return keyed_hash(key, {input, address.size() + agent.size()});
}

Uuid cookieless_key(const MessageKey &day_salt, const Uuid &tenant, const IpAddress &client,
                    std::string_view user_agent) {
    const auto hash = day_salt.sign({tenant.view(), view(client), user_agent});
    return Uuid::of_hash({hash.data(), hash.size()});
}

} // namespace studio::renderer
