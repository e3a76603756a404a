// SPDX-License-Identifier: Apache-2.0
#include "media/apply_edits.h"
#include "media/asset_store.h"

#include <gmock/gmock.h>

#include <cmath>
#include <random>
#include <set>

namespace studio::media {
namespace {

using Rgb = std::array<unsigned char, 3>;

Pixels flat(int width, int height, const Rgb &color) {
    Pixels pixels{width, height, {}};
    for (int i = 0; i < width * height; ++i) {
        pixels.rgb.insert(pixels.rgb.end(), color.begin(), color.end());
    }
    return pixels;
}

void set(Pixels &pixels, int x, int y, const Rgb &color) {
    std::copy(color.begin(), color.end(),
              pixels.rgb.begin() + static_cast<std::ptrdiff_t>(pixels.index(x, y)));
}

Pixels noise(int width, int height) {
    std::mt19937 random(7);
    Pixels pixels{width, height, {}};
    pixels.rgb.resize(pixels.index(0, height));
    for (auto &value : pixels.rgb) {
        value = static_cast<unsigned char>(random() % 256);
    }
    return pixels;
}

PictureEdits covered(Cover::Kind kind, Cover::Shape shape, const Region &region,
                     const std::string &color = {}) {
    PictureEdits edits;
    edits.covers = {{kind, shape, region, color}};
    return edits;
}

// Whether the middle of a pixel lies in the region when that is `grown` times as wide and high.
bool inside(const Pixels &picture, Cover::Shape shape, const Region &region, double grown, int x, int y) {
    const double dx = ((x + 0.5) / picture.width - region.x - region.width / 2) / (region.width / 2 * grown);
    const double dy =
        ((y + 0.5) / picture.height - region.y - region.height / 2) / (region.height / 2 * grown);
    return shape == Cover::Shape::Ellipse ? dx * dx + dy * dy <= 1 : std::abs(dx) <= 1 && std::abs(dy) <= 1;
}

TEST(Edits, UnderAFillEveryPixelIsTheFillAndFarFromItNoneIsChanged) {
    const Pixels before = noise(400, 300);
    const Region region{0.4, 0.3, 0.2, 0.3};
    for (const auto shape : {Cover::Shape::Ellipse, Cover::Shape::Rectangle}) {
        const Pixels after = with_edits(before, covered(Cover::Kind::Fill, shape, region, "#336699"));
        for (int y = 0; y < before.height; ++y) {
            for (int x = 0; x < before.width; ++x) {
                if (inside(before, shape, region, 1.149, x, y)) {
                    ASSERT_EQ(after.at(x, y), (Rgb{0x33, 0x66, 0x99})) << x << ", " << y;
                } else if (!inside(before, shape, region, 1.5, x, y)) {
                    ASSERT_EQ(after.at(x, y), before.at(x, y)) << x << ", " << y;
                }
            }
        }
    }
}

TEST(Edits, AFillWithoutAColourTakesThatOfItsSurroundingsAndNothingOfWhatItHides) {
    Pixels picture = flat(200, 200, {90, 120, 60});
    for (int y = 60; y < 140; ++y) {
        for (int x = 60; x < 140; ++x) {
            set(picture, x, y, {255, 0, 255});
        }
    }
    const Pixels after =
        with_edits(picture, covered(Cover::Kind::Fill, Cover::Shape::Rectangle, {0.3, 0.3, 0.4, 0.4}));
    EXPECT_EQ(after, flat(200, 200, {90, 120, 60}));
}

TEST(Edits, AFillOverTheWholePictureLeavesOneColour) {
    const Pixels after = with_edits(noise(50, 40), covered(Cover::Kind::Fill, Cover::Shape::Rectangle, {}));
    EXPECT_EQ(after, flat(50, 40, {128, 128, 128}));
}

// How strongly the differences between neighbouring pixels of two pictures correlate, -1 to 1: a measure of
// common detail.
double correlation_of_detail(const Pixels &one, const Pixels &other, int left, int top, int right,
                             int bottom) {
    double products = 0, squares_of_one = 0, squares_of_other = 0;
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x + 1 < right; ++x) {
            const double step = one.at(x + 1, y)[1] - one.at(x, y)[1];
            const double other_step = other.at(x + 1, y)[1] - other.at(x, y)[1];
            products += step * other_step;
            squares_of_one += step * step;
            squares_of_other += other_step * other_step;
        }
    }
    return squares_of_other == 0 ? 0 : products / std::sqrt(squares_of_one * squares_of_other);
}

