// SPDX-License-Identifier: Apache-2.0
// What a booking must show before it is looked at: a token of ours, and that it comes from our own page.
#include "models/booking/booking_request.h"
#include "renderer/bookings/form_tokens.h"
#include "site/booking_form.h"

#include <gtest/gtest.h>

namespace studio::renderer {
namespace {

using namespace std::chrono_literals;
using State = FormTokens::State;
constexpr base::Time now{std::chrono::seconds(1'800'000'000)};
const models::TenantId tenant("3f0c0e3e-5a4b-4c6d-8e9f-000000000001");
const models::TenantId other_tenant("3f0c0e3e-5a4b-4c6d-8e9f-000000000002");

TEST(FormTokens, LastTwelveHoursFromTheThirdSecondOn) {
    const FormTokens tokens("a secret of the tests");
    const std::string token = tokens.issue(tenant, now);
    EXPECT_EQ(tokens.check(tenant, token, now), State::TooFast);
    EXPECT_EQ(tokens.check(tenant, token, now + 2s), State::TooFast);
    EXPECT_EQ(tokens.check(tenant, token, now + 3s), State::Sound);
    EXPECT_EQ(tokens.check(tenant, token, now + 12h), State::Sound);
    EXPECT_EQ(tokens.check(tenant, token, now + 12h + 1s), State::Expired);
    EXPECT_EQ(tokens.check(tenant, token, now - 1s), State::Sound) << "another replica's clock";
    EXPECT_EQ(tokens.check(tenant, token, now - 12h), State::Sound) << "a clock that was set back";
    EXPECT_EQ(tokens.check(tenant, token, now - 12h - 1s), State::Foreign);
    EXPECT_EQ(tokens.check(tenant, tokens.issue_filled(tenant, now), now), State::Sound);
}

TEST(FormTokens, AreOfOneTenantAndOneSecret) {
    const FormTokens tokens("a secret of the tests"), replica("a secret of the tests"), others("another one");
    const std::string token = tokens.issue(tenant, now);
    EXPECT_EQ(replica.check(tenant, token, now + 60s), State::Sound);
    EXPECT_EQ(tokens.check(other_tenant, token, now + 60s), State::Foreign);
    EXPECT_EQ(others.check(tenant, token, now + 60s), State::Foreign);
    EXPECT_NE(tokens.issue(tenant, now), token) << "no two are the same";
}

TEST(FormTokens, AreNothingOnceAnyCharacterIsAnother) {
    const FormTokens tokens("a secret of the tests");
    const std::string token = tokens.issue(tenant, now);
    EXPECT_LE(token.size(), 64u);
    for (std::size_t at = 0; at < token.size(); ++at) {
        std::string changed = token;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        EXPECT_EQ(tokens.check(tenant, changed, now + 60s), State::Foreign) << at;
    }
    for (const std::string &text :
         {std::string(), token + "A", token.substr(1), token + "=", std::string(10'000, 'A')}) {
        EXPECT_EQ(tokens.check(tenant, text, now + 60s), State::Foreign) << text.size();
    }
}

TEST(FormTokens, CarryTheVisitThatOpenedTheForm) {
    const FormTokens tokens("a secret of the tests");
    const Uuid visit = Uuid::random();
    const std::string token = tokens.issue(tenant, now, visit);
    EXPECT_EQ(tokens.visit(tenant, token), visit);
    EXPECT_EQ(tokens.visit(tenant, tokens.issue_filled(tenant, now, visit)), visit);
    EXPECT_EQ(tokens.visit(tenant, tokens.issue(tenant, now)), std::nullopt);
    EXPECT_EQ(tokens.visit(other_tenant, token), std::nullopt);
    EXPECT_EQ(FormTokens("another one").visit(tenant, token), std::nullopt);
    EXPECT_EQ(tokens.visit(tenant, "x"), std::nullopt);
}

TEST(BookingFields, AreThoseOfTheForm) {
    const auto fields = models::booking_fields();
    std::vector<std::string> asked(fields.begin(), fields.end());
    std::erase(asked, "preferred_date_end"); // for scripts: people say how long
    std::erase(asked, "client_time_zone");   // which the page's script adds
    EXPECT_EQ(asked, site::booking_field_names());
}

} // namespace
} // namespace studio::renderer
