// SPDX-License-Identifier: Apache-2.0
#include "renderer/hero_choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace studio::renderer {

namespace {

constexpr std::size_t most_user_agent_bytes = 512;
constexpr double hash_range = 18446744073709551616.0; // 2^64

} // namespace

HeroChoice::HeroChoice(const models::Hero &hero, std::string_view tenant_id) {
    std::vector<std::pair<std::string, double>> shares;
    double total = 0;
    const auto add = [&](const std::string &id, double weight) {
        if (!std::isfinite(weight) || weight <= 0)
            return;
        shares.emplace_back(id, weight);
        total += weight;
    };
    add("", hero.control_weight());
    for (const models::HeroVariant &variant : hero.variants)
        add(variant.id, variant.weight);
    if (shares.empty())
        return;

    m_variants.clear();
    std::string definition = fmt::format("{}\n", tenant_id);
    double below = 0;
    for (const auto &[id, weight] : shares) {
        m_variants.push_back(id);
        below += weight / total;
        m_upper_bounds.push_back(
            below * hash_range >= hash_range ? UINT64_MAX : static_cast<std::uint64_t>(below * hash_range));
        fmt::format_to(std::back_inserter(definition), "{}={}\n", id, weight);
    }
    m_upper_bounds.back() = UINT64_MAX;
    if (m_variants.size() == 1)
        m_upper_bounds.clear();
    m_definition = keyed_hash(HashKey{}, definition);
}

std::size_t HeroChoice::choose(const HashKey &key, const IpAddress &client,
                               std::string_view user_agent) const {
    if (m_upper_bounds.empty())
        return 0;
    const IpAddress masked = client.masked();
    const std::string_view agent = user_agent.substr(0, most_user_agent_bytes);
    char input[sizeof m_definition + sizeof(IpAddress::Bytes) + most_user_agent_bytes];
    char *end = input;
    const auto append = [&end](const void *bytes, std::size_t size) {
        std::memcpy(end, bytes, size);
        end += size;
    };
    append(&m_definition, sizeof m_definition);
    append(masked.bytes().data(), masked.bytes().size());
    append(agent.data(), agent.size());
    const std::uint64_t hash = keyed_hash(key, {input, static_cast<std::size_t>(end - input)});
    const auto found = std::lower_bound(m_upper_bounds.begin(), m_upper_bounds.end(), hash);
    return static_cast<std::size_t>(found - m_upper_bounds.begin());
}

} // namespace studio::renderer