TEST(Edits, AMosaicLeavesAtMost36ColoursOf16LevelsAndNoDetail) {
    Pixels before = noise(600, 600);
    for (int y = 0; y < 600; ++y) { // stripes, as of hair or letters
        for (int x = 0; x < 600; ++x) {
            if (x / 5 % 2 == 0) {
                set(before, x, y, {20, 20, 20});
            }
        }
    }
    const Region region{0.25, 0.25, 0.5, 0.5};
    const Pixels after = with_edits(before, covered(Cover::Kind::Mosaic, Cover::Shape::Rectangle, region));
    std::set<Rgb> colors;
    for (int y = 150; y < 450; ++y) {
        for (int x = 150; x < 450; ++x) {
            const Rgb color = after.at(x, y);
            colors.insert(color);
            for (const int value : color) {
                ASSERT_EQ(value % 17, 0);
            }
        }
    }
    EXPECT_LE(colors.size(), 36u);
    EXPECT_LT(std::abs(correlation_of_detail(before, after, 150, 150, 450, 450)), 0.15);
    EXPECT_GT(correlation_of_detail(before, before, 150, 150, 450, 450), 0.99);
    EXPECT_EQ(after.at(10, 10), before.at(10, 10));
}

TEST(Edits, AMosaicsCellsHaveTheirMeanColours) {
    Pixels picture = flat(600, 600, {200, 200, 200});
    for (int y = 0; y < 600; ++y) {
        for (int x = 0; x < 300; ++x) {
            set(picture, x, y, {40, 40, 40});
        }
    }
    const Pixels after =
        with_edits(picture, covered(Cover::Kind::Mosaic, Cover::Shape::Rectangle, {0.25, 0.25, 0.5, 0.5}));
    EXPECT_NEAR(after.at(200, 300)[0], 40, 4 + 9);
    EXPECT_NEAR(after.at(400, 300)[0], 200, 4 + 9);
}

TEST(Edits, ALongMosaicHasSixCellsOverItsLongerSideOnly) {
    const Pixels after = with_edits(
        noise(600, 600), covered(Cover::Kind::Mosaic, Cover::Shape::Rectangle, {0.1, 0.45, 0.8, 0.1}));
    int changes = 0;
    for (int x = 60; x < 539; ++x) {
        changes += after.at(x, 300) != after.at(x + 1, 300) ? 1 : 0;
        ASSERT_EQ(after.at(x, 275), after.at(x, 325)) << "more than one row of cells";
    }
    EXPECT_LE(changes, 5);
}

TEST(Edits, AreTheSameEachTime) {
    const auto edits = covered(Cover::Kind::Mosaic, Cover::Shape::Ellipse, {0.2, 0.2, 0.5, 0.5});
    EXPECT_EQ(with_edits(noise(200, 150), edits), with_edits(noise(200, 150), edits));
}

TEST(Edits, CoversCanBeLeftOutToShowWhatTheyHide) {
    const auto edits = covered(Cover::Kind::Fill, Cover::Shape::Ellipse, {0.2, 0.2, 0.5, 0.5});
    EXPECT_EQ(with_edits(noise(200, 150), edits, Covers::LeftOut), noise(200, 150));
    EXPECT_NE(with_edits(noise(200, 150), edits), noise(200, 150));
}

TEST(Edits, AQuarterTurnIsClockwiseAndFourAreNone) {
    Pixels picture = noise(40, 30);
    set(picture, 0, 0, {255, 0, 0});
    PictureEdits edits;
    edits.quarter_turns = 1;
    const Pixels turned = with_edits(picture, edits);
    EXPECT_EQ(turned.width, 30);
    EXPECT_EQ(turned.height, 40);
    EXPECT_EQ(turned.at(29, 0), (Rgb{255, 0, 0}));
    EXPECT_EQ(with_edits(with_edits(with_edits(turned, edits), edits), edits), picture);
    edits.quarter_turns = 2;
    const Pixels half = with_edits(picture, edits);
    EXPECT_EQ(half.at(39, 29), (Rgb{255, 0, 0}));
    edits.quarter_turns = 3;
    EXPECT_EQ(with_edits(picture, edits).at(0, 39), (Rgb{255, 0, 0}));
}

