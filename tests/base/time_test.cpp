// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

#include <gtest/gtest.h>

namespace studio::base {
namespace {

using namespace std::chrono_literals;

TEST(Time, IsCarriedAsMicrosecondsSince1970) {
    constexpr Time at = std::chrono::sys_days(2026y / 9 / 21) + 14h + 13min + 20s + 5us;
    EXPECT_EQ(to_microseconds(at), 1'790'000'000'000'005);
    EXPECT_EQ(from_microseconds(1'790'000'000'000'005), at);
    EXPECT_EQ(to_microseconds(Time()), 0);
}

TEST(Time, IsCutToWholeSecondsTowardsThePast) {
    EXPECT_EQ(to_seconds(Time(1'790'000'000s)), 1'790'000'000);
    EXPECT_EQ(to_seconds(Time(1'790'000'000s + 999'999us)), 1'790'000'000);
    EXPECT_EQ(to_seconds(Time(-1us)), -1);
}

TEST(Time, OfNowIsThatOfTheSystemsClock) {
    const auto before = std::chrono::system_clock::now();
    const Time at = now();
    EXPECT_GE(at, std::chrono::time_point_cast<Time::duration>(before));
    EXPECT_LE(at, std::chrono::system_clock::now());
}

} // namespace
} // namespace studio::base
