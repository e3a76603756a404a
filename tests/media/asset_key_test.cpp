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

TEST(AssetKey, IsMadeOfTheContentAndARandomFolder) {
    const std::string folder = new_folder();
    EXPECT_EQ(folder.size(), 32U);
    EXPECT_NE(folder, new_folder());
    // FIPS 180-2, appendix B.1
    EXPECT_EQ(key_of_content("4c1f", "abc", "-480.webp"), "4c1f/ba7816bf8f01cfea414140de5dae2223-480.webp");
    EXPECT_EQ(key_segments(key_of_content(folder, "", ".jpg")).size(), 2U);
}

TEST(AssetKey, AMediaFolderIs32HexDigits) {
    EXPECT_TRUE(is_media_folder(new_folder()));
    for (const std::string text : {"", "claire", "0011223344556677889900112233445",
                                   "00112233445566778899AABBCCDDEEFF", "0011223344556677889900112233445/"}) {
        EXPECT_FALSE(is_media_folder(text)) << text;
    }
}

TEST(AssetKey, OriginalsArePrivateAndNothingElseIs) {
    EXPECT_TRUE(is_private_key("4c1f/originals/ba78.heic"));
    EXPECT_FALSE(is_private_key("4c1f/ba78-480.webp"));
    EXPECT_FALSE(is_private_key("4c1f/originals.webp"));
    EXPECT_TRUE(is_private_key("4c1f/originals/a name.heic")) << "somebody else put it there";
}

TEST(AssetKey, AKeysEndingSaysWhatItsFileIs) {
    EXPECT_EQ(content_type_of_key("4c1f/ba78-480.avif"), "image/avif");
    EXPECT_EQ(content_type_of_key("4c1f/ba78-480.webp"), "image/webp");
    EXPECT_EQ(content_type_of_key("4c1f/ba78-480.jpg"), "image/jpeg");
    EXPECT_EQ(content_type_of_key("4c1f/ba78-480.jpeg"), "image/jpeg");
    EXPECT_EQ(content_type_of_key("4c1f/originals/ba78.tiff"), "image/tiff");
    EXPECT_EQ(content_type_of_key("4c1f/originals/ba78.heic"), "image/heic");
    EXPECT_EQ(content_type_of_key("4c1f/ba78"), "application/octet-stream");
}

TEST(AssetKey, TheHashOfAFileIsItsSha256) {
    // FIPS 180-2, appendix B.1
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

} // namespace studio::media
