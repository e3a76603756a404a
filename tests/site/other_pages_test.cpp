// SPDX-License-Identifier: Apache-2.0
#include "fixture.h"

#include <gmock/gmock.h>

namespace studio::site {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::page_of;
using testing::rich_documents;
using testing::settings;

TEST(BookingPage, WithoutATokenSaysHowToBookByHandAndHasNoForm) {
    const std::string html = render_booking_page(settings(), page_of(rich_documents()), {}).html;
    EXPECT_THAT(html, Not(HasSubstr("<form")));
    EXPECT_THAT(html,
                HasSubstr("mailto:claire@companionconnect.example?subject=Booking%20request&amp;body="));
    EXPECT_THAT(html, HasSubstr("tel:+61412345678"));
}

TEST(BookingPage, WithATokenShowsAFormThatPostsWithoutScripts) {
    const std::string html =
        render_booking_page(settings(), page_of(rich_documents()), {"token-7", "key-7", {}, {}}).html;
    EXPECT_THAT(html, HasSubstr("method=\"post\" action=\"/bookings\""));
    EXPECT_THAT(html, HasSubstr("name=\"token\" value=\"token-7\""));
    EXPECT_THAT(html, HasSubstr("name=\"idempotency_key\" value=\"key-7\""));
    for (const std::string &name : booking_field_names())
        EXPECT_THAT(html, HasSubstr(" name=\"" + name + '"'));
    EXPECT_THAT(html, HasSubstr("<option>Dinner Date</option>"));
    EXPECT_THAT(html, HasSubstr("Send booking request"));
}

TEST(BookingPage, LosesNothingTypedAndSaysWhatIsWrongBesideEachFieldAndAbove) {
    const std::string html =
        render_booking_page(settings(), page_of(rich_documents()), testing::filled_form()).html;
    EXPECT_THAT(html, HasSubstr("value=\"Robin Ames\""));
    EXPECT_THAT(html, HasSubstr("<option selected>Dinner Date</option>"));
    EXPECT_THAT(html, HasSubstr("<a href=\"#client_email\">Please give an e-mail address"));
    EXPECT_THAT(html, HasSubstr("id=\"client_email-error\">Please give an e-mail address"));
    EXPECT_THAT(html,
                HasSubstr("aria-invalid=\"true\" aria-describedby=\"client_email-hint client_email-error\""));
}

TEST(PrivacyPage, HasASoundDefaultAndTheTenantsOwnTextInItsPlace) {
    EXPECT_THAT(render_privacy_page(settings(), page_of(rich_documents())).html,
                HasSubstr("Global Privacy Control"));
    models::Documents documents = rich_documents();
    documents.content["privacyPolicy"] = "## Mine\n\nOwn words.";
    const std::string html = render_privacy_page(settings(), page_of(documents)).html;
    EXPECT_THAT(html, HasSubstr("<h2>Mine</h2>"));
    EXPECT_THAT(html, Not(HasSubstr("Global Privacy Control")));
}

TEST(LandingPage, ShowsEachCompanionInHerColours) {
    const RenderedPage page = render_landing_page(settings(), testing::showcase(4));
    EXPECT_THAT(page.html, HasSubstr("href=\"https://c0.companionconnect.example/\""));
    EXPECT_THAT(page.html, HasSubstr("--a:#8b4789"));
    EXPECT_THAT(page.html, HasSubstr("--a:#1f4b5b"));
    EXPECT_THAT(render_landing_page(settings(), {}).html, HasSubstr("preparing their sites"));
}

TEST(RobotsAndSitemap, NameThePagesOrCloseThem) {
    EXPECT_THAT(render_robots("https://a.example", true),
                HasSubstr("Sitemap: https://a.example/sitemap.xml"));
    EXPECT_EQ(render_robots("https://a.example", false), "User-agent: *\nDisallow: /\n");
    const std::string map = render_sitemap("https://a.example", {"/", "/privacy", "/<x>&"});
    EXPECT_THAT(map, HasSubstr("<loc>https://a.example/privacy</loc>"));
    EXPECT_THAT(map, HasSubstr("<loc>https://a.example/%3Cx%3E&amp;</loc>"));
}

} // namespace
} // namespace studio::site
