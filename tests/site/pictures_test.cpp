// SPDX-License-Identifier: Apache-2.0
#include "fixture.h"
#include "models/color/palette.h"
#include "site/pages/tenant_page.h"
#include "site/style_sheet.h"

#include <gmock/gmock.h>

namespace studio::site {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::page_of;
using testing::rich_documents;
using testing::settings;

RenderedPage rendered(const models::Documents &documents, const std::string &layout) {
    return render_tenant_page(settings(), page_of(documents, layout));
}

TEST(Pictures, OfferAvifThenWebpAndTheJpegToEveryBrowser) {
    for (const char *layout : {"elegant", "modern", "minimal"}) {
        EXPECT_THAT(
            rendered(rich_documents(), layout).html,
            ContainsRegex("<picture><source type=\"image/avif\" srcset=\"[^\"]*-480.avif 480w, [^\"]*\" "
                          "sizes=\"[^\"]+\"><source type=\"image/webp\" srcset=\"[^\"]*-480.webp 480w, "
                          "[^\"]*\" sizes=\"[^\"]+\"><img class=\"hero-photo[^>]* "
                          "src=\"/media/claire/photo-101-3f2a9c81.jpg\" width=\"2400\" height=\"1600\""))
            << layout;
    }
}

TEST(Pictures, WithoutAvifKeepTheFormatsThatTheirDerivativesSay) {
    models::Documents documents = rich_documents();
    auto &derivatives = documents.photos["hero"]["control"]["derivatives"];
    derivatives =
        models::Json::array({{{"url", "/media/claire/old-480.webp"}, {"width", 480}},
                             {{"url", "/media/claire/old-960.jpg"}, {"width", 960}, {"format", "jpeg"}}});
    const RenderedPage webp = rendered(documents, "modern");
    EXPECT_THAT(webp.html,
                HasSubstr("<picture><source type=\"image/webp\" srcset=\"/media/claire/old-480.webp 480w\""));
    EXPECT_THAT(webp.html, Not(HasSubstr("old-960.jpg")));
    derivatives.erase(0);
    EXPECT_THAT(
        rendered(documents, "modern").html,
        ContainsRegex("<img class=\"hero-photo[^>]* srcset=\"/media/claire/old-960.jpg 960w\" sizes="));
    derivatives.clear();
    EXPECT_THAT(rendered(documents, "modern").html,
                ContainsRegex("<img class=\"hero-photo[^>]* src=\"[^>]*\" width="));
}

TEST(Pictures, BelowTheFoldAreLazyAndTheHeroIsPreloadedAsAvif) {
    const RenderedPage page = rendered(rich_documents(), "elegant");
    EXPECT_THAT(page.html, ContainsRegex("photo-5-[^>]*loading=\"lazy\" decoding=\"async\""));
    EXPECT_THAT(page.html, ContainsRegex("hero-photo[^>]*fetchpriority=\"high\""));
    EXPECT_THAT(page.preload.back(),
                ::testing::StartsWith("</media/claire/photo-101-3f2a9c81-960.avif>; rel=preload; "
                                      "as=image; fetchpriority=high; type=\"image/avif\"; "
                                      "imagesrcset=\"/media/claire/photo-101-3f2a9c81-480.avif 480w"));
}

TEST(Pictures, OfManyHaveOneFileOfEachFormatAndOneColour) {
    const std::string html = rendered(testing::crowded_documents(), "elegant").html;
    EXPECT_THAT(
        html,
        HasSubstr("<source type=\"image/avif\" srcset=\"/media/claire/photo-9-3f2a9c81-480.avif\"><img"));
    EXPECT_THAT(html, HasSubstr("src=\"/media/claire/photo-9-3f2a9c81-480.webp\" width="));
    EXPECT_THAT(html, ContainsRegex("\\.p[0-9]+\\{background:#[0-9a-f]{6}\\}"));
}

TEST(Pictures, ShowTheirColoursUntilTheyAreThere) {
    const std::string html = rendered(rich_documents(), "elegant").html;
    EXPECT_THAT(html, HasSubstr("{background:linear-gradient(#c5aea3,"))
        << "the mean of the first row's four";
    EXPECT_THAT(html, Not(HasSubstr("data:")));
    EXPECT_EQ(PageRules().placeholder("not colours", false), "");
    PageRules rules; // light comes from the left
    const std::string row = "f0f0f0a0a0a0606060202020";
    rules.placeholder(row + row + row, false);
    EXPECT_THAT(rules.css(),
                HasSubstr("{background:linear-gradient(90deg,#f0f0f0,#a0a0a0,#606060,#202020)}"));
}

TEST(Gallery, HasCaptionsBelowPhotosOnlyWhereEachHasOne) {
    models::Documents documents = rich_documents();
    EXPECT_THAT(rendered(documents, "elegant").html, HasSubstr("data-caption=\"Late light, Bronte\""));
    EXPECT_THAT(rendered(documents, "elegant").html, Not(HasSubstr("class=\"caption\"")));
    for (auto &photo : documents.photos["gallery"]) {
        photo["caption"] = "Late light";
    }
    EXPECT_THAT(rendered(documents, "elegant").html, HasSubstr("class=\"caption\""));
    EXPECT_THAT(rendered(documents, "elegant").html, Not(HasSubstr("data-caption")));
}

TEST(Scrim, IsAsWeakAsTheLuminanceOfThePhotoAllows) {
    const models::Palette palette = models::derive_palette(models::Theme{});
    int before = 0;
    for (const double luminance : {0.0, 0.05, 0.1, 0.18, 0.3, 0.5, 0.7, 1.0}) {
        const int percent = scrim_percent(palette, luminance);
        EXPECT_GE(percent, before) << luminance;
        before = percent;
        const auto contrast = [&](models::Color photo, int strength) {
            return models::contrast_ratio(palette.on_scrim,
                                          photo.mixed_with(palette.scrim, strength / 100.0));
        };
        for (int red = 0; red < 256; red += 15) {
            for (int green = 0; green < 256; green += 15) {
                for (int blue = 0; blue < 256; blue += 15) {
                    const models::Color photo(static_cast<std::uint8_t>(red),
                                              static_cast<std::uint8_t>(green),
                                              static_cast<std::uint8_t>(blue));
                    if (photo.luminance() <= luminance) {
                        EXPECT_GE(contrast(photo, percent), 4.5) << luminance << ' ' << photo.to_hex();
                    }
                }
            }
        }
    }
    EXPECT_EQ(scrim_percent(palette, 0.1), 0) << "white on a dark photo needs none";
    EXPECT_LT(scrim_percent(palette, 0.5), scrim_percent(palette, 1));
}

TEST(Scrim, OfAnElegantHeroFollowsItsPhotoAndOfAnUnknownOneIsThatOfAWhitePhoto) {
    models::Documents documents = rich_documents();
    const std::string known = rendered(documents, "elegant").html;
    EXPECT_THAT(known, HasSubstr("@media (max-width:29.99em){:root{--scrim:"));
    documents.photos["hero"]["control"].erase("luminance");
    const std::string unknown = rendered(documents, "elegant").html;
    const int strongest = scrim_percent(models::derive_palette(models::read_theme(documents.theme)));
    EXPECT_THAT(unknown, ContainsRegex("--scrim:rgb\\([0-9 ]+/" + std::to_string(strongest) + "%\\)"));
    EXPECT_THAT(unknown, Not(HasSubstr("@media (max-width:29.99em){:root{--scrim:")));
}

} // namespace
} // namespace studio::site
