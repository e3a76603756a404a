// SPDX-License-Identifier: Apache-2.0
#include "models/documents/photos.h"
#include "models/documents/validate_photos.h"
#include "tests/models/fixture.h"
#include "tests/models/issues.h"

#include <gtest/gtest.h>

using namespace studio::models;

namespace {

Json full_photos() {
    const auto photo = [](const char *id, const char *name) {
        const std::string url = std::string("/media/claire/") + name;
        Json derivatives = Json::array();
        derivatives.push_back({{"url", url + "-480.webp"}, {"width", 480}, {"format", "webp"}});
        return Json{{"id", id},
                    {"url", url + ".jpg"},
                    {"alt", "Abstract waves"},
                    {"width", 1920},
                    {"height", 1080},
                    {"focalPoint", {{"x", 0.5}, {"y", 0.25}}},
                    {"derivatives", derivatives}};
    };
    Json document = Json::object();
    document["hero"] = {
        {"control", photo("hero", "hero")},
        {"variants", Json::array({{{"id", "b"}, {"url", photo("b", "b")}, {"weight", 0.25}},
                                  {{"id", "c"}, {"url", photo("c", "c")}, {"weight", 0.25}}})}};
    document["gallery"] = Json::array({photo("one", "one"), photo("two", "two")});
    document["testimonials"] = Json::array({{{"id", "t"}, {"photo", "/media/claire/t.jpg"}}});
    return document;
}

} // namespace

TEST(HeroVariants, AreNamedByLettersInTheirOrder) {
    EXPECT_EQ(variant_letter(0), "A");
    EXPECT_EQ(variant_letter(25), "Z");
    EXPECT_EQ(variant_letter(26), "27");
}

TEST(ValidatePhotos, AcceptsFullPhotosAndEmptyOnesWithAHint) {
    EXPECT_EQ(listed(validate_photos(full_photos())), "");
    EXPECT_TRUE(
        has_issue(validate_photos(Json::object()), Severity::Warning, "/hero/control", "no hero photo"));
}

TEST(ValidatePhotos, NamesTheFieldAndWhatWouldBeRight) {
    const Fault faults[] = {
        {"/hero", 1, "/hero", "must be an object"},
        {"/hero/control", 1, "/hero/control", "https://"},
        {"/hero/control", "javascript:alert(1)", "/hero/control", "https://"},
        {"/hero/control", "JaVaScRiPt:alert(1)", "/hero/control", "https://"},
        {"/hero/control", "data:image/png;base64,AA", "/hero/control", "https://"},
        {"/hero/control", "ftp://a.example/x", "/hero/control", "https://"},
        {"/hero/control", "https://", "/hero/control", "names a host"},
        {"/hero/control", "https://a b/x", "/hero/control", "https://"},
        {"/hero/control", "https://u:p@a.example/x", "/hero/control", "https://"},
        {"/hero/control", "https://a.example:99999/x", "/hero/control", "https://"},
        {"/hero/control", "/media/../etc/passwd", "/hero/control", "/media/"},
        {"/hero/control", "/etc/passwd", "/hero/control", "/media/"},
        {"/hero/control", "https://a.example/" + std::string(2'048, 'x'), "/hero/control", "2048"},
        {"/hero/control", "https://a.example/x.jpg", "/hero/control", "alt text", Severity::Warning},
        {"/hero/control", "hero.jpg", "/hero/control", "relative", Severity::Warning},
        {"/hero/control/url", "", "/hero/control/url", "missing"},
        {"/hero/control/alt", "  ", "/hero/control/alt", "describe the photo"},
        {"/hero/control/alt", 4, "/hero/control/alt", "must be text"},
        {"/hero/control/focalPoint/x", 1.01, "/hero/control/focalPoint/x", "from 0 to 1"},
        {"/hero/control/focalPoint", "centre", "/hero/control/focalPoint", "must be an object"},
        {"/hero/control/width", -5, "/hero/control/width", "whole number"},
        {"/hero/control/derivatives/0/url", "blob:x", "/hero/control/derivatives/0/url", "https://"},
        {"/hero/control/derivatives/0/format", "gif", "/hero/control/derivatives/0/format", "webp"},
        {"/hero/variants", Json::object(), "/hero/variants", "must be a list"},
        {"/hero/variants/1/id", "b", "/hero/variants/1/id", "used twice"},
        {"/hero/variants/1/id", "control", "/hero/variants/1/id", "choose another"},
        {"/hero/variants/0/weight", 0.76, "/hero/variants", "add up to 1.01"},
        {"/hero/variants/0/weight", 1.5, "/hero/variants/0/weight", "from 0 to 1"},
        {"/hero/variants/0/weight", -0.1, "/hero/variants/0/weight", "from 0 to 1"},
        {"/hero/variants/0/weight", "half", "/hero/variants/0/weight", "from 0 to 1"},
        {"/hero/variants/0/weight", nullptr, "/hero/variants/0/weight", "missing"},
        {"/hero/variants/0/weight", 0.75, "/hero/variants", "no baseline", Severity::Warning},
        {"/hero/variants/0/weight", 0, "/hero/variants/0/weight", "nobody sees", Severity::Warning},
        {"/hero/variants/0/url/alt", "", "/hero/variants/0/url/alt", "describe the photo"},
        {"/hero/variants/0/url", nullptr, "/hero/variants/0/url", "missing"},
        {"/gallery", 1, "/gallery", "must be a list"},
        {"/gallery/0", "x.jpg", "/gallery/0", "must be an object"},
        {"/gallery/1/id", "one", "/gallery/1/id", "used twice"},
        {"/gallery/0/id", nullptr, "/gallery/0/id", "needs a unique id"},
        {"/gallery/0/alt", nullptr, "/gallery/0/alt", "describe the photo"},
        {"/gallery/0/caption", std::string(301, 'x'), "/gallery/0/caption", "at most 300 are allowed"},
        {"/gallery/0/url", nullptr, "/gallery/0/url", "missing"},
        {"/testimonials/0/photo", nullptr, "/testimonials/0/photo", "missing"},
        {"/testimonials/0/photo", "vbscript:x", "/testimonials/0/photo", "https://"},
    };
    for (const auto &fault : faults) {
        const auto issues = validate_photos(with(full_photos(), fault.pointer, fault.value));
        EXPECT_TRUE(has_issue(issues, fault.severity, fault.reported_at, fault.words))
            << fault.pointer << " = " << fault.value.dump().substr(0, 60) << "\n"
            << listed(issues);
        EXPECT_EQ(has_errors(issues), fault.severity == Severity::Error)
            << fault.pointer << " = " << fault.value.dump().substr(0, 60) << "\n"
            << listed(issues);
    }
}
