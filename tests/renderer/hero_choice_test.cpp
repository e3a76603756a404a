// SPDX-License-Identifier: Apache-2.0
#include "renderer/hero_choice.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>

namespace studio::renderer {
namespace {

models::Hero hero(std::initializer_list<std::pair<const char *, double>> variants) {
    models::Hero result;
    for (const auto &[id, weight] : variants)
        result.variants.push_back({id, {}, weight});
    return result;
}

IpAddress visitor(int number) {
    return *IpAddress::parse(fmt::format("10.{}.{}.7", number / 250, number % 250));
}

std::map<std::string, int> shares(const HeroChoice &choice, int visitors) {
    std::map<std::string, int> counts;
    const HashKey key = derive_key("a secret of the test", "hero variant");
    for (int i = 0; i < visitors; ++i)
        ++counts[choice.variants()[choice.choose(key, visitor(i), "Agent")]];
    return counts;
}

// The vectors of the reference implementation: key 00..0f, input 00, 00 01, …
TEST(KeyedHash, isSipHash24) {
    const HashKey key{0x0706050403020100u, 0x0f0e0d0c0b0a0908u};
    std::string input;
    EXPECT_EQ(keyed_hash(key, input), 0x726fdb47dd0e0e31u);
    for (int i = 0; i < 8; ++i)
        input.push_back(static_cast<char>(i));
    EXPECT_EQ(keyed_hash(key, input), 0x93f5f5799a932462u);
    for (int i = 8; i < 15; ++i)
        input.push_back(static_cast<char>(i));
    EXPECT_EQ(keyed_hash(key, input), 0xa129ca6149be45e5u);
}

TEST(HeroChoice, sharesVisitorsByWeight) {
    const auto counts = shares(HeroChoice(hero({{"a", 0.5}, {"b", 0.2}}), "t"), 40000);
    EXPECT_NEAR(counts.at("a"), 20000, 600);
    EXPECT_NEAR(counts.at("b"), 8000, 500);
    EXPECT_NEAR(counts.at(""), 12000, 550);
}

TEST(HeroChoice, leavesTheControlOutWhereVariantsTakeEverything) {
    const HeroChoice choice(hero({{"a", 0.5}, {"b", 0.5}}), "t");
    EXPECT_EQ(choice.variants(), (std::vector<std::string>{"a", "b"}));
}

TEST(HeroChoice, hasOnePossibilityWithoutVariantsOrWeights) {
    EXPECT_EQ(HeroChoice(hero({}), "t").variants(), std::vector<std::string>{""});
    EXPECT_EQ(HeroChoice(hero({{"a", 0}}), "t").variants(), std::vector<std::string>{""});
    EXPECT_EQ(HeroChoice(hero({{"a", 1}}), "t").variants(), std::vector<std::string>{"a"});
}

TEST(HeroChoice, givesOneVisitorTheSameAndForgetsTheLastOctet) {
    const HeroChoice choice(hero({{"a", 0.5}, {"b", 0.5}}), "t");
    const HashKey key = derive_key("a secret of the test", "hero variant");
    for (int i = 0; i < 100; ++i) {
        const auto first = IpAddress::parse(fmt::format("10.0.{}.1", i)),
                   other = IpAddress::parse(fmt::format("10.0.{}.200", i));
        EXPECT_EQ(choice.choose(key, *first, "Agent"), choice.choose(key, *other, "Agent"));
    }
}

TEST(HeroChoice, dependsOnTenantSecretAgentAndDefinition) {
    const HashKey key = derive_key("a secret of the test", "hero variant"),
                  other_key = derive_key("another", "hero variant");
    const HeroChoice choice(hero({{"a", 0.5}, {"b", 0.5}}), "t"),
        other_tenant(hero({{"a", 0.5}, {"b", 0.5}}), "u"),
        other_definition(hero({{"a", 0.5}, {"c", 0.5}}), "t");
    int tenant = 0, secret = 0, agent = 0, definition = 0;
    for (int i = 0; i < 400; ++i) {
        const std::size_t chosen = choice.choose(key, visitor(i), "Agent");
        tenant += chosen != other_tenant.choose(key, visitor(i), "Agent");
        secret += chosen != choice.choose(other_key, visitor(i), "Agent");
        agent += chosen != choice.choose(key, visitor(i), "Other");
        definition += chosen != other_definition.choose(key, visitor(i), "Agent");
    }
    for (const int differing : {tenant, secret, agent, definition})
        EXPECT_NEAR(differing, 200, 60);
}

TEST(HeroChoice, takesLongUserAgents) {
    const HeroChoice choice(hero({{"a", 0.5}}), "t");
    EXPECT_LT(choice.choose(derive_key("s", "p"), visitor(1), std::string(100000, 'x')), 2u);
}

TEST(HeroChoice, costsLessThanAMicrosecond) {
    const HeroChoice choice(hero({{"a", 0.5}, {"b", 0.2}}), "t");
    const HashKey key = derive_key("a secret of the test", "hero variant");
    const std::string agent(120, 'x');
    std::size_t sum = 0;
    auto best = std::chrono::nanoseconds::max();
    for (int round = 0; round < 20; ++round) { // the best round: other work on this machine only adds
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < 1000; ++i)
            sum += choice.choose(key, visitor(i), agent);
        best = std::min(best, std::chrono::duration_cast<std::chrono::nanoseconds>(
                                  std::chrono::steady_clock::now() - start));
    }
    EXPECT_GT(sum, 0u);
    EXPECT_LT(best.count() / 1000, 1000) << "nanoseconds, the making of the address included";
}

} // namespace
} // namespace studio::renderer
