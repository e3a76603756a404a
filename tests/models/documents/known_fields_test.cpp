// SPDX-License-Identifier: Apache-2.0
#include "models/documents/content.h"
#include "models/documents/known_fields.h"
#include "models/documents/photos.h"
#include "models/documents/theme.h"
#include "models/documents/write_content.h"
#include "models/tenant/site_template.h"

#include <gmock/gmock.h>

namespace studio::models {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(KnownFields, AreAllOfTheTemplates) {
    for (const SiteTemplate &site_template : site_templates()) {
        for (const auto kind : {DocumentKind::Theme, DocumentKind::Content, DocumentKind::Photos}) {
            EXPECT_THAT(unknown_fields(kind, site_template.documents.of(kind)), IsEmpty())
                << site_template.slug;
        }
    }
}

TEST(KnownFields, AreAllThatThePhotosAndTheContentAreWrittenWith) {
    Photo photo{"one",
                "/media/a.jpg",
                "Waves",
                "At dusk",
                640,
                400,
                {0.2, 0.3},
                {{"/media/b.jpg", 320, "jpeg"}},
                std::string(72, 'a'),
                TextLuminance{0.2, 0.7}};
    Photos photos;
    photos.hero.control = photo;
    photos.hero.variants = {{"two", photo, 0.5}};
    photos.gallery = {photo};
    photos.testimonials = {photo};
    EXPECT_THAT(unknown_fields(DocumentKind::Photos, write_photos(photos, Json::object())), IsEmpty());
    Content content;
    content.social_media = {{"instagram", "@a"}};
    content.location.travel_cities = {"Perth"};
    for (const BookingEmailKey &email : booking_email_keys()) {
        content.booking_emails.*email.wording = {"Subject", "Message"};
    }
    content.screening_fields = {{"height", "How tall are you?", "In centimetres", true}};
    content.reply_templates = {{"kind", "A kind refusal", "en", "Not this week"}};
    content.testimonials = {{"t", "Lovely", "A.", "one"}};
    content.seo = {"Title", "Description", {"word"}, "/media/a.jpg"};
    EXPECT_THAT(unknown_fields(DocumentKind::Content, write_content(content, Json::object())), IsEmpty());
    Theme theme;
    theme.colors.primary = Color{1, 2, 3};
    theme.custom_css = "h1{color:red}";
    EXPECT_THAT(unknown_fields(DocumentKind::Theme, write_theme(theme, Json::object())), IsEmpty());
}

TEST(KnownFields, NameTheUnknownOnesAndNothingBelowThem) {
    const Json theme = {{"primary", "#123456"}, {"colors", {{"primary", "#123456"}, {"primry", {{"a", 1}}}}}};
    EXPECT_THAT(unknown_fields(DocumentKind::Theme, theme), ElementsAre("/primary", "/colors/primry"));
    const Json content = {{"services", Json::array({{{"id", "a"}, {"prize", 5}}})},
                          {"socialMedia", {{"anything", "@a"}}}};
    EXPECT_THAT(unknown_fields(DocumentKind::Content, content), ElementsAre("/services/0/prize"));
}

TEST(KnownFields, AreFoundByASimilarName) {
    EXPECT_EQ(similar_field(DocumentKind::Theme, "/primary"), "theme.colors.primary");
    EXPECT_EQ(similar_field(DocumentKind::Theme, "/colrs"), "theme.colors");
    EXPECT_EQ(similar_field(DocumentKind::Content, "/taglin"), "content.tagline");
    EXPECT_EQ(similar_field(DocumentKind::Content, "/services/0/prise"), "content.services[0].price");
    EXPECT_EQ(similar_field(DocumentKind::Content, "/zebra"), "");
}

} // namespace
} // namespace studio::models
