// SPDX-License-Identifier: Apache-2.0
#include "base/id.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <set>
#include <type_traits>
#include <unordered_set>

namespace studio::base {
namespace {

using ShipId = Id<struct ShipTag>;
using PortId = Id<struct PortTag>;

// Whether To accepts From as an argument or in an assignment. An id must accept neither another kind of id
// nor text.
template <class From, class To>
constexpr bool mixes = std::is_convertible_v<From, To> || std::is_assignable_v<To &, From>;
static_assert(!mixes<PortId, ShipId> && !std::is_constructible_v<ShipId, PortId>);
static_assert(!mixes<std::string, ShipId> && !mixes<std::string_view, ShipId> &&
              !mixes<const char *, ShipId>);
static_assert(!mixes<ShipId, std::string> && !std::is_constructible_v<std::string, ShipId>);
static_assert(!mixes<ShipId, std::string_view> && !std::is_constructible_v<std::string_view, ShipId>);
template <class Left, class Right>
concept Comparable = requires(const Left &left, const Right &right) { left == right; };
static_assert(Comparable<ShipId, ShipId> && !Comparable<ShipId, PortId> && !Comparable<ShipId, std::string>);
static_assert(std::is_constructible_v<ShipId, std::string> && mixes<ShipId, ShipId>);

TEST(Id, HoldsItsText) {
    EXPECT_EQ(ShipId("calypso").text(), "calypso");
    EXPECT_FALSE(ShipId("calypso").empty());
    EXPECT_TRUE(ShipId().empty());
}

TEST(Id, IsAKeyOfSetsAndOrderedByItsText) {
    const std::set<ShipId> ordered{ShipId("b"), ShipId("a"), ShipId("b")};
    EXPECT_EQ(ordered.size(), 2u);
    EXPECT_EQ(*ordered.begin(), ShipId("a"));
    const std::unordered_set<ShipId> hashed{ShipId("b"), ShipId("a"), ShipId("b")};
    EXPECT_EQ(hashed.size(), 2u);
    EXPECT_TRUE(hashed.contains(ShipId("b")));
}

TEST(Id, IsFormattedAndWrittenAsItsText) {
    EXPECT_EQ(fmt::format("{:>9}|{}", ShipId("calypso"), PortId("x")), "  calypso|x");
    EXPECT_EQ(nlohmann::json({{"ship", ShipId("calypso")}}).dump(), R"({"ship":"calypso"})");
    EXPECT_EQ(nlohmann::ordered_json(ShipId("calypso")), "calypso");
}

} // namespace
} // namespace studio::base
