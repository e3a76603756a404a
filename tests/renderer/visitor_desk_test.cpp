// SPDX-License-Identifier: Apache-2.0
#include "renderer/visitors/visitor_desk.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace studio::renderer {
namespace {

const Uuid tenant = *Uuid::parse("a0000000-0000-4000-8000-000000000001");
constexpr std::uint32_t now = 1'790'000'000;

class VisitorDeskTest : public testing::Test {
protected:
    VisitorDeskTest() {
        salts.set(today(), std::string(32, 's'));
        request.client_address = *IpAddress::parse("203.0.113.77");
        request.user_agent = "Agent/1.0";
    }
    // The cookie that accepting gives, as the browser sends it.
    std::string accepted_cookie() {
        const Visitor before = desk.visitor(request, tenant, now);
        return fmt::format("a=b; __Host-visitor={}",
                           desk.sealer().seal(tenant, desk.accepted(before, request, tenant, now)));
    }

    DaySalts salts;
    VisitorDesk desk{"a secret of the tests", salts, CountryFinder()};
    http::Request request;
};

TEST_F(VisitorDeskTest, keepsVisitAndVariantsWhereAVisitorAccepts) {
    const Visitor before = desk.visitor(request, tenant, now);
    EXPECT_FALSE(before.cookie);
    const auto session = desk.session(before, request, tenant);
    const std::string cookie = accepted_cookie();
    request.cookie = cookie;
    request.client_address = *IpAddress::parse("198.51.100.1"); // on the way to work
    const Visitor after = desk.visitor(request, tenant, now + 300);
    ASSERT_TRUE(after.cookie);
    EXPECT_EQ(after.cookie->session, session);
    EXPECT_EQ(desk.session(after, request, tenant), session);
    EXPECT_EQ(after.assignment_key, before.assignment_key);
    EXPECT_EQ(desk.assignment_key(request, tenant, now + 300), before.assignment_key);
}

TEST_F(VisitorDeskTest, keepsTheVisitorWhoAcceptsAgain) {
    const std::string cookie = accepted_cookie();
    request.cookie = cookie;
    const Visitor known = desk.visitor(request, tenant, now + 10);
    EXPECT_EQ(desk.accepted(known, request, tenant, now + 10).visitor, known.cookie->visitor);
}

TEST_F(VisitorDeskTest, refreshesACookieThatWasNotSeenForAMinute) {
    const std::string cookie = accepted_cookie();
    request.cookie = cookie;
    EXPECT_FALSE(desk.visitor(request, tenant, now + 60).refresh_due);
    EXPECT_TRUE(desk.visitor(request, tenant, now + 61).refresh_due);
}

TEST_F(VisitorDeskTest, takesNoCookieFromABrowserThatDeclines) {
    const std::string cookie = accepted_cookie();
    request.cookie = cookie;
    for (bool http::Request::*signal :
         {&http::Request::do_not_track, &http::Request::global_privacy_control}) {
        http::Request declining = request;
        declining.*signal = true;
        const Visitor visitor = desk.visitor(declining, tenant, now);
        EXPECT_TRUE(visitor.declines);
        EXPECT_FALSE(visitor.cookie);
        EXPECT_TRUE(desk.session(visitor, declining, tenant)) << "the visit is counted by the day's key";
    }
}

TEST_F(VisitorDeskTest, knowsNoDailyVisitWithoutTheDaysSalt) {
    DaySalts none;
    const VisitorDesk early("a secret of the tests", none, CountryFinder());
    const Visitor visitor = early.visitor(request, tenant, now);
    EXPECT_FALSE(early.session(visitor, request, tenant));
    EXPECT_NE(early.accepted(visitor, request, tenant, now).session, Uuid{})
        << "accepting works all the same";
    none.set(today() - 1, std::string(32, 'y'));
    EXPECT_FALSE(early.session(visitor, request, tenant)) << "yesterday's does not count today";
    none.keep_only(today());
    EXPECT_EQ(none.of(today() - 1), nullptr);
}

TEST_F(VisitorDeskTest, recordsNoAddressButItsNetwork) {
    request.country = "AU";
    const Visitor visitor = desk.visitor(request, tenant, now);
    const Uuid session = *desk.session(visitor, request, tenant);
    db::TrackedSession record = desk.record(visitor, session, tenant.text(), request, 7);
    EXPECT_EQ(record.ip, "203.0.113.0");
    EXPECT_EQ(record.country, "AU");
    EXPECT_EQ(record.user_agent, "Agent/1.0");
    EXPECT_EQ(record.visitor_id, "");
    EXPECT_FALSE(record.consented);
    EXPECT_EQ(record.started_us, 7);
    request.client_address = *IpAddress::parse("2001:db8:1:2:3::4");
    EXPECT_EQ(desk.record(visitor, session, tenant.text(), request, 7).ip, "2001:db8:1::");
    describe(record, {BotClass::Ai, "GPTBot", "other"});
    EXPECT_EQ(record.bot_class, "ai");
    EXPECT_EQ(record.browser, "GPTBot");
}

TEST(CleanText, isWhatTheDatabaseTakes) {
    EXPECT_EQ(clean_text("Firefox é 漢 😀", 100), "Firefox é 漢 😀");
    EXPECT_EQ(clean_text("a\xff\xc3(\xed\xa0\x80z", 100), "a?\?(???z");
    EXPECT_EQ(clean_text(std::string_view("a\0b\tc\x7f", 6), 100), "a?b?c?");
    EXPECT_EQ(clean_text("éé", 3), "é") << "no half of a character";
    EXPECT_EQ(clean_text("\xc0\xaf\xf5\x80", 100), "????");
}

} // namespace
} // namespace studio::renderer
