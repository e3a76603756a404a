// SPDX-License-Identifier: Apache-2.0
#include "renderer/visitors/test_assignment.h"
#include "renderer/visitors/visitor_cookie.h"
#include "renderer/visitors/visitor_key.h"

#include <boost/math/distributions/chi_squared.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <limits>

namespace studio::renderer {
namespace {

constexpr int visitors = 1'000'000;
constexpr const char *hero_test = "7e570000-0000-4000-8000-000000000001",
                     *layout_test = "7e570000-0000-4000-8000-000000000002";

// A million visitors as the service meets them: addresses of many networks, a handful of browsers.
const std::vector<std::uint64_t> &simulated_keys() {
    static const std::vector<std::uint64_t> keys = [] {
        const HashKey key = derive_key("a secret of the tests", "assignment");
        std::vector<std::uint64_t> made;
        made.reserve(visitors);
        for (int i = 0; i < visitors; ++i) {
            IpAddress::Bytes bytes{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
            bytes[12] = static_cast<std::uint8_t>(10 + i % 7);
            bytes[13] = static_cast<std::uint8_t>(i >> 16);
            bytes[14] = static_cast<std::uint8_t>(i >> 8);
            bytes[15] = static_cast<std::uint8_t>(i);
            made.push_back(assignment_key(key, IpAddress(bytes), fmt::format("Browser {}", i % 5)));
        }
        return made;
    }();
    return keys;
}

double chi_square_p(const std::vector<double> &observed, const std::vector<double> &expected) {
    double sum = 0;
    for (std::size_t i = 0; i < observed.size(); ++i) {
        sum += (observed[i] - expected[i]) * (observed[i] - expected[i]) / expected[i];
    }
    const boost::math::chi_squared distribution(static_cast<double>(observed.size()) - 1);
    return boost::math::cdf(boost::math::complement(distribution, sum));
}

// The last number counts those who are kept out.
std::vector<double> counts(const TestAssignment &test, std::size_t variants) {
    std::vector<double> result(variants + 1);
    for (const std::uint64_t key : simulated_keys()) {
        ++result[test.choose(key).value_or(variants)];
    }
    return result;
}

TEST(TestAssignment, SharesAMillionVisitorsByWeight) {
    for (const std::vector<double> &weights :
         {std::vector<double>{0.5, 0.5}, {0.8, 0.2}, {0.1, 0.2, 0.3, 0.4}, {0.98, 0.01, 0.01}}) {
        for (const int phase : {1, 2, 3}) {
            std::vector<double> observed = counts({hero_test, phase, 1, weights}, weights.size()), expected;
            EXPECT_EQ(observed.back(), 0) << "everyone takes part";
            observed.pop_back();
            for (const double weight : weights) {
                expected.push_back(weight * visitors);
            }
            EXPECT_GT(chi_square_p(observed, expected), 0.001)
                << weights.size() << " variants, phase " << phase;
        }
    }
}

TEST(TestAssignment, KeepsOutThoseBeyondTheTrafficShare) {
    for (const double share : {0.1, 0.5, 0.9}) {
        const std::vector<double> observed = counts({hero_test, 1, share, {0.25, 0.75}}, 2);
        const std::vector<double> expected{share * 0.25 * visitors, share * 0.75 * visitors,
                                           (1 - share) * visitors};
        EXPECT_GT(chi_square_p(observed, expected), 0.001) << share;
    }
    EXPECT_EQ(counts({hero_test, 1, 0, {0.5, 0.5}}, 2).back(), visitors);
}

TEST(TestAssignment, DrawsForEachTestAndPhaseIndependently) {
    const TestAssignment hero(hero_test, 1, 1, {0.5, 0.3, 0.2}), layout(layout_test, 1, 1, {0.6, 0.4}),
        next_phase(hero_test, 2, 1, {0.5, 0.3, 0.2});
    std::vector<double> with_layout(6), with_phase(9);
    for (const std::uint64_t key : simulated_keys()) {
        ++with_layout[*hero.choose(key) * 2 + *layout.choose(key)];
        ++with_phase[*hero.choose(key) * 3 + *next_phase.choose(key)];
    }
    std::vector<double> expected_layout, expected_phase;
    for (const double first : {0.5, 0.3, 0.2}) {
        for (const double second : {0.6, 0.4}) {
            expected_layout.push_back(first * second * visitors);
        }
        for (const double second : {0.5, 0.3, 0.2}) {
            expected_phase.push_back(first * second * visitors);
        }
    }
    EXPECT_GT(chi_square_p(with_layout, expected_layout), 0.001);
    EXPECT_GT(chi_square_p(with_phase, expected_phase), 0.001);
}

TEST(TestAssignment, DrawsTheVariantIndependentlyOfTakingPart) {
    const TestAssignment some(hero_test, 1, 0.3, {0.5, 0.5}), all(hero_test, 1, 1, {0.5, 0.5});
    for (const std::uint64_t key : simulated_keys()) {
        const auto variant = some.choose(key);
        ASSERT_TRUE(!variant || variant == all.choose(key))
            << "whoever takes part sees the same with a larger share";
    }
}

TEST(TestAssignment, GivesAVisitorTheSameInEveryReplicaWithAndWithoutCookie) {
    const TestAssignment one(hero_test, 1, 0.9, {0.5, 0.3, 0.2}), other(hero_test, 1, 0.9, {0.5, 0.3, 0.2});
    const CookieSealer sealer("a secret of the tests"), other_sealer("a secret of the tests");
    const Uuid tenant = Uuid::random(), visitor = Uuid::random();
    int checked = 0;
    for (const std::uint64_t key : simulated_keys()) {
        ASSERT_EQ(one.choose(key), other.choose(key));
        if (++checked % 1000 != 0) {
            continue;
        }
        const std::string cookie = sealer.seal(tenant, {visitor, key, 1000, 1000});
        ASSERT_EQ(other.choose(other_sealer.open(tenant, cookie, 1000)->assignment_key), one.choose(key));
    }
}

TEST(TestAssignment, GivesVariantsWithoutWeightToNobody) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const std::vector<double> &weights :
         {std::vector<double>{0, 1, 0}, {-1, 0.1, 0}, {nan, 3, nan}, {0, 0.3, -0.0}}) {
        const TestAssignment test(hero_test, 1, 1, weights);
        for (std::size_t i = 0; i < 20'000; ++i) {
            ASSERT_EQ(test.choose(simulated_keys()[i]), 1u);
        }
    }
    EXPECT_FALSE(TestAssignment(hero_test, 1, 1, {}).choose(1));
    EXPECT_FALSE(TestAssignment(hero_test, 1, 1, {0, 0}).choose(1));
    EXPECT_FALSE(TestAssignment(hero_test, 1, nan, {1}).choose(1));
}

} // namespace
} // namespace studio::renderer
