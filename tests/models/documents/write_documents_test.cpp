// SPDX-License-Identifier: Apache-2.0
#include "models/documents/content.h"
#include "models/documents/photos.h"
#include "models/documents/theme.h"
#include "models/documents/write_content.h"
#include "tests/models/fixture.h"

#include <gtest/gtest.h>

using namespace studio::models;

TEST(WriteTheme, TouchesOnlyWhatChangedAndKeepsUnknownKeysInTheirOrder) {
    const Json document =
        Json::parse(R"({"zeta":1,"colors":{"glow":"x","primary":"#8B4789"},"layout":"elegant"})");
    Theme theme = read_theme(document);
    theme.colors.primary = Color(0x12, 0x34, 0x56);
    theme.layout = Layout::Minimal;
    EXPECT_EQ(write_theme(theme, document).dump(),
              R"({"zeta":1,"colors":{"glow":"x","primary":"#123456"},"layout":"minimal"})");
}

TEST(WriteTheme, WhatWasWrittenIsReadBack) {
    Theme theme;
    theme.colors.text_light = Color(1, 2, 3);
    theme.heading_font = "Lora";
    theme.spacing = Spacing::Spacious;
    theme.border_radius_px = 20;
    theme.shadow = Shadow::Strong;
    theme.custom_css = "h1 { letter-spacing: 1px }";
    EXPECT_EQ(read_theme(write_theme(theme, Json())), theme);
}

TEST(WriteContent, AServiceKeepsItsUnknownKeysWhereverItMoves) {
    const Json document = Json::parse(
        R"({"name":"n","services":[{"name":"A","icon":"a","price":1},{"id":"b","name":"B","icon":"b"}],"socialMedia":{"instagram":"@a","onHold":null}})");
    Content content = read_content(document);
    ASSERT_EQ(content.services.size(), 2U);
    std::swap(content.services[0], content.services[1]);
    content.services[1].price.reset();
    content.services.push_back({"c", "C", "", "", Money{500}, true});
    content.social_media = {{"bluesky", "@b"}, {"instagram", "@a"}};
    const Json written = write_content(content, document);
    EXPECT_EQ(
        written["services"].dump(),
        R"([{"id":"b","name":"B","icon":"b"},{"name":"A","icon":"a"},{"id":"c","name":"C","price":5,"featured":true}])");
    EXPECT_EQ(written["socialMedia"].dump(), R"({"bluesky":"@b","instagram":"@a","onHold":null})");
}

TEST(WriteContent, WhatWasWrittenIsReadBack) {
    Content content = read_content(reference_documents().content);
    content.short_bio = "short";
    content.pricing.custom_rates = {{"rate-a", "2 hours", Money{12345}, "d"},
                                    {"rate-b", "day", std::nullopt, ""}};
    content.testimonials = {{"t1", "Lovely", "M.", "1"}};
    content.location = {"Perth", {"Sydney"}, "Australia/Perth"};
    content.consent = {"m", "a", "d"};
    content.age_gate = false;
    content.contact.email.clear();
    content.seo.keywords = {};
    EXPECT_EQ(read_content(write_content(content, reference_documents().content)), content);
    EXPECT_EQ(read_content(write_content(content, Json())), content);
}

TEST(WritePhotos, APlainAddressBecomesAnObjectOnlyWhenItNeedsTo) {
    const Json document = reference_documents().photos;
    Photos photos = read_photos(document);
    photos.hero.control.url = "/media/a.jpg";
    EXPECT_EQ(write_photos(photos, document)["hero"]["control"], "/media/a.jpg");
    photos.hero.control.alt = "Waves";
    EXPECT_EQ(write_photos(photos, document)["hero"]["control"].dump(),
              R"({"url":"/media/a.jpg","alt":"Waves"})");
    EXPECT_EQ(write_photos(photos, document)["gallery"].dump(), document["gallery"].dump());
}

TEST(WritePhotos, WhatWasWrittenIsReadBackAndNumericIdsStayNumbers) {
    const Json document = reference_documents().photos;
    Photos photos = read_photos(document);
    std::swap(photos.gallery[0], photos.gallery[2]);
    photos.gallery[1].focal_point = {0.25, 0.75};
    photos.hero.variants.push_back({"c",
                                    {"",
                                     "/media/c.jpg",
                                     "C",
                                     "",
                                     10,
                                     20,
                                     {},
                                     {{"/media/c.webp", 480, "webp"}},
                                     std::string(72, '0'),
                                     TextLuminance{0.25, 0.5}},
                                    0.1});
    photos.hero.variants[0].weight = 0.2;
    photos.testimonials.push_back({"t", "/media/t.jpg", "", "", 0, 0, {}, {}, {}, {}});
    const Json written = write_photos(photos, document);
    EXPECT_EQ(read_photos(written), photos);
    EXPECT_EQ(written["gallery"][0]["id"].dump(), "3");
    EXPECT_EQ(read_photos(write_photos(photos, Json())), photos);
}

TEST(ReadPhotos, LeavesOutAddressesThatAPageMustNotHold) {
    const Photos photos = read_photos(Json::parse(
        R"json({"hero":{"control":"javascript:alert(1)"},"gallery":[{"id":1,"url":"data:text/html,x"}]})json"));
    EXPECT_EQ(photos.hero.control.url, "");
    EXPECT_EQ(photos.gallery[0].url, "");
}

TEST(Hero, ControlHasWhatTheVariantsLeave) {
    Hero hero;
    EXPECT_EQ(hero.control_weight(), 1);
    hero.variants = {{"a", {}, 0.1}, {"b", {}, 0.2}};
    EXPECT_NEAR(hero.control_weight(), 0.7, 1e-12);
    hero.variants = {{"a", {}, 0.7}, {"b", {}, 0.2}, {"c", {}, 0.1}};
    EXPECT_EQ(hero.control_weight(), 0);
    hero.variants = {{"a", {}, 0.9}, {"b", {}, 0.9}};
    EXPECT_EQ(hero.control_weight(), 0);
}
