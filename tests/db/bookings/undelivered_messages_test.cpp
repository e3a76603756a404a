// SPDX-License-Identifier: Apache-2.0
// Messages that could not be delivered, as people see them and try them again.
#include "tests/db/fixtures/booking_fixture.h"

#include <gmock/gmock.h>

namespace studio::db {

namespace {

class UndeliveredMessages : public BookingFixture {
protected:
    OutboxStore hers{companion}, staffs{staff}, operators{people}, sender{renderer};

    // The mails of a new request, claimed once.
    std::vector<OutboxMessage> claimed() { return sender.claim(OutboxChannel::Mail, 20, 900); }
    static std::vector<std::string> kinds(const std::vector<UndeliveredMessage> &messages) {
        std::vector<std::string> list;
        for (const UndeliveredMessage &message : messages) {
            list.push_back(message.kind);
        }
        return list;
    }
};

TEST_F(UndeliveredMessages, AreListedForWhoeverModeratesTheBooking) {
    const std::string id = ask(in_hours(50));
    const auto messages = claimed();
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_TRUE(staffs.undelivered().empty()) << "they are on their way";
    for (const OutboxMessage &message : messages) {
        const bool dead = message.kind == "visitor_email";
        sender.failed(message.id, dead ? "smtp_550" : "companion_without_email", 3600, dead);
    }
    EXPECT_THAT(kinds(staffs.undelivered(id)),
                testing::UnorderedElementsAre("visitor_email", "companion_email"));
    EXPECT_EQ(hers.undelivered().size(), 2U);
    EXPECT_EQ(operators.undelivered().size(), 2U);
    EXPECT_TRUE(OutboxStore(other_companion).undelivered(id).empty());
    EXPECT_TRUE(staffs.undelivered(ask(in_hours(60))).empty()) << "of another booking";
    EXPECT_TRUE(Sql(database.renderer_url()).tried("SELECT outbox_undelivered(NULL)").denied());
    for (const UndeliveredMessage &message : staffs.undelivered(id)) {
        EXPECT_EQ(message.given_up, message.kind == "visitor_email");
        EXPECT_EQ(message.reason, message.given_up ? "smtp_550" : "companion_without_email");
        EXPECT_EQ(message.next_try_at.has_value(), !message.given_up);
        EXPECT_EQ(message.given_up_at.has_value(), message.given_up);
        EXPECT_EQ(message.booking_id, id);
    }
}

TEST_F(UndeliveredMessages, AreTriedAgainWhenSomebodyAsks) {
    const std::string id = ask(in_hours(50));
    for (const OutboxMessage &message : claimed()) {
        sender.failed(message.id, "smtp_550", 3600, message.kind == "visitor_email");
    }
    EXPECT_TRUE(claimed().empty());
    for (const UndeliveredMessage &message : staffs.undelivered(id)) {
        EXPECT_DB_ERROR(ErrorKind::NotFound, OutboxStore(other_companion).retry(message.id), testing::_);
        staffs.retry(message.id);
    }
    const auto again = claimed();
    ASSERT_EQ(again.size(), 2U);
    EXPECT_DB_ERROR(ErrorKind::NotFound, staffs.retry(again[0].id), testing::_) << "it is on its way";
    sender.sent(again[0].id);
    EXPECT_DB_ERROR(ErrorKind::NotFound, staffs.retry(again[0].id), testing::_) << "it was sent";
}

TEST_F(UndeliveredMessages, OfWebhooksOnlyOperatorsKnow) {
    run("INSERT INTO webhooks (tenant_id, url, secret) VALUES ('" + ada.text() +
        "', 'https://hooks.example.com/', repeat('s', 32))");
    ask(in_hours(50));
    for (const OutboxMessage &message : sender.claim(OutboxChannel::Webhook, 20, 900)) {
        sender.failed(message.id, "webhook_410", 60, true);
    }
    EXPECT_TRUE(staffs.undelivered().empty());
    EXPECT_TRUE(hers.undelivered().empty());
    ASSERT_EQ(operators.undelivered().size(), 1U);
    const std::string id = operators.undelivered()[0].id;
    EXPECT_DB_ERROR(ErrorKind::NotFound, staffs.retry(id), testing::_);
    EXPECT_NO_THROW(operators.retry(id));
}

} // namespace

} // namespace studio::db
