// SPDX-License-Identifier: Apache-2.0
#include "models/color/contrast.h"
#include "models/color/palette.h"

#include <gtest/gtest.h>

#include <random>

using namespace studio::models;

namespace {

Color random_color(std::mt19937 &random) {
    const auto channel = [&] { return static_cast<std::uint8_t>(random() & 255U); };
    const auto red = channel();
    const auto green = channel();
    return Color(red, green, channel());
}

Theme random_theme(std::mt19937 &random) {
    Theme theme;
    for (const auto color : {&ThemeColors::primary, &ThemeColors::secondary, &ThemeColors::accent,
                             &ThemeColors::background, &ThemeColors::text, &ThemeColors::text_light,
                             &ThemeColors::success, &ThemeColors::error, &ThemeColors::warning}) {
        theme.colors.*color = random_color(random);
    }
    return theme;
}

void expect_readable(const Palette &palette, const std::string &what) {
    for (const Color background : {palette.background, palette.surface, palette.surface_strong}) {
        for (const Color text : {palette.text, palette.text_light, palette.heading, palette.link,
                                 palette.link_hover, palette.success, palette.error, palette.warning}) {
            ASSERT_GE(contrast_ratio(text, background), 4.5)
                << what << text.to_hex() << " on " << background.to_hex();
        }
        ASSERT_GE(contrast_ratio(palette.focus, background), 3.0) << what;
        ASSERT_GE(contrast_ratio(palette.control_border, background), 3.0) << what;
    }
    ASSERT_GE(contrast_ratio(palette.on_button, palette.button), 4.5) << what;
    ASSERT_GE(contrast_ratio(palette.on_button, palette.button_hover), 4.5) << what;
    ASSERT_GE(contrast_ratio(palette.on_secondary, palette.secondary), 4.5) << what;
    ASSERT_GE(contrast_ratio(palette.on_scrim, palette.scrim), 12) << what;
}

} // namespace

TEST(Palette, EveryTextIsReadableInAnyThemeOfThousands) {
    std::mt19937 random(20240611);
    for (int round = 0; round < 2000; ++round) {
        ASSERT_NO_FATAL_FAILURE(
            expect_readable(derive_palette(random_theme(random)), "theme " + std::to_string(round) + ": "));
    }
}

TEST(Palette, EveryTextIsReadableOnEveryGreyWithTheSameColourEverywhere) {
    for (int value = 0; value < 256; ++value) {
        const auto channel = static_cast<std::uint8_t>(value);
        Theme theme;
        const Color grey(channel, channel, channel);
        theme.colors = {grey, grey, grey, grey, grey, grey, grey, grey, grey};
        ASSERT_NO_FATAL_FAILURE(expect_readable(derive_palette(theme), grey.to_hex() + ": "));
    }
}

TEST(Palette, KeepsTheThemesOwnColoursWhereTheyPass) {
    const Theme theme;
    const Palette palette = derive_palette(theme);
    EXPECT_EQ(palette.background, theme.colors.background);
    EXPECT_EQ(palette.text, theme.colors.text);
    EXPECT_EQ(palette.heading, theme.colors.primary);
    EXPECT_EQ(palette.link, theme.colors.primary);
    EXPECT_EQ(palette.button, theme.colors.primary);
    EXPECT_NE(palette.surface, palette.background);
    EXPECT_NE(palette.surface_strong, palette.surface);
}

TEST(Palette, HeadingsFallBackToTheTextColourUnderAPalePrimary) {
    Theme theme;
    theme.colors.primary = Color(0xf8, 0xd0, 0xe0);
    const Palette palette = derive_palette(theme);
    EXPECT_EQ(palette.heading, palette.text);
    EXPECT_NE(palette.link, theme.colors.primary);
}

TEST(ContrastReport, TheDefaultThemePassesEverywhere) {
    for (const auto &pair : contrast_report(Theme())) {
        EXPECT_TRUE(pair.passes) << pair.name << " " << pair.ratio;
    }
}

TEST(ContrastReport, TakingTheNearestPassingColourMakesThatFieldPassEverywhere) {
    std::mt19937 random(7);
    int failing = 0;
    for (int round = 0; round < 300; ++round) {
        Theme theme = random_theme(random);
        for (const auto &pair : contrast_report(theme)) {
            EXPECT_EQ(pair.passes, contrast_ratio(pair.foreground, pair.background) >= pair.required);
            if (pair.passes || pair.foreground_pointer != "/colors/text") {
                continue;
            }
            ++failing;
            Theme fixed = theme;
            fixed.colors.text = pair.nearest_passing;
            for (const auto &after : contrast_report(fixed)) {
                if (after.foreground_pointer == "/colors/text") {
                    EXPECT_TRUE(after.passes) << after.name;
                }
            }
        }
    }
    EXPECT_GT(failing, 100);
}
