// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/photos.h"
#include "renderer/ip_address.h"
#include "renderer/keyed_hash.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace studio::renderer {

// Which hero photo a visitor sees: a keyed hash of tenant, variants, masked address and user agent falls into
// weighted buckets. Nothing is stored, and the same visitor sees the same photo while variants and weights
// stand.
class HeroChoice final {
public:
    HeroChoice() = default; // the control for everyone
    HeroChoice(const models::Hero &hero, std::string_view tenant_id);

    // The ids to choose from: "" is the control. Never empty.
    const std::vector<std::string> &variants() const { return m_variants; }
    // Index into variants().
    std::size_t choose(const HashKey &key, const IpAddress &client, std::string_view user_agent) const;

private:
    std::vector<std::string> m_variants{""};
    std::vector<std::uint64_t> m_upper_bounds; // of the hash, one per variant; empty where there is no choice
    std::uint64_t m_definition = 0;            // stands for tenant, variants and weights
};

} // namespace studio::renderer
