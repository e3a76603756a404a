// SPDX-License-Identifier: Apache-2.0
#include "site/style_sheet.h"
#include "site/text.h"

#include <gmock/gmock.h>

namespace studio::site {
namespace {

TEST(CleanText, KeepsValidTextAndReplacesWhatIsNot) {
    EXPECT_EQ(clean_text("Zoë – 東京\n\t😀"), "Zoë – 東京\n\t😀");
    EXPECT_EQ(clean_text("a\xC0\xAF"
                         "b\xED\xA0\x80"
                         "c\xF5"),
              "a\uFFFD\uFFFDb\uFFFD\uFFFD\uFFFDc\uFFFD");
    EXPECT_EQ(clean_text("a\x01\x7F\u202Eb"), "ab");
}

TEST(SafeUrl, AcceptsWebAddressesAndPathsOfThisHost) {
    EXPECT_EQ(safe_url("https://e.example/a?b=1#c"), "https://e.example/a?b=1#c");
    EXPECT_EQ(safe_url("HTTP://e.example/"), "HTTP://e.example/");
    EXPECT_EQ(safe_url("/media/a b,c\".jpg"), "/media/a%20b%2Cc%22.jpg");
    for (const char *refused : {"", "/", "//evil.example", "/\\evil.example", "javascript:x",
                                " https://e.example", "data:x", "x.jpg"}) {
        EXPECT_EQ(safe_url(refused), "") << refused;
    }
}

TEST(UrlOrigin, IsSchemeHostAndPortOrNothing) {
    EXPECT_EQ(url_origin("https://cdn.example:8443/a/b"), "https://cdn.example:8443");
    EXPECT_EQ(url_origin("https://user@host/"), "");
    EXPECT_EQ(url_origin("https://a;script-src *"), "");
    EXPECT_EQ(url_origin("/media/x"), "");
}

TEST(Summarised, CutsAtAWordAndNeverInsideOfALetter) {
    EXPECT_EQ(summarised("one two\nthree", 100), "one two three");
    EXPECT_EQ(summarised("one two three", 9), "one two…");
    EXPECT_EQ(summarised("東京東京", 3), "東京…");
}

TEST(PercentEncoded, LeavesNothingThatAddsAHeaderToAMail) {
    EXPECT_EQ(percent_encoded("a@b.example?bcc=c@d"), "a@b.example%3Fbcc%3Dc@d");
}

TEST(Scrim, MakesTextReadableOnAnyPhoto) {
    for (const models::Color primary :
         {models::Color(0x8b, 0x47, 0x89), models::Color(255, 240, 0), models::Color(0, 0, 0)}) {
        models::Theme theme;
        theme.colors.primary = primary;
        const models::Palette palette = models::derive_palette(theme);
        const double share = scrim_percent(palette) / 100.0;
        for (const models::Color photo :
             {models::Color(255, 255, 255), models::Color(0, 0, 0), models::Color(128, 128, 128)}) {
            EXPECT_GE(models::contrast_ratio(palette.on_scrim, photo.mixed_with(palette.scrim, share)), 4.5);
        }
    }
}

} // namespace
} // namespace studio::site
