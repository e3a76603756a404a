// SPDX-License-Identifier: Apache-2.0
#include "models/documents/fonts.h"
#include "site/static_files.h"

#include <gmock/gmock.h>

namespace studio::site {
namespace {

TEST(StaticFiles, AreFoundUnderTheirHashedNameOnly) {
    const std::string url = static_url("site.js");
    ASSERT_TRUE(url.starts_with("/static/site."));
    const auto file = static_file(url.substr(8));
    ASSERT_TRUE(file);
    EXPECT_EQ(file->content_type, "text/javascript; charset=utf-8");
    EXPECT_NE(file->bytes.find("showModal"), std::string_view::npos);
    EXPECT_FALSE(static_file("site.js"));
    EXPECT_FALSE(static_file("../etc/passwd"));
    EXPECT_THROW(static_url("none.js"), std::logic_error);
}

TEST(StaticFiles, HoldEveryFamilyWithItsLicence) {
    for (const models::FontFamily &family : models::font_families()) {
        const std::string slug(family.slug);
        for (const char *cut :
             {"-latin-400-normal.woff2", "-latin-ext-400-normal.woff2", "-latin-400-italic.woff2"}) {
            const auto file = static_file(static_url(slug + cut).substr(8));
            ASSERT_TRUE(file) << slug << cut;
            EXPECT_EQ(file->bytes.substr(0, 4), "wOF2") << slug << cut;
        }
        const auto licence = static_file(static_url(slug + "-licence.txt").substr(8));
        EXPECT_NE(licence->bytes.find("SIL Open Font License"), std::string_view::npos) << slug;
    }
}

TEST(StaticFiles, AreAllListed) {
    const auto names = static_file_names();
    EXPECT_GT(names.size(), 80u);
    for (const std::string &name : names) {
        EXPECT_TRUE(static_file(name)) << name;
    }
}

} // namespace
} // namespace studio::site
