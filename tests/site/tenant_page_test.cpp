// SPDX-License-Identifier: Apache-2.0
#include "fixture.h"
#include "site/pages/notice_page.h"
#include "site/pages/tenant_page.h"
#include "site/policy.h"

#include <gmock/gmock.h>

#include <thread>

namespace studio::site {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::page_of;
using testing::rich_documents;
using testing::settings;

std::string html_of(const models::Documents &documents, const std::string &layout = {}) {
    return render_tenant_page(settings(), page_of(documents, layout)).html;
}

TEST(TenantPage, ShowsEveryPartOfARichTenantInEachLayout) {
    for (const char *layout : {"elegant", "modern", "minimal"}) {
        const std::string html = html_of(rich_documents(), layout);
        for (const char *shown :
             {"Claire Hamilton", "Unhurried evenings", "salt air", "Dinner Date", "A$1,500", "A$800",
              "A$2,900.50", "mailto:claire@companionconnect.example", "tel:+61412345678",
              "https://www.instagram.com/claire_hamilton", "until they turned the lights up",
              "Arrange an evening", "href=\"/book\"", "id=\"gate\"", "id=\"consent\"", "Late light, Bronte",
              "A deposit of 20 %", "application/ld+json", "og:title"}) {
            EXPECT_THAT(html, HasSubstr(shown)) << layout;
        }
    }
}

std::string html_with_phone(const char *phone) {
    models::Documents documents = rich_documents();
    documents.content["contact"]["phone"] = phone;
    return html_of(documents);
}

TEST(TenantPage, DialsTheSameNumberHoweverItIsWritten) {
    for (const char *phone :
         {"+44 (0)20 7946 0958", "+442079460958", "0044 20 7946 0958", "+44 20-7946-0958",
          "\u202D+44 20 7946 0958\u202C", "Tel.: +44 20 7946 0958", "0011 44 20 7946 0958"}) {
        EXPECT_THAT(html_with_phone(phone), HasSubstr("href=\"tel:+442079460958\"")) << phone;
        EXPECT_THAT(html_with_phone(phone), HasSubstr("\"telephone\":\"+442079460958\"")) << phone;
    }
    EXPECT_THAT(html_with_phone("0412 345 678"), HasSubstr("href=\"tel:+61412345678\""))
        << "by the companion's country";
    EXPECT_THAT(html_with_phone("0412 345 678 ext 12"), HasSubstr("href=\"tel:+61412345678;ext=12\""));
}

TEST(TenantPage, LinksEachOfTwoNumbers) {
    const std::string html = html_with_phone("0412 345 678 / 0413 456 789");
    EXPECT_THAT(html, HasSubstr("href=\"tel:+61412345678\""));
    EXPECT_THAT(html, HasSubstr("href=\"tel:+61413456789\""));
    EXPECT_THAT(html, HasSubstr(">0412 345 678</a>, <a "));
}

TEST(TenantPage, LinksNoNumberThatNobodyCouldDial) {
    for (const char *phone :
         {"0412 345 678 0413 456 789", "on request", "Call me 0412-345-678 thanks", "123"}) {
        EXPECT_THAT(html_with_phone(phone), Not(HasSubstr("href=\"tel:"))) << phone;
        EXPECT_THAT(html_with_phone(phone), HasSubstr(phone));
    }
}

std::string repeated(const std::string &letter, int times) {
    std::string text;
    for (int time = 0; time < times; ++time) {
        text += letter;
    }
    return text;
}

TEST(TenantPage, DescriptionsAreCutByWhatPeopleCount) {
    for (const char *letter : {"я", "東", "é", "e\u0308", "\U0001F338", "a"}) {
        models::Documents documents = rich_documents();
        documents.content["seo"]["description"] = documents.content["shortBio"] = repeated(letter, 150);
        const std::string shown = models::read_content(documents.content).short_bio;
        EXPECT_THAT(html_of(documents), HasSubstr("content=\"" + shown + '"')) << letter;
        EXPECT_THAT(html_of(documents), HasSubstr("\"description\":\"" + shown + '"')) << letter;
        documents.content["seo"]["description"] = repeated(letter, 201);
        EXPECT_THAT(html_of(documents), HasSubstr("…\"")) << letter;
    }
}

TEST(TenantPage, PointsFromEachElementToItsField) {
    const std::string html = html_of(rich_documents());
    for (const char *pointer :
         {"/content/name", "/content/tagline", "/content/bio", "/content/services/0/name",
          "/content/services/6/price", "/content/pricing/hourly", "/content/pricing/customRates/1",
          "/content/contact/email", "/content/socialMedia/bluesky", "/content/testimonials/3/quote",
          "/content/cta/label", "/photos/hero/control", "/photos/gallery/11", "/photos/testimonials/0",
          "/content/consent/message", "/content/bookingTerms"}) {
        EXPECT_THAT(html, HasSubstr("data-field=\"" + std::string(pointer) + '"'));
    }
}

TEST(TenantPage, ShowsTheVariantsPhotoAndTheControlForAnUnknownVariant) {
    TenantPage page = page_of(rich_documents());
    page.hero_variant = "warm";
    const std::string html = render_tenant_page(settings(), page).html;
    EXPECT_THAT(html, HasSubstr("photo-102-"));
    EXPECT_THAT(html, Not(HasSubstr("photo-101-")));
    EXPECT_THAT(html, HasSubstr("data-field=\"/photos/hero/variants/0\""));
    page.hero_variant = "gone";
    EXPECT_THAT(render_tenant_page(settings(), page).html, HasSubstr("photo-101-"));
}

TEST(TenantPage, TakesPicturesFromTheConfiguredPlace) {
    SiteSettings elsewhere = settings();
    elsewhere.media_base = "https://cdn.example/bucket";
    const RenderedPage page = render_tenant_page(elsewhere, page_of(rich_documents()));
    EXPECT_THAT(page.html, HasSubstr("src=\"https://cdn.example/bucket/claire/photo-101-"));
    EXPECT_THAT(page.html, Not(HasSubstr("\"/media/")));
    EXPECT_THAT(content_security_policy(elsewhere, page), HasSubstr("img-src 'self' https://cdn.example;"));
}

TEST(TenantPage, ShowsNoPictureByTheAddressOfAServerAndAllowsNone) {
    for (const char *base : {"/media", "https://cdn.example/bucket"}) {
        SiteSettings site = settings();
        site.media_base = base;
        TenantPage page = page_of(rich_documents());
        page.photos.hero.control.url = "https://tracker.example/pixel.jpg";
        page.photos.gallery.front().url = "https://cdn.example/bucket-of-others/x.jpg";
        page.photos.gallery.front().derivatives = {
            {"https://cdn.example/bucket/bea/pasted-480.webp", 480, "webp"}};
        page.photos.gallery.back().url = "https://cdn.example/bucket/bea/pasted-1600.jpg";
        page.content.seo.og_image = "https://tracker.example/share.jpg";
        const RenderedPage rendered = render_tenant_page(site, page);
        EXPECT_THAT(rendered.html, Not(HasSubstr("tracker.example")));
        EXPECT_THAT(rendered.html, Not(HasSubstr("bucket-of-others")));
        EXPECT_THAT(rendered.html, Not(HasSubstr("pasted")));
        EXPECT_THAT(content_security_policy(site, rendered), Not(HasSubstr("tracker.example")));
    }
}

TEST(TenantPage, NamesTheVariantsItShowsAndWhatTheyChange) {
    for (const char *layout : {"elegant", "modern", "minimal"}) {
        TenantPage page = page_of(rich_documents(), layout);
        EXPECT_THAT(render_tenant_page(settings(), page).html,
                    HasSubstr(" data-hero=\"control\" data-tests=\"\">"));
        page.exposures = testing::exposures();
        EXPECT_THAT(render_tenant_page(settings(), page).html,
                    HasSubstr(" data-hero=\"warm\" data-tests=\"00000000-0000-4000-8000-000000000001:warm "
                              "00000000-0000-4000-8000-000000000002:by%20light "
                              "00000000-0000-4000-8000-000000000003:short%3Aer "
                              "00000000-0000-4000-8000-000000000004:control\" "
                              "data-elements=\"hero_photo gallery_order cta layout\">"));
    }
}

TEST(TenantPage, CarriesWhatTheVisitScriptReportsInEachLayout) {
    for (const char *layout : {"elegant", "modern", "minimal"}) {
        const std::string html = html_of(rich_documents(), layout);
        for (const char *marked :
             {"<body class", "hero-photo", "data-photo=\"photo-5\"", "id=\"rates\"", "<form class=\"form\"",
              "data-booking", "data-event=\"email_click\"", "data-event=\"phone_click\"",
              "data-event=\"social_click\" data-platform=\"instagram\"", "/static/visit.", "/static/book."}) {
            EXPECT_THAT(html, HasSubstr(marked)) << layout;
        }
    }
}

TEST(TenantPage, HasAHiddenBookingFormBesideTheLinkThatWorksWithoutScripts) {
    const std::string html = html_of(rich_documents());
    EXPECT_THAT(html, HasSubstr("<a class=\"btn\" href=\"/book\""));
    EXPECT_THAT(
        html,
        HasSubstr(
            "data-who=\"Claire\" data-response=\"within a day\" data-zone=\"Australia/Sydney\" hidden>"));
    for (const std::string &name : booking_field_names()) {
        if (name == "place_kind" || name == "place") {
            continue; // only shown where times are offered
        }
        EXPECT_THAT(html, HasSubstr(" name=\"" + name + '"'));
    }
    EXPECT_THAT(html, HasSubstr("name=\"token\" value=\"\""));
}

TEST(TenantPage, IsTheSameBytesEveryTimeAndOnEveryThread) {
    const TenantPage page = page_of(testing::crowded_documents());
    const std::string expected = render_tenant_page(settings(), page).html;
    std::vector<std::thread> threads;
    std::atomic<int> different = 0;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 25; ++round) {
                if (render_tenant_page(settings(), page).html != expected) {
                    ++different;
                }
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    EXPECT_EQ(different, 0);
}

TEST(TenantPage, LeavesOutPartsThatHaveNothingToShow) {
    for (const char *layout : {"elegant", "modern", "minimal"}) {
        const std::string html = html_of(testing::sparse_documents(), layout);
        for (const char *absent :
             {"id=\"services\"", "id=\"rates\"", "id=\"gallery\"", "id=\"words\"", "tel:"}) {
            EXPECT_THAT(html, Not(HasSubstr(absent))) << layout;
        }
        EXPECT_THAT(html, HasSubstr("Emma")) << layout;
    }
}

TEST(TenantPage, RendersFromEmptyDocuments) {
    for (const char *layout : {"elegant", "modern", "minimal"}) {
        EXPECT_THAT(html_of({}, layout), HasSubstr("</html>"));
    }
}

TEST(TenantPage, HasNeitherStyleAttributesNorInlineScripts) {
    for (const auto &sample : testing::samples()) {
        const std::string html = html_of(sample.documents);
        EXPECT_THAT(html, Not(HasSubstr(" style=")));
        EXPECT_THAT(html, Not(HasSubstr("<script>")));
    }
}

TEST(TenantPage, NamesTheHashOfItsOneStyleSheet) {
    const RenderedPage page = render_tenant_page(settings(), page_of(rich_documents()));
    ASSERT_EQ(page.style_hashes.size(), 1u);
    EXPECT_EQ(page.style_hashes[0].size(), 44u);
    EXPECT_THAT(content_security_policy(settings(), page),
                HasSubstr("style-src 'sha256-" + page.style_hashes[0] + "'"));
    EXPECT_THAT(content_security_policy(settings(), page), Not(HasSubstr("unsafe")));
}

TEST(TenantPage, PutsInTheTenantsOwnCssScoped) {
    models::Documents documents = rich_documents();
    documents.theme["customCss"] = "h1{letter-spacing:2px} @import 'x'; p{background:url(x)}";
    const std::string html = html_of(documents);
    EXPECT_THAT(html, HasSubstr(".site h1{letter-spacing:2px}"));
    EXPECT_THAT(html, Not(HasSubstr("@import")));
}

TEST(TenantPage, ListsRatesFromTheLeastToTheMost) {
    models::Documents documents = rich_documents();
    documents.content["pricing"] = {
        {"hourly", 800},
        {"overnight", 5000},
        {"weekend", 12000},
        {"currency", "AUD"},
        {"customRates",
         {{{"duration", "One week"}, {"price", 30000}}, {{"duration", "Full day"}, {"price", 6500}}}}};
    const std::string html = html_of(documents);
    std::size_t before = html.find("id=\"rates\"");
    for (const char *label : {">One hour<", ">Overnight<", ">Full day<", ">Weekend<", ">One week<"}) {
        const std::size_t at = html.find(label, before);
        ASSERT_NE(at, std::string::npos) << label;
        before = at;
    }
}

TEST(TenantPage, BreaksAnEmailAddressOnlyBehindItsSigns) {
    EXPECT_THAT(html_of(rich_documents()), HasSubstr(">claire@<wbr>companionconnect.<wbr>example</a>"));
}

TEST(TenantPage, HasAMenuThatNeedsNoScriptAndABarForBookingInEachLayout) {
    for (const char *layout : {"elegant", "modern", "minimal"}) {
        const std::string html = html_of(rich_documents(), layout);
        EXPECT_THAT(html, HasSubstr("<details class=\"menu\"><summary>Menu</summary>")) << layout;
        EXPECT_THAT(html, HasSubstr("<p class=\"sticky\"><a class=\"btn\" href=\"#booking\"")) << layout;
        EXPECT_THAT(html, Not(HasSubstr("<img alt"))) << "an img without an address";
        EXPECT_THAT(html, Not(HasSubstr("role=\"list\"")));
    }
}

TEST(NoticePage, ShowsThreeCompanionsWhereThereAreAny) {
    const auto companions = testing::showcase(5);
    const std::string html = render_notice_page(settings(), NoticeKind::NotFound, companions).html;
    EXPECT_THAT(html, HasSubstr("href=\"https://c2.companionconnect.example/\""));
    EXPECT_THAT(html, Not(HasSubstr("href=\"https://c3.")));
    EXPECT_THAT(render_notice_page(settings(), NoticeKind::NotFound).html, Not(HasSubstr("class=\"cards\"")));
}

TEST(NotFoundPage, OfACompanionsSiteIsInHerLookAndLeadsToHerHomePage) {
    const TenantPage page = page_of(rich_documents());
    const RenderedPage shown = render_not_found_page(settings(), page);
    EXPECT_THAT(shown.html, HasSubstr("<h1>Page not found</h1>"));
    EXPECT_THAT(shown.html, HasSubstr("<a class=\"btn\" href=\"/\">Go to " + page.content.name));
    EXPECT_THAT(shown.html, HasSubstr("<a class=\"brand\" href=\"/\""));
    EXPECT_THAT(shown.html, HasSubstr("noindex"));
    EXPECT_THAT(shown.html, Not(HasSubstr("/static/visit."))) << "it is no visit";
}

TEST(NoticePage, SaysWhatHappenedAndLeadsHome) {
    const RenderedPage page = render_notice_page(settings(), NoticeKind::NotFound);
    EXPECT_THAT(page.html, HasSubstr("Page not found"));
    EXPECT_THAT(page.html, HasSubstr("href=\"https://companionconnect.example/\""));
    EXPECT_THAT(page.html, HasSubstr("noindex"));
}

} // namespace
} // namespace studio::site
