// SPDX-License-Identifier: Apache-2.0
#include "media/asset_key.h"
#include "media/local_asset_store.h"
#include "media/picture_file.h"
#include "models/color/palette.h"
#include "models/documents/content.h"
#include "models/documents/photos.h"
#include "models/documents/validate_documents.h"
#include "resources/demo/art/scenes.h"
#include "resources/demo/demo_tenants.h"
#include "tests/media/picture_samples.h"

#include <gmock/gmock.h>

#include <cmath>
#include <numeric>
#include <set>

namespace studio::demo {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;

std::vector<models::Photo> all_photos(const DemoTenant &tenant) {
    const auto photos = models::read_photos(tenant.documents.photos);
    std::vector<models::Photo> all{photos.hero.control};
    for (const auto &variant : photos.hero.variants) {
        all.push_back(variant.photo);
    }
    all.insert(all.end(), photos.gallery.begin(), photos.gallery.end());
    all.insert(all.end(), photos.testimonials.begin(), photos.testimonials.end());
    return all;
}

TEST(DemoTenants, AreTheFourOfTheWorkspace) {
    std::vector<std::string> names;
    for (const auto &tenant : demo_tenants()) {
        names.push_back(tenant.subdomain);
        EXPECT_EQ(tenant.status,
                  tenant.subdomain == "emma" ? models::TenantStatus::Preview : models::TenantStatus::Active);
    }
    EXPECT_THAT(names, ElementsAre("claire", "sophie", "jessica", "emma"));
}

TEST(DemoTenants, PassTheValidatorsWithoutErrorOrWarning) {
    for (const auto &tenant : demo_tenants()) {
        for (const auto &issue : models::validate(tenant.documents)) {
            ADD_FAILURE() << tenant.subdomain << issue.pointer << ": " << issue.message;
        }
    }
}

TEST(DemoTenants, HaveColoursThatEveryoneCanRead) {
    for (const auto &tenant : demo_tenants()) {
        for (const auto &pair : models::contrast_report(models::read_theme(tenant.documents.theme))) {
            EXPECT_TRUE(pair.passes) << tenant.subdomain << ": " << pair.name << " " << pair.ratio << " < "
                                     << pair.required;
        }
    }
}

TEST(DemoTenants, ClaireKeepsTheValuesOfTheReferenceDocument) {
    const auto documents = demo_tenants().front().documents;
    EXPECT_EQ(documents.theme["colors"]["primary"], "#8B4789");
    EXPECT_EQ(documents.content["tagline"], "Sydney's Premier Luxury Companion");
    EXPECT_EQ(documents.content["services"][0]["price"], 1500);
    const auto hero = models::read_photos(documents.photos).hero;
    ASSERT_EQ(hero.variants.size(), 2u);
    EXPECT_NEAR(hero.control_weight(), 0.4, 1e-9);
}

TEST(DemoTenants, NameOnlyPicturesThatWereDrawnAndImported) {
    const auto folder = demo_media_folder();
    ASSERT_TRUE(folder.has_value());
    media::LocalAssetStore store(*folder);
    for (const auto &tenant : demo_tenants()) {
        const auto photos = all_photos(tenant);
        EXPECT_GE(photos.size(), 5u);
        for (const auto &photo : photos) {
            ASSERT_TRUE(photo.url.starts_with("/media/" + tenant.media_folder + "/")) << photo.url;
            EXPECT_THAT(tests::jpeg_segments(store.read(photo.url.substr(7)).value()),
                        ::testing::Each(AnyOf("APP0", "APP14")));
            EXPECT_GE(photo.derivatives.size(), 4u);
            for (const auto &derivative : photo.derivatives) {
                const std::string bytes = store.read(derivative.url.substr(7)).value();
                if (derivative.format == "webp") {
                    EXPECT_THAT(tests::webp_chunks(bytes), ElementsAre("VP8 "));
                } else {
                    EXPECT_EQ(derivative.format, "avif");
                    EXPECT_EQ(media::picture_format(bytes), media::PictureFormat::Avif);
                }
            }
            EXPECT_EQ(photo.placeholder.size(), 72u) << photo.url;
            EXPECT_TRUE(photo.luminance.has_value()) << photo.url;
        }
        EXPECT_EQ(tenant.documents.photos.dump().find("drawing:"), std::string::npos);
        EXPECT_EQ(tenant.documents.content.dump().find("drawing:"), std::string::npos);
    }
}

TEST(DemoTenants, HaveFoldersThatAreTheSameInEveryBuildAndTellNoName) {
    std::set<std::string> folders;
    for (const auto &tenant : demo_tenants()) {
        EXPECT_EQ(tenant.media_folder, media::sha256_hex("demo:" + tenant.subdomain).substr(0, 32));
        folders.insert(tenant.media_folder);
    }
    EXPECT_EQ(folders.size(), 4u);
    EXPECT_EQ(demo_tenants().front().media_folder, "e49101d6c093ace6f44458c1c2c8db3e");
}

TEST(DemoTenants, HaveEveryFileOfEveryPhotoForTheLibrary) {
    media::LocalAssetStore store(demo_media_folder().value());
    for (const auto &tenant : demo_tenants()) {
        std::set<std::string> pictures;
        for (const auto &photo : tenant.photos) {
            pictures.insert(photo.picture);
            EXPECT_TRUE(photo.photo.url.starts_with(photo.picture + "-")) << photo.photo.url;
            EXPECT_EQ(photo.content_hash.size(), 64u);
            EXPECT_EQ(photo.files.size(), photo.photo.derivatives.size() + 1);
            for (const auto &file : photo.files) {
                EXPECT_EQ(store.read(file.key).value().size(), file.bytes) << file.key;
            }
        }
        for (const auto &photo : all_photos(tenant)) {
            EXPECT_TRUE(pictures.contains(photo.url.substr(0, photo.url.rfind('-')))) << photo.url;
        }
    }
}

TEST(DemoTenants, PicturesStayLightEnoughForPhones) {
    media::LocalAssetStore store(demo_media_folder().value());
    for (const auto &asset : store.list("")) {
        const std::uint64_t limit = asset.key.ends_with("-320.webp") ? 60'000 : 450'000;
        EXPECT_LT(asset.bytes, limit) << asset.key;
    }
}

Drawing sample(const std::string &scene, std::uint64_t seed) {
    Drawing drawing;
    drawing.scene = scene;
    drawing.width = 150;
    drawing.height = 100;
    drawing.seed = seed;
    drawing.palette = {"#160a1b", "#6d356c", "#ddb2ac", "#f8ebdf"};
    return drawing;
}

double deviation(const std::string &bytes) {
    double sum = 0, squares = 0;
    for (const char c : bytes) {
        const double value = static_cast<unsigned char>(c);
        sum += value;
        squares += value * value;
    }
    const double mean = sum / static_cast<double>(bytes.size());
    return std::sqrt(squares / static_cast<double>(bytes.size()) - mean * mean);
}

TEST(DemoArt, EverySceneIsDecidedByItsSeedAlone) {
    for (const auto &scene : scene_names()) {
        const auto first = draw(sample(scene, 1));
        EXPECT_EQ(first.size(), 150u * 100u * 3u) << scene;
        EXPECT_EQ(first, draw(sample(scene, 1))) << scene;
        EXPECT_NE(first, draw(sample(scene, 2))) << scene;
        EXPECT_GT(deviation(first), 8) << scene << " is nearly one flat colour";
    }
}

TEST(DemoArt, EverySceneSuitsUprightAndWideFormats) {
    for (const auto &scene : scene_names()) {
        for (const auto &[width, height] :
             {std::pair{40, 160}, std::pair{160, 40}, std::pair{1, 1}, std::pair{3, 2}}) {
            auto drawing = sample(scene, 5);
            drawing.width = width;
            drawing.height = height;
            EXPECT_EQ(draw(drawing).size(), static_cast<std::size_t>(width * height * 3)) << scene;
        }
    }
}

TEST(DemoArt, RefusesAnUnknownSceneAndABadColour) {
    EXPECT_THROW(draw(sample("portrait", 1)), std::invalid_argument);
    auto drawing = sample("silk", 1);
    drawing.palette = {"#160a1b", "plum"};
    EXPECT_THROW(draw(drawing), std::invalid_argument);
}

} // namespace
} // namespace studio::demo
