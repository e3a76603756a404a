// SPDX-License-Identifier: Apache-2.0
#include "models/booking/booking_rules.h"

#include <gtest/gtest.h>

namespace studio::models {
namespace {

TEST(BookingRules, SendAnswersToThePlatformUnlessTheySayOtherwise) {
    EXPECT_FALSE(read_booking_rules(Json::object()).replies_to_companion);
    EXPECT_FALSE(read_booking_rules({{"repliesToCompanion", "yes"}}).replies_to_companion);
    const BookingRules rules = read_booking_rules({{"repliesToCompanion", true}});
    EXPECT_TRUE(rules.replies_to_companion);
    Json written;
    write_booking_rules(rules, written);
    EXPECT_EQ(read_booking_rules(written), rules);
    EXPECT_TRUE(validate_booking_rules(written).empty());
    const ValidationIssues issues = validate_booking_rules({{"repliesToCompanion", 1}});
    ASSERT_EQ(issues.size(), 1U);
    EXPECT_EQ(issues[0].pointer, "/repliesToCompanion");
}

} // namespace
} // namespace studio::models
