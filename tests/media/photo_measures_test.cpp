// SPDX-License-Identifier: Apache-2.0
#include "media/local_asset_store.h"
#include "media/photo_importer.h"
#include "media/photo_measures.h"
#include "resources/demo/demo_tenants.h"
#include "tests/media/picture_samples.h"

#include <gmock/gmock.h>

#include <stdexcept>

namespace studio::media {
namespace {

using namespace studio::tests;
using vips::VImage;

Picture picture_of(const VImage &image) {
    return Picture(png_of(image), PictureFormat::Png, "sample.png");
}

VImage flat(int width, int height, const std::vector<double> &color) {
    return (gradient(width, height) * 0 + color)
        .cast(VIPS_FORMAT_UCHAR)
        .copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
}

// A drawing of Claire's gallery, by its id.
demo::DemoPhoto drawn(const std::string &id) {
    const auto claire = demo::demo_tenants().front();
    for (const auto &shown : models::read_photos(claire.documents.photos).gallery) {
        for (const auto &photo : claire.photos) {
            if (shown.id == id && shown.url == photo.photo.url) {
                return photo;
            }
        }
    }
    throw std::logic_error("claire's gallery has no " + id);
}

VImage image_of(const demo::DemoPhoto &photo) {
    LocalAssetStore store(demo::demo_media_folder().value());
    return decoded(store.read(photo.photo.url.substr(7)).value());
}

TEST(PhotoMeasures, ThePlaceholderHasTheMeanColoursOfTwelveFields) {
    auto image = flat(400, 300, {200, 100, 50});
    image = image.insert(flat(100, 100, {0, 0, 250}), 300, 200); // the last of the twelve fields
    const std::string colors = placeholder_of(picture_of(image));
    ASSERT_EQ(colors.size(), 72u);
    EXPECT_EQ(colors.substr(0, 6), "c86432");
    const int blue = std::stoi(colors.substr(70, 2), nullptr, 16);
    const int red = std::stoi(colors.substr(66, 2), nullptr, 16);
    EXPECT_NEAR(blue, 250, 8);
    EXPECT_NEAR(red, 0, 8);
    EXPECT_NEAR(std::stoi(colors.substr(60, 2), nullptr, 16), 200, 8) << "the field beside it";
}

TEST(PhotoMeasures, TheLuminanceIsThatBehindTheTextAtTheBottom) {
    const auto bright_bottom = flat(900, 600, {0, 0, 0}).insert(flat(900, 300, {255, 255, 255}), 0, 300);
    const auto dark_bottom = flat(900, 600, {255, 255, 255}).insert(flat(900, 300, {0, 0, 0}), 0, 300);
    EXPECT_GT(text_luminance_of(picture_of(bright_bottom)).phone, 0.98);
    EXPECT_GT(text_luminance_of(picture_of(bright_bottom)).desktop, 0.98);
    EXPECT_LT(text_luminance_of(picture_of(dark_bottom)).phone, 0.02);
    EXPECT_LT(text_luminance_of(picture_of(dark_bottom)).desktop, 0.02);
}

TEST(PhotoMeasures, TheLuminanceIsOfTheCropThatThePageShows) {
    // White only at the left and right edges: outside the phone's crop, inside the desktop's.
    const auto edges = flat(900, 600, {255, 255, 255}).insert(flat(500, 600, {0, 0, 0}), 200, 0);
    EXPECT_LT(text_luminance_of(picture_of(edges)).phone, 0.02);
    EXPECT_GT(text_luminance_of(picture_of(edges)).desktop, 0.98);
    // White only at the bottom of an upright picture, which the desktop's crop does not reach.
    const auto bottom = flat(600, 1000, {0, 0, 0}).insert(flat(600, 200, {255, 255, 255}), 0, 800);
    EXPECT_GT(text_luminance_of(picture_of(bottom)).phone, 0.98);
    EXPECT_LT(text_luminance_of(picture_of(bottom)).desktop, 0.02);
}

TEST(PhotoMeasures, FewBrightPixelsDoNotCountForTheLuminance) {
    const auto speck = flat(900, 600, {0, 0, 0}).insert(flat(60, 60, {255, 255, 255}), 420, 450);
    EXPECT_LT(text_luminance_of(picture_of(speck)).desktop, 0.02);
}

TEST(PhotoMeasures, ThePictureAgainInAnotherFileLooksTheSame) {
    for (const char *id : {"gallery-arch", "blue-mountains", "candlelight"}) {
        const auto image = image_of(drawn(id));
        const auto likeness = drawn(id).likeness;
        const Picture jpeg(encoded(image, ".jpg[Q=40]"), PictureFormat::Jpeg, "q40.jpg");
        EXPECT_LE(likeness_distance(likeness, likeness_of(picture_of(image))), 6) << id;
        EXPECT_LE(likeness_distance(likeness, likeness_of(jpeg)), 6) << id;
        EXPECT_LE(likeness_distance(likeness, likeness_of(picture_of(image.resize(0.5)))), 6) << id;
    }
}

TEST(PhotoMeasures, DifferentDrawingsLookDifferent) {
    const std::vector<std::string> ids{"gold-satin", "overture", "terrace-shade"};
    for (std::size_t i = 0; i < ids.size(); ++i) {
        for (std::size_t j = i + 1; j < ids.size(); ++j) {
            EXPECT_GT(likeness_distance(drawn(ids[i]).likeness, drawn(ids[j]).likeness), 12)
                << ids[i] << " " << ids[j];
        }
    }
}

TEST(PhotoMeasures, TheDistanceCountsBits) {
    EXPECT_EQ(likeness_distance(0, 0), 0);
    EXPECT_EQ(likeness_distance(0b1011, 0b0001), 2);
    EXPECT_EQ(likeness_distance(0, ~std::uint64_t{0}), 64);
}

} // namespace
} // namespace studio::media
