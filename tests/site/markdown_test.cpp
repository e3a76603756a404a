// SPDX-License-Identifier: Apache-2.0
#include "site/markdown.h"

#include <gmock/gmock.h>

namespace studio::site {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Markdown, RendersTheCommonElements) {
    EXPECT_EQ(markdown_to_html("One *two* **three**\n\n- a\n- b"),
              "<p>One <em>two</em> <strong>three</strong></p>\n<ul><li>a</li>\n<li>b</li>\n</ul>\n");
}

TEST(Markdown, ShowsRawHtmlAsText) {
    EXPECT_EQ(markdown_to_html("<script>alert(1)</script> <b onclick=x>y</b>"),
              "<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;b onclick=x&gt;y&lt;/b&gt;</p>\n");
}

TEST(Markdown, LinksOnlyToHarmlessSchemes) {
    EXPECT_EQ(markdown_to_html("[a](https://example.org/?a=1&b=2)"),
              "<p><a href=\"https://example.org/?a=1&amp;b=2\" rel=\"noopener nofollow\">a</a></p>\n");
    EXPECT_THAT(markdown_to_html("[a](mailto:a@b.example)"), HasSubstr("href=\"mailto:a@b.example\""));
    EXPECT_THAT(markdown_to_html("[a](tel:+6112345)"), HasSubstr("href=\"tel:+6112345\""));
    for (const char *hostile :
         {"[a](javascript:alert(1))", "[a](java&#115;cript:alert(1))", "[a](JAVASCRIPT:alert(1))",
          "[a](data:text/html,x)", "[a](//evil.example)", "[a](\tjavascript:alert(1))",
          "[a](&#106;avascript&colon;alert(1))", "<javascript:alert(1)>", "[a](vbscript:x)"}) {
        EXPECT_THAT(markdown_to_html(hostile), Not(HasSubstr("<a"))) << hostile;
    }
}

TEST(Markdown, KnowsSchemesInAnyCase) {
    for (const char *target : {"Https://example.com", "HTTPS://example.com", "hTTp://example.com",
                               "MailTo:a@b.example", "MAILTO:a@b.example", "Tel:+61412345678"}) {
        EXPECT_THAT(markdown_to_html(std::string("[a](") + target + ")"),
                    HasSubstr(std::string("href=\"") + target + '"'));
    }
    for (const char *hostile :
         {"JavaScript:alert(1)", "Data:text/html,x", "VBSCRIPT:x", "Httpss://x.example", "Https:evil"}) {
        EXPECT_THAT(markdown_to_html(std::string("[a](") + hostile + ")"), Not(HasSubstr("<a"))) << hostile;
    }
}

TEST(Markdown, EscapesQuotesInLinkTargets) {
    EXPECT_THAT(markdown_to_html("[a](<https://e.example/\" onmouseover=\"x>)"),
                Not(HasSubstr("\" onmouseover")));
}

TEST(Markdown, ShowsAnImagesTextAndNeverLoadsIt) {
    EXPECT_EQ(markdown_to_html("![view](https://tracker.example/x.gif)"), "<p>view</p>\n");
}

TEST(Markdown, StartsHeadingsBelowTheSectionAndLeavesNoGap) {
    EXPECT_EQ(markdown_to_html("# a\n\n### b\n\n# c"), "<h3>a</h3>\n<h4>b</h4>\n<h3>c</h3>\n");
    EXPECT_EQ(markdown_below_heading("#### a", 1), "<h2>a</h2>\n");
    EXPECT_EQ(markdown_to_html("### a\n\n### b\n\n## c"), "<h3>a</h3>\n<h3>b</h3>\n<h3>c</h3>\n");
}

TEST(Markdown, ClosesNothingThatItDidNotOpen) {
    EXPECT_EQ(markdown_to_html("[a](https://b~) c~"),
              "<p><a href=\"https://b~\" rel=\"noopener nofollow\">a</a> c</p>\n");
    EXPECT_EQ(markdown_to_html("~~a *b~~ c*"), "<p><del>a *b</del> c*</p>\n");
}

TEST(Markdown, LinksNothingWithinALink) {
    EXPECT_EQ(markdown_to_html("[a <https://b.example> c](tel:1)"),
              "<p><a href=\"tel:1\" rel=\"noopener nofollow\">a https://b.example c</a></p>\n");
}

TEST(Markdown, SurvivesInvalidUtf8AndControlCharacters) {
    EXPECT_EQ(markdown_to_html("a\xff\xfe\x01"), "<p>a\xEF\xBF\xBD\xEF\xBF\xBD</p>\n");
}

} // namespace
} // namespace studio::site
