// SPDX-License-Identifier: Apache-2.0
#include "models/tenant/photo_releases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace studio::models {
namespace {

constexpr const char *hero = "/media/ada/hero-11111111-1920.jpg",
                     *second = "/media/ada/second-22222222-1920.jpg",
                     *beach = "/media/ada/beach-33333333-1920.jpg",
                     *guest = "/media/ada/guest-44444444-1920.jpg";

Photo photo(const std::string &url) {
    Photo result;
    result.id = url;
    result.url = url;
    return result;
}

struct Site {
    Photos photos;
    Content content;
    std::vector<Experiment> experiments;

    Site() {
        photos.hero.control = photo(hero);
        photos.hero.control.derivatives = {{"/media/ada/hero-11111111-480.webp", 480, "webp"},
                                           {"/media/ada/second-22222222-480.webp", 480, "webp"}};
        photos.hero.variants = {{"b", photo(second), 0.5}};
        photos.gallery = {photo(beach), photo(second)};
        photos.testimonials = {photo(guest)};
        content.seo.og_image = "/media/ada/beach-33333333-960.webp";
    }
    void add_test(const Json &config) {
        Experiment experiment;
        experiment.element = ExperimentElement::HeroPhoto;
        experiment.variants = {{"control", "", 0.5, Json::object()}, {"other", "", 0.5, config}};
        experiments.push_back(experiment);
    }
    void keep_all_but(const std::string &withdrawn) {
        keep_shown_photos(
            photos, content, experiments,
            [picture = picture_of(withdrawn)](const std::string &each) { return each != picture; });
    }
};

TEST(PictureOf, IsTheSameForAllSizesAndOfNoOther) {
    EXPECT_EQ(picture_of("/media/ada/hero-11111111-480.webp"), picture_of(hero));
    const std::string hashed = "/media/0123456789abcdef0123456789abcdef/" + std::string(32, 'a');
    EXPECT_EQ(picture_of(hashed + "-480.avif"), hashed);
    EXPECT_EQ(picture_of(hashed + "-2560.jpg"), hashed);
    EXPECT_EQ(picture_of(hashed), hashed);
    for (const std::string &other : {hashed + "a-480.avif", hashed + "-wide.avif", hashed + "-480",
                                     hashed + ".jpg", hashed + "-480.avif/x"}) {
        EXPECT_EQ(picture_of(other), other);
    }
    EXPECT_NE(picture_of(second), picture_of(hero));
    for (const char *own :
         {"/media/ada/hero.jpg", "/media/ada/hero-1.jpg", "/media/ada/hero-2026-1.jpg", "/media/a-1/hero",
          "/media/ada/hero-1234567g-480.jpg", "/media/ada/hero-12345678-480.", "12345678-480.jpg",
          "https://x.example/a-b.jpg", "", "-.", "/a-1/b.jpg"}) {
        EXPECT_EQ(picture_of(own), own);
    }
}

TEST(PhotosThatAreShown, KeepEverythingThatWasReleased) {
    Site site, before;
    site.add_test({{"photo", second}});
    site.keep_all_but("/media/ada/nothing.jpg");
    EXPECT_EQ(site.photos.gallery, before.photos.gallery);
    EXPECT_EQ(site.photos.testimonials, before.photos.testimonials);
    EXPECT_EQ(site.content, before.content);
    EXPECT_EQ(site.experiments.size(), 1u);
    ASSERT_EQ(site.photos.hero.control.derivatives.size(), 1u)
        << "a size of another picture is none of this one";
    EXPECT_EQ(site.photos.hero.control.derivatives[0].url, "/media/ada/hero-11111111-480.webp");
}

TEST(PhotosThatAreShown, LoseTheHero) {
    Site site;
    site.add_test({{"photo", beach}});
    site.keep_all_but(hero);
    EXPECT_EQ(site.photos.hero.control, Photo{});
    EXPECT_TRUE(site.experiments.empty()) << "its control would show it";
    EXPECT_EQ(site.photos.hero.variants.size(), 1u);
}

TEST(PhotosThatAreShown, LoseAVariantAndWhatShowsItElsewhere) {
    Site site;
    site.add_test({{"variant", "b"}});
    site.add_test({{"photo", second}});
    site.add_test({{"photo", {{"url", second}}}});
    site.add_test({{"photo", beach}});
    site.keep_all_but(second);
    EXPECT_TRUE(site.photos.hero.variants.empty());
    EXPECT_EQ(site.photos.gallery.size(), 1u);
    EXPECT_EQ(site.experiments.size(), 1u);
}

TEST(PhotosThatAreShown, LoseTheSharingPictureInEverySizeAndTestimonials) {
    Site site;
    site.keep_all_but(beach);
    EXPECT_EQ(site.content.seo.og_image, "");
    EXPECT_EQ(site.photos.gallery.size(), 1u);
    site.keep_all_but(guest);
    EXPECT_TRUE(site.photos.testimonials.empty());
}

TEST(PhotosThatAreShown, LeaveOtherTestsAlone) {
    Site site;
    Experiment words;
    words.element = ExperimentElement::CallToAction;
    site.experiments = {words};
    keep_shown_photos(site.photos, site.content, site.experiments, [](const std::string &) { return false; });
    EXPECT_EQ(site.experiments.size(), 1u);
    EXPECT_EQ(site.photos, Photos{});
}

TEST(PhotosThatReachVisitors, AreThoseOfThePageItsSharingPictureAndTestsThatAreNotOver) {
    Site site;
    site.content.seo.og_image = "/media/ada/share-66666666-1920.jpg";
    site.add_test({{"photo", {{"url", "/media/ada/face-77777777-960.jpg"}}}});
    site.add_test({{"photo", "/media/ada/plain-88888888-960.jpg"}});
    site.add_test({{"photo", {{"url", "/media/ada/past-99999999-960.jpg"}}}});
    site.experiments[2].status = ExperimentStatus::Completed;
    site.experiments[0].name = "Faces";
    std::vector<std::string> urls;
    for (const ReachingPhoto &each :
         photos_that_reach_visitors(site.photos, site.content, site.experiments)) {
        urls.push_back(each.photo.url);
    }
    EXPECT_THAT(urls, testing::ElementsAre(hero, second, beach, guest, "/media/ada/share-66666666-1920.jpg",
                                           "/media/ada/face-77777777-960.jpg",
                                           "/media/ada/plain-88888888-960.jpg"));
}

} // namespace
} // namespace studio::models