// The picture's rim is black: if a corner of the result were outside the picture, it would be black.
TEST(Edits, StraighteningLeavesNoEmptyCornerAndKeepsTheShape) {
    for (const double degrees : {-15.0, -3.0, 0.5, 8.0, 15.0}) {
        Pixels picture = flat(600, 400, {250, 250, 250});
        for (int x = 0; x < 600; ++x) {
            set(picture, x, 0, {0, 0, 0});
            set(picture, x, 399, {0, 0, 0});
        }
        for (int y = 0; y < 400; ++y) {
            set(picture, 0, y, {0, 0, 0});
            set(picture, 599, y, {0, 0, 0});
        }
        PictureEdits edits;
        edits.straighten = degrees;
        const Pixels after = with_edits(picture, edits);
        EXPECT_LT(after.width, 600) << degrees;
        EXPECT_GT(after.width, 300) << degrees;
        EXPECT_NEAR(static_cast<double>(after.width) / after.height, 1.5, 0.02) << degrees;
        int dark = 0;
        for (int y = 0; y < after.height; ++y) {
            for (int x = 0; x < after.width; ++x) {
                dark += after.at(x, y)[0] < 200 ? 1 : 0;
            }
        }
        // Two corners touch the rim, along a line of this length at the most.
        EXPECT_LT(dark, 2 * (2 + static_cast<int>(2 / std::sin(std::abs(degrees) * 3.14159 / 180))))
            << degrees;
    }
}

TEST(Edits, StraighteningTurnsClockwise) {
    Pixels picture = flat(300, 300, {0, 0, 0});
    for (int x = 0; x < 300; ++x) {
        for (int y = 145; y < 155; ++y) {
            set(picture, x, y, {255, 255, 255});
        }
    }
    PictureEdits edits;
    edits.straighten = 10;
    const Pixels after = with_edits(picture, edits);
    const auto brightest_row = [&](int x) {
        int sum = 0, count = 0;
        for (int y = 0; y < after.height; ++y) {
            if (after.at(x, y)[0] > 128) {
                sum += y;
                ++count;
            }
        }
        return sum / std::max(1, count);
    };
    EXPECT_LT(brightest_row(5), after.height / 2 - 10) << "the left end goes up";
    EXPECT_GT(brightest_row(after.width - 6), after.height / 2 + 10);
}

TEST(Edits, ACropIsOfThePictureAsItIsAfterTurning) {
    Pixels picture = flat(400, 200, {10, 10, 10});
    for (int y = 0; y < 100; ++y) {
        for (int x = 0; x < 100; ++x) {
            set(picture, x, y, {250, 0, 0});
        }
    }
    PictureEdits edits;
    edits.quarter_turns = 1;
    edits.crop = Region{0.5, 0, 0.5, 0.25};
    EXPECT_EQ(with_edits(picture, edits), flat(100, 100, {250, 0, 0}));
}

TEST(Edits, RefuseNumbersOutOfTheirRange) {
    const Pixels picture = flat(60, 40, {1, 2, 3});
    std::vector<PictureEdits> wrong(3);
    wrong[0].quarter_turns = 4;
    wrong[1].straighten = 15.1;
    wrong[2].straighten = std::nan("");
    for (const Region &region : {Region{0.5, 0, 0.6, 1}, Region{-0.1, 0, 0.5, 1}, Region{0, 0, 0, 1},
                                 Region{0, 0, 1, std::nan("")}}) {
        wrong.push_back(covered(Cover::Kind::Fill, Cover::Shape::Ellipse, region));
        wrong.emplace_back().crop = region;
    }
    wrong.push_back(covered(Cover::Kind::Fill, Cover::Shape::Ellipse, {}, "red"));
    for (const PictureEdits &edits : wrong) {
        EXPECT_THROW(with_edits(picture, edits), Error) << to_text(edits);
    }
    PictureEdits nothing;
    nothing.crop = Region{0, 0, 0.001, 0.001};
    EXPECT_THROW(with_edits(picture, nothing), Error);
}

TEST(Edits, HaveATextThatDiffersWithEachOfThem) {
    std::vector<PictureEdits> all(4);
    all[1].quarter_turns = 1;
    all[2].straighten = 0.1;
    all[3].crop = Region{0, 0, 0.5, 0.5};
    for (const auto kind : {Cover::Kind::Fill, Cover::Kind::Mosaic}) {
        for (const auto shape : {Cover::Shape::Ellipse, Cover::Shape::Rectangle}) {
            all.push_back(covered(kind, shape, {0.1, 0.1, 0.2, 0.2}));
        }
    }
    all.push_back(covered(Cover::Kind::Fill, Cover::Shape::Ellipse, {0.1, 0.1, 0.2, 0.2}, "#000000"));
    all.push_back(covered(Cover::Kind::Fill, Cover::Shape::Ellipse, {0.1, 0.1, 0.2, 0.25}));
    std::set<std::string> texts;
    for (const PictureEdits &edits : all) {
        texts.insert(to_text(edits));
        EXPECT_EQ(to_text(edits), to_text(PictureEdits(edits)));
    }
    EXPECT_EQ(texts.size(), all.size());
    EXPECT_EQ(to_text({}), "");
}

} // namespace
} // namespace studio::media
