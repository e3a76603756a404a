// SPDX-License-Identifier: Apache-2.0
#include "models/color/color.h"
#include "models/color/contrast.h"

#include <gtest/gtest.h>

using namespace studio::models;

TEST(Color, ReadsSixHexDigitsOfEitherCaseAndWritesLowerCase) {
    EXPECT_EQ(Color::parse("#8B4789"), Color(0x8b, 0x47, 0x89));
    EXPECT_EQ(Color::parse("#8B4789")->to_hex(), "#8b4789");
}

TEST(Color, RefusesEverythingElse) {
    for (const char *text : {"", "#", "8B4789", "#8B478", "#8B47890", "#8B478G", "#FFF", "red", "rgb(1,2,3)",
                             " #8B4789", "#8B4789 ", "#+84789", "#-84789", "#0x4789"}) {
        EXPECT_FALSE(Color::parse(text)) << text;
    }
}

TEST(Color, MixesAsCssColorMixInSrgbDoes) {
    EXPECT_EQ(Color(255, 255, 255).mixed_with(Color(0, 0, 0), 0.5), Color(128, 128, 128));
    EXPECT_EQ(Color(10, 20, 30).mixed_with(Color(200, 100, 50), 0), Color(10, 20, 30));
    EXPECT_EQ(Color(10, 20, 30).mixed_with(Color(200, 100, 50), 1), Color(200, 100, 50));
    EXPECT_EQ(Color(10, 20, 30).mixed_with(Color(200, 100, 50), 7), Color(200, 100, 50));
}

// Ratios published with WCAG's techniques and checked by hand from its formula.
TEST(Color, ContrastRatioFollowsWcag) {
    EXPECT_NEAR(contrast_ratio(Color(0, 0, 0), Color(255, 255, 255)), 21.0, 1e-9);
    EXPECT_NEAR(contrast_ratio(Color(255, 255, 255), Color(255, 255, 255)), 1.0, 1e-9);
    EXPECT_NEAR(contrast_ratio(*Color::parse("#777777"), Color(255, 255, 255)), 4.478, 0.001);
    EXPECT_NEAR(contrast_ratio(*Color::parse("#767676"), Color(255, 255, 255)), 4.542, 0.001);
    EXPECT_NEAR(contrast_ratio(*Color::parse("#ff0000"), Color(255, 255, 255)), 3.998, 0.001);
}

TEST(NearestPassing, LeavesAPassingColourAlone) {
    EXPECT_EQ(nearest_passing(Color(0x2c, 0x2c, 0x2c), {{Color(255, 255, 255), 4.5}}),
              Color(0x2c, 0x2c, 0x2c));
}

TEST(NearestPassing, FindsAShadeOfTheSameHueThatJustPasses) {
    const Color gold(0xd4, 0xaf, 0x37);
    const Color shade = nearest_passing(gold, {{Color(255, 255, 255), 4.5}});
    EXPECT_GE(contrast_ratio(shade, Color(255, 255, 255)), 4.5);
    EXPECT_LT(contrast_ratio(shade, Color(255, 255, 255)), 4.8);
    EXPECT_GT(shade.red(), shade.green());
    EXPECT_GT(shade.green(), shade.blue());
}

TEST(NearestPassing, NoGreyThatPassesIsNearerForAGrey) {
    const Color background(0xc8, 0xc8, 0xc8);
    const Color grey(0x90, 0x90, 0x90);
    const Color found = nearest_passing(grey, {{background, 4.5}});
    for (int value = 0; value < 256; ++value) {
        const Color other(static_cast<std::uint8_t>(value), static_cast<std::uint8_t>(value),
                          static_cast<std::uint8_t>(value));
        if (contrast_ratio(other, background) >= 4.5) {
            EXPECT_GE(perceptual_distance(grey, other) + 0.006, perceptual_distance(grey, found)) << value;
        }
    }
}
