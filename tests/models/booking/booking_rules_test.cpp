// SPDX-License-Identifier: Apache-2.0
#include "models/booking/booking_rules.h"

#include <gtest/gtest.h>

#include <chrono>

namespace studio::models {
namespace {

using std::chrono::hours;

const base::Time now(std::chrono::sys_days(std::chrono::year(2027) / 3 / 1));
const base::Time start = now + hours(100);

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

TEST(BookingRules, SayInLinesOfTheCompanionsHowTheDepositIsPaid) {
    BookingRules rules;
    rules.deposit.how_to_pay = "Account 12-3456\nC. Example";
    Json written = {{"deposit", {{"later", 1}}}};
    write_booking_rules(rules, written);
    EXPECT_EQ(written["deposit"]["howToPay"], "Account 12-3456\nC. Example");
    EXPECT_EQ(read_booking_rules(written), rules);
    EXPECT_TRUE(validate_booking_rules(written).empty());
    for (const Json &wrong : {Json(12), Json(std::string(max_how_to_pay + 1, 'x'))}) {
        const ValidationIssues issues =
            validate_booking_rules({{"deposit", {{"kind", "none"}, {"howToPay", wrong}}}});
        ASSERT_EQ(issues.size(), 1U);
        EXPECT_EQ(issues[0].pointer, "/deposit/howToPay");
    }
    rules.deposit.how_to_pay.clear();
    write_booking_rules(rules, written);
    EXPECT_FALSE(written["deposit"].contains("howToPay"));
    EXPECT_EQ(written["deposit"]["later"], 1);
}

TEST(DepositToAsk, IsAnAmountOrAShareOfThePrice) {
    EXPECT_EQ(deposit_to_ask({DepositRule::Kind::Amount, 20'000, 0, 48}, std::nullopt, start, now),
              (AskedDeposit{20'000, now + hours(48)}));
    EXPECT_EQ(deposit_to_ask({DepositRule::Kind::Share, 0, 30, 24}, 150'000, start, now),
              (AskedDeposit{45'000, now + hours(24)}));
    EXPECT_EQ(deposit_to_ask({DepositRule::Kind::Share, 0, 33, 24}, 150, start, now)->minor, 50) << "49.5";
    EXPECT_EQ(deposit_to_ask({DepositRule::Kind::Share, 0, 33, 24}, 148, start, now)->minor, 49) << "48.84";
}

TEST(DepositToAsk, IsDueWhenTheBookingBeginsAtTheLatest) {
    EXPECT_EQ(deposit_to_ask({DepositRule::Kind::Amount, 20'000, 0, 200}, std::nullopt, start, now)->due,
              start);
}

TEST(DepositToAsk, IsNothingWithoutAPriceOrForWhatHasBegun) {
    const DepositRule share{DepositRule::Kind::Share, 0, 30, 24};
    EXPECT_FALSE(deposit_to_ask({}, 150'000, start, now));
    EXPECT_FALSE(deposit_to_ask(share, std::nullopt, start, now));
    EXPECT_FALSE(deposit_to_ask(share, 0, start, now));
    EXPECT_FALSE(deposit_to_ask(share, 150'000, now, now));
}

} // namespace
} // namespace studio::models
