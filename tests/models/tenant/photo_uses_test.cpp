// SPDX-License-Identifier: Apache-2.0
#include "models/tenant/photo_uses.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace studio::models {
namespace {

constexpr const char *hero = "/media/ada/hero-11111111-1920.jpg",
                     *second = "/media/ada/second-22222222-1920.jpg",
                     *beach = "/media/ada/beach-33333333-1920.jpg";

Documents documents() {
    Documents result;
    result.photos = Json::parse(R"({"schemaVersion": 1,
        "hero": {"control": {"id": "c", "url": "/media/ada/hero-11111111-1920.jpg", "alt": "Blue"},
                 "variants": [{"id": "b", "url": "/media/ada/second-22222222-1920.jpg", "weight": 0.5}]},
        "gallery": [{"id": "one", "url": "/media/ada/beach-33333333-1920.jpg", "own": 7},
                    {"id": "two", "url": "/media/ada/hero-11111111-960.jpg"}],
        "testimonials": [{"id": "t", "photo": "/media/ada/beach-33333333-1920.jpg"}]})");
    result.content = Json::parse(
        R"({"schemaVersion": 1, "name": "Ada", "seo": {"ogImage": "/media/ada/beach-33333333-960.webp"}})");
    return result;
}

Documents nothing() {
    Documents result;
    result.photos = result.content = Json::object();
    return result;
}

using In = PhotoUse::In;

TEST(PhotoUses, NameEveryPlaceOfAPictureInAnySize) {
    const auto uses = photo_uses(documents(), nothing(), {});
    EXPECT_THAT(uses.at(picture_of(hero)),
                testing::ElementsAre(PhotoUse{In::Draft, PhotoPlace::Hero, ""},
                                     PhotoUse{In::Draft, PhotoPlace::Gallery, "2"}));
    EXPECT_THAT(uses.at(picture_of(second)),
                testing::ElementsAre(PhotoUse{In::Draft, PhotoPlace::HeroVariant, "b"}));
    EXPECT_THAT(uses.at(picture_of(beach)),
                testing::ElementsAre(PhotoUse{In::Draft, PhotoPlace::Gallery, "1"},
                                     PhotoUse{In::Draft, PhotoPlace::Testimonial, "1"},
                                     PhotoUse{In::Draft, PhotoPlace::Sharing, ""}));
    EXPECT_EQ(uses.size(), 3u);
}

TEST(PhotoUses, IncludeWhatIsPublishedAndNotInTheDraft) {
    const auto uses = photo_uses(nothing(), documents(), {});
    EXPECT_EQ(uses.at(picture_of(second)).front().in, In::Published);
}

TEST(PhotoUses, OfATestAreItsVariantsAndItsControl) {
    Experiment test;
    test.name = "Summer";
    test.variants = {{"control", "", 0.4, Json::object()},
                     {"b", "", 0.3, {{"variant", "b"}}},
                     {"c", "", 0.3, {{"photo", "/media/ada/new-44444444-960.jpg"}}}};
    test.status = ExperimentStatus::Active;
    auto uses = photo_uses(nothing(), documents(), {test});
    const PhotoUse in_test{In::Test, PhotoPlace::Test, "Summer"};
    EXPECT_THAT(uses.at(picture_of(hero)), testing::Contains(in_test));
    EXPECT_THAT(uses.at(picture_of(second)), testing::Contains(in_test));
    EXPECT_THAT(uses.at("/media/ada/new-44444444"), testing::ElementsAre(in_test));
    EXPECT_THAT(uses.at(picture_of(beach)), testing::Not(testing::Contains(in_test)));
    test.status = ExperimentStatus::Completed;
    uses = photo_uses(nothing(), documents(), {test});
    EXPECT_FALSE(uses.contains("/media/ada/new-44444444"));
}

TEST(ReplacingAPhoto, ChangesEveryPlaceAndKeepsIdsAndOtherKeys) {
    Photo by;
    by.id = "library";
    by.url = "/media/ada/other-55555555-1280.jpg";
    by.alt = "Red";
    auto changed = documents();
    EXPECT_EQ(replace_photo(changed, picture_of(beach), by), 3);
    const auto photos = read_photos(changed.photos);
    EXPECT_EQ(photos.gallery[0].url, by.url);
    EXPECT_EQ(photos.gallery[0].alt, "Red");
    EXPECT_EQ(photos.gallery[0].id, "one");
    EXPECT_EQ(changed.photos["gallery"][0]["own"], 7);
    EXPECT_EQ(photos.testimonials[0].url, by.url);
    EXPECT_EQ(changed.content["seo"]["ogImage"], by.url);
    EXPECT_EQ(photos.gallery[1], read_photos(documents().photos).gallery[1]);
    EXPECT_EQ(photos.hero, read_photos(documents().photos).hero);
}

TEST(ReplacingAPhoto, ThatIsUsedNowhereChangesNothing) {
    auto changed = documents();
    EXPECT_EQ(replace_photo(changed, "/media/ada/nowhere-66666666", {}), 0);
    EXPECT_EQ(changed.photos, documents().photos);
    EXPECT_EQ(changed.content, documents().content);
}

} // namespace
} // namespace studio::models
