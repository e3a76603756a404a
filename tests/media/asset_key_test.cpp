// SPDX-License-Identifier: Apache-2.0
#include "media/asset_key.h"

#include <gtest/gtest.h>

namespace studio::media {

TEST(AssetKey, SplitsIntoSegments) {
    EXPECT_EQ(key_segments("claire/hero-3f2a9c81-1280.webp"),
              (std::vector<std::string>{"claire", "hero-3f2a9c81-1280.webp"}));
    EXPECT_EQ(key_segments("a.b_C-9").size(), 1u);
}

TEST(AssetKey, RefusesWhatCouldLeaveTheFolderOrHide) {
    using namespace std::string_view_literals;
    for (const auto key :
         {""sv, "/"sv, "/etc/passwd"sv, "claire/"sv, "claire//x"sv, ".."sv, "../x"sv, "claire/../x"sv,
          "claire/.."sv, "."sv, "claire/./x"sv, ".hidden"sv, "claire/.hidden"sv, "a\\b"sv, "a b"sv, "a\0b"sv,
          "a%2e"sv, "é"sv, "a/b/c/d/e/f/g/h/i"sv}) {
        EXPECT_TRUE(key_segments(key).empty()) << key;
    }
    EXPECT_TRUE(key_segments(std::string(129, 'a')).empty());
    EXPECT_FALSE(key_segments(std::string(128, 'a')).empty());
}

TEST(AssetKey, StemKeepsLettersAndDigitsOfTheFileName) {
    EXPECT_EQ(key_stem("hero.jpg"), "hero");
    EXPECT_EQ(key_stem("/home/x/IMG_2041 (final).JPEG"), "img-2041-final");
    EXPECT_EQ(key_stem("a.b.png"), "a-b");
    EXPECT_EQ(key_stem("../../x.png"), "x");
    EXPECT_EQ(key_stem("写真.webp"), "photo");
    EXPECT_EQ(key_stem(".jpg"), "jpg");
    EXPECT_EQ(key_stem(std::string(300, 'z') + ".jpg"), std::string(48, 'z'));
}

TEST(AssetKey, InABucketIsMadeOfTheContentAndARandomFolder) {
    const std::string folder = new_folder();
    EXPECT_EQ(folder.size(), 32U);
    EXPECT_NE(folder, new_folder());
    // FIPS 180-2, appendix B.1
    EXPECT_EQ(key_of_content("4c1f", "abc", "-480.webp"), "4c1f/ba7816bf8f01cfea414140de5dae2223-480.webp");
    EXPECT_EQ(key_segments(key_of_content(folder, "", ".jpg")).size(), 2U);
}

TEST(AssetKey, HashIsTheStartOfTheSha256) {
    EXPECT_EQ(content_hash("abc"), "ba7816bf"); // FIPS 180-2, appendix B.1
    EXPECT_EQ(content_hash(""), "e3b0c442");
}

} // namespace studio::media
