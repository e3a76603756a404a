// SPDX-License-Identifier: Apache-2.0
// Strings in every field that try to become markup. pages.mjs checks the same in a real browser.
#include "fixture.h"
#include "models/json/json.h"
#include "site/pages/booking_page.h"
#include "site/pages/notice_page.h"
#include "site/pages/privacy_page.h"
#include "site/pages/tenant_page.h"
#include "site/policy.h"

#include <gmock/gmock.h>

#include <optional>

namespace studio::site {
namespace {

using namespace testing;

// What stands inside of tags, with the values of attributes taken out: element names, attribute names,
// quotes.
std::string tag_skeleton(const std::string &html) {
    std::string skeleton;
    char quote = 0;
    bool in_tag = false;
    for (std::size_t i = 0; i < html.size(); ++i) {
        const char c = html[i];
        if (!in_tag) {
            if (html.compare(i, 7, "<style>") == 0) {
                i = html.find("</style>", i);
            } else if (html.compare(i, 35, "<script type=\"application/ld+json\">") == 0) {
                i = html.find("</script>", i);
            }
            in_tag = html[i] == '<';
        } else if (quote) {
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            in_tag = false;
        } else {
            skeleton += c;
        }
        if (in_tag && c == '<') {
            skeleton += '<';
        }
    }
    return skeleton;
}

std::optional<models::Json> json_ld(const std::string &html) {
    const std::string opening = "<script type=\"application/ld+json\">";
    const std::size_t start = html.find(opening);
    if (start == std::string::npos) {
        return std::nullopt;
    }
    const std::size_t end = html.find("</script>", start);
    return models::Json::parse(html.substr(start + opening.size(), end - start - opening.size()), nullptr,
                               false);
}

void expect_harmless(const RenderedPage &page) {
    const std::string skeleton = tag_skeleton(page.html);
    EXPECT_EQ(skeleton.find(hostile_mark()), std::string::npos)
        << skeleton.substr(skeleton.find(hostile_mark()), 80);
    for (const char *never :
         {" onerror", " onload", " onfocus", " onmouseover", "<iframe", "<svg", "<b ", "srcdoc"}) {
        EXPECT_EQ(skeleton.find(never), std::string::npos) << never;
    }
    for (const char *never : {"href=\"javascript:", "href=\"java",
                              "src=\"javascript:", "src=\"data:", "href=\"data:", "action=\"javascript:"}) {
        EXPECT_EQ(page.html.find(never), std::string::npos) << never;
    }
    const std::size_t style = page.html.find("<style>");
    EXPECT_EQ(page.html.substr(style, page.html.find("</style>") - style).find("evil"), std::string::npos);
    const auto data = json_ld(page.html);
    EXPECT_FALSE(data && data->is_discarded());
}

TEST(HostileDocuments, BecomeTextInEveryPlaceOfEveryLayout) {
    for (const bool urls : {false, true}) {
        for (const char *layout : {"elegant", "modern", "minimal"}) {
            SCOPED_TRACE(std::string(layout) + (urls ? " with urls" : ""));
            TenantPage page = page_of(hostile_documents(urls), layout);
            page.exposures = {{"\"><b data-hostile>", "' data-hostile ", "cta\" data-hostile=\""}};
            expect_harmless(render_tenant_page(settings(), page));
            expect_harmless(render_privacy_page(settings(), page));
            expect_harmless(render_booking_page(settings(), page, hostile_form()));
            expect_harmless(render_booking_page(settings(), page, {}));
            expect_harmless(render_booking_confirmation(settings(), page));
            expect_harmless(render_not_found_page(settings(), page));
            expect_harmless(render_forgotten_page(settings(), page, "\"><b data-hostile>"));
        }
    }
    expect_harmless(render_landing_page(settings(), hostile_showcase()));
}

TEST(HostileDocuments, LeaveAPolicyOfOneLineWithoutUnsafeSources) {
    const RenderedPage page = render_tenant_page(settings(), page_of(hostile_documents(true)));
    const std::string policy = content_security_policy(settings(), page);
    EXPECT_EQ(policy.find_first_of("\r\n<>\"{}"), std::string::npos) << policy;
    EXPECT_EQ(policy.find("unsafe"), std::string::npos);
    EXPECT_EQ(policy.find("data:"), std::string::npos);
    for (const std::string &link : page.preload) {
        EXPECT_EQ(link.find_first_of("\r\n"), std::string::npos) << link;
    }
}

TEST(HostileDocuments, AreCaughtWhereEscapingWereMissing) {
    EXPECT_NE(tag_skeleton("<p title=\"\"><b data-hostile>x").find(hostile_mark()), std::string::npos);
    EXPECT_EQ(tag_skeleton("<p title=\"data-hostile\">data-hostile</p>").find(hostile_mark()),
              std::string::npos);
}

} // namespace
} // namespace studio::site
