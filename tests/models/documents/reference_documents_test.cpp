// SPDX-License-Identifier: Apache-2.0
#include "models/documents/content.h"
#include "models/documents/photos.h"
#include "models/documents/theme.h"
#include "models/documents/write_content.h"
#include "tests/models/fixture.h"

#include <gtest/gtest.h>

using namespace studio::models;

TEST(ReferenceDocuments, AreWrittenBackUnchanged) {
    const Documents documents = reference_documents();
    EXPECT_EQ(write_theme(read_theme(documents.theme), documents.theme).dump(), documents.theme.dump());
    EXPECT_EQ(write_content(read_content(documents.content), documents.content).dump(),
              documents.content.dump());
    EXPECT_EQ(write_photos(read_photos(documents.photos), documents.photos).dump(), documents.photos.dump());
}

TEST(ReferenceDocuments, ThemeIsRead) {
    const Theme theme = read_theme(reference_documents().theme);
    EXPECT_EQ(theme.colors.primary.to_hex(), "#8b4789");
    EXPECT_EQ(theme.colors.text.to_hex(), "#2c2c2c");
    EXPECT_EQ(theme.heading_font, "Playfair Display");
    EXPECT_EQ(theme.layout, Layout::Elegant);
}

TEST(ReferenceDocuments, ContentIsRead) {
    const Content content = read_content(reference_documents().content);
    EXPECT_EQ(content.name, "Claire Hamilton");
    ASSERT_EQ(content.services.size(), 1U);
    EXPECT_EQ(content.services[0].id, "service-1");
    EXPECT_EQ(content.services[0].price, Money{150000});
    EXPECT_EQ(content.pricing.weekend, Money{1200000});
    EXPECT_EQ(content.pricing.currency, "AUD");
    EXPECT_EQ(content.social_media,
              (std::vector<SocialLink>{{"instagram", "@claire_hamilton"}, {"twitter", "@clairehamilton"}}));
    EXPECT_EQ(content.seo.keywords.size(), 3U);
    EXPECT_TRUE(content.age_gate);
}

TEST(ReferenceDocuments, PhotosAreRead) {
    const Photos photos = read_photos(reference_documents().photos);
    EXPECT_EQ(photos.hero.control.url, "https://spaces.digitalocean.com/tenants/claire/hero-1.jpg");
    ASSERT_EQ(photos.hero.variants.size(), 2U);
    EXPECT_EQ(photos.hero.variants[0].id, "variantA");
    EXPECT_EQ(photos.hero.variants[0].photo.url, "...hero-2.jpg");
    EXPECT_EQ(photos.hero.control_weight(), 0.0);
    ASSERT_EQ(photos.gallery.size(), 3U);
    EXPECT_EQ(photos.gallery[0].id, "1");
    EXPECT_EQ(photos.gallery[2].alt, "Casual setting");
    ASSERT_EQ(photos.testimonials.size(), 1U);
    EXPECT_EQ(photos.testimonials[0].id, "1");
    EXPECT_EQ(photos.testimonials[0].url, "...testimonial-bg.jpg");
}
