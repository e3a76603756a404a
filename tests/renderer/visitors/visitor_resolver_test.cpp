// SPDX-License-Identifier: Apache-2.0
#include "renderer/visitors/visitor_resolver.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace studio::renderer {
namespace {

using namespace std::chrono_literals;

const Uuid tenant = *Uuid::parse("a0000000-0000-4000-8000-000000000001");
const models::TenantId tenant_id(tenant.text());
constexpr std::uint32_t now_s = 1'790'000'000;
constexpr base::Time now{std::chrono::seconds(now_s)};

class VisitorResolution : public testing::Test {
protected:
    VisitorResolution() {
        salts.set(today(), std::string(32, 's'));
        request.client_address = *IpAddress::parse("203.0.113.77");
        request.user_agent = "Agent/1.0";
    }
    // The cookie that accepting gives, as the browser sends it.
    std::string accepted_cookie() {
        const Visitor before = resolver.visitor(request, tenant, now);
        return fmt::format("a=b; __Host-visitor={}",
                           resolver.sealer().seal(tenant, resolver.accepted(before, tenant, "", now)));
    }

    DaySalts salts;
    VisitorResolver resolver{"a secret of the tests", salts, CountryFinder()};
    http::Request request;
};

TEST_F(VisitorResolution, FindsTheVisitByTheConnectionUntilAVisitorAcceptsAndKeepsTheVariants) {
    const Visitor before = resolver.visitor(request, tenant, now);
    EXPECT_FALSE(before.cookie);
    const auto key = resolver.visit_key(before, request, tenant);
    const std::string cookie = accepted_cookie();
    request.cookie = cookie;
    request.client_address = *IpAddress::parse("198.51.100.1"); // on the way to work
    const Visitor after = resolver.visitor(request, tenant, now + 300s);
    ASSERT_TRUE(after.cookie);
    EXPECT_NE(resolver.visit_key(after, request, tenant), key) << "of what came before nothing is taken over";
    EXPECT_EQ(resolver.visit_key(after, request, tenant), after.cookie->visitor);
    EXPECT_EQ(after.assignment_key, before.assignment_key);
    EXPECT_EQ(resolver.assignment_key(request, tenant, now + 300s), before.assignment_key);
}

TEST_F(VisitorResolution, GivesEveryAcceptanceAFreshNumberButARepeatedOneTheSame) {
    const Visitor stranger = resolver.visitor(request, tenant, now);
    const auto number = [&](const std::string &event) {
        return resolver.accepted(stranger, tenant, event, now).visitor;
    };
    EXPECT_NE(number(""), number(""));
    EXPECT_NE(number("3f0c0e3e-5a4b-4c6d-8e9f-000000000001"), number("3f0c0e3e-5a4b-4c6d-8e9f-000000000002"));
    EXPECT_EQ(number("3f0c0e3e-5a4b-4c6d-8e9f-000000000001"), number("3f0c0e3e-5a4b-4c6d-8e9f-000000000001"));
    const std::string cookie = accepted_cookie();
    request.cookie = cookie;
    const Visitor known = resolver.visitor(request, tenant, now + 10s);
    EXPECT_EQ(resolver.accepted(known, tenant, "", now + 10s).visitor, known.cookie->visitor);
}

TEST_F(VisitorResolution, GivesAnAcceptedCookieAgainOnlyWhenItIsAcceptedAgain) {
    const std::string cookie = accepted_cookie();
    request.cookie = cookie;
    const Visitor known = resolver.visitor(request, tenant, now + 61s);
    EXPECT_EQ(resolver.accepted(known, tenant, "", now + 61s).last_seen, now_s + 61);
    EXPECT_EQ(resolver.visitor(request, tenant, now - 10s).cookie->last_seen, now_s)
        << "a clock that went back";
}

TEST_F(VisitorResolution, TracksNobodyWhoseBrowserDeclinesButStillReadsTheKeyToWhatIsHeld) {
    const auto key = resolver.visit_key(resolver.visitor(request, tenant, now), request, tenant);
    const std::string cookie = accepted_cookie();
    request.cookie = cookie;
    for (bool http::Request::*signal :
         {&http::Request::do_not_track, &http::Request::global_privacy_control}) {
        http::Request declining = request;
        declining.*signal = true;
        const Visitor visitor = resolver.visitor(declining, tenant, now);
        EXPECT_TRUE(visitor.declines);
        EXPECT_FALSE(visitor.cookie);
        EXPECT_EQ(resolver.visit_key(visitor, declining, tenant), key) << "counted without a cookie";
        EXPECT_TRUE(resolver.cookie(declining, tenant, now));
    }
}

TEST_F(VisitorResolution, FindsNoVisitWithoutConsentWithoutTheDaysSalt) {
    DaySalts none;
    const VisitorResolver early("a secret of the tests", none, CountryFinder());
    const Visitor visitor = early.visitor(request, tenant, now);
    EXPECT_FALSE(early.visit_key(visitor, request, tenant));
    EXPECT_NE(early.accepted(visitor, tenant, "", now).visitor, Uuid{}) << "accepting works all the same";
    none.set(today() - 1, std::string(32, 'y'));
    EXPECT_FALSE(early.visit_key(visitor, request, tenant)) << "yesterday's does not count today";
    none.keep_only(today());
    EXPECT_EQ(none.of(today() - 1), nullptr);
}

TEST_F(VisitorResolution, RecordsOfAVisitWithoutConsentCountryAndDeviceOnly) {
    request.country = "AU";
    const Visitor visitor = resolver.visitor(request, tenant, now);
    const Uuid key = *resolver.visit_key(visitor, request, tenant);
    db::TrackedSession record = resolver.record(visitor, key, tenant_id, request, now);
    describe(record, {BotClass::None, "Firefox", "mobile"});
    EXPECT_EQ(record.key, key.text());
    EXPECT_EQ(record.country, "AU");
    EXPECT_EQ(record.device_type, "mobile");
    EXPECT_EQ(record.started_at, now);
    EXPECT_FALSE(record.consented);
    EXPECT_EQ(record.ip + record.user_agent + record.visitor_id + record.browser, "");
    EXPECT_NE(record.id, resolver.record(visitor, key, tenant_id, request, now).id);
}

TEST_F(VisitorResolution, RecordsWithConsentNoAddressButItsNetwork) {
    const std::string cookie = accepted_cookie();
    request.cookie = cookie;
    const Visitor visitor = resolver.visitor(request, tenant, now);
    const Uuid key = *resolver.visit_key(visitor, request, tenant);
    db::TrackedSession record = resolver.record(visitor, key, tenant_id, request, now);
    EXPECT_EQ(record.ip, "203.0.113.0");
    EXPECT_EQ(record.user_agent, "Agent/1.0");
    EXPECT_EQ(record.visitor_id, visitor.cookie->visitor.text());
    EXPECT_TRUE(record.consented);
    request.client_address = *IpAddress::parse("2001:db8:1:2:3::4");
    EXPECT_EQ(resolver.record(visitor, key, tenant_id, request, now).ip, "2001:db8:1::");
    describe(record, {BotClass::Ai, "GPTBot", "other"});
    EXPECT_EQ(record.bot_class, "ai");
    EXPECT_EQ(record.browser, "GPTBot");
}

TEST(CleanText, IsWhatTheDatabaseTakes) {
    EXPECT_EQ(clean_text("Firefox é 漢 😀", 100), "Firefox é 漢 😀");
    EXPECT_EQ(clean_text("a\xff\xc3(\xed\xa0\x80z", 100), "a?\?(???z");
    EXPECT_EQ(clean_text(std::string_view("a\0b\tc\x7f", 6), 100), "a?b?c?");
    EXPECT_EQ(clean_text("éé", 3), "é") << "no half of a character";
    EXPECT_EQ(clean_text("\xc0\xaf\xf5\x80", 100), "????");
}

} // namespace
} // namespace studio::renderer
