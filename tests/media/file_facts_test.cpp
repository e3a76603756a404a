// SPDX-License-Identifier: Apache-2.0
#include "media/asset_store.h"
#include "media/file_facts.h"
#include "media/place_names.h"
#include "media/text_metadata.h"
#include "tests/media/picture_samples.h"

#include <gmock/gmock.h>

#include <chrono>

namespace studio::media {
namespace {

using namespace studio::tests;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

class Facts : public ::testing::Test {
protected:
    FileFacts facts(const std::string &name, const std::string &bytes) {
        return facts_of(m_folder.write(name, bytes));
    }

    ScratchFolder m_folder;
    const std::string m_plain = jpeg_of(gradient(300, 200));
};

std::string packet(const std::string &attributes, const std::string &elements) {
    return "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF><rdf:Description " + attributes + ">" + elements +
           "</rdf:Description></rdf:RDF></x:xmpmeta>";
}

TEST_F(Facts, OfAFileWithoutAnyAreEmpty) {
    EXPECT_TRUE(facts("plain.jpg", m_plain).empty());
    EXPECT_TRUE(facts("letter.txt", "This is a letter.").empty());
    EXPECT_THROW(facts_of(m_folder.path() / "gone.jpg"), Error);
}

TEST_F(Facts, SayThePlaceInWordsAndTheNamesFromEveryKindOfFile) {
    for (const auto &[name, bytes] :
         {std::pair<std::string, std::string>{"a.jpg", jpeg_with_metadata(m_plain, 1)},
          {"a.webp", webp_with_metadata(webp_of(gradient(300, 200)), 1)},
          {"a.png", png_with_exif(png_of(gradient(300, 200)), 1)},
          {"a.heic", heic_with_exif(gradient(300, 200), exif_block(1), 1)}}) {
        SCOPED_TRACE(name);
        const FileFacts told = facts(name, bytes);
        ASSERT_TRUE(told.place.has_value());
        EXPECT_NEAR(told.place->latitude, -(33 + 51 / 60.0 + 2468 / 3600.0), 1e-6);
        EXPECT_NEAR(told.place->longitude, 151 + 12 / 60.0 + 1357 / 3600.0, 1e-6);
        EXPECT_THAT(told.place_words, MatchesRegex("near Sydney, Australia, 8[0-9] km from its centre"));
        EXPECT_THAT(told.names, Contains(planted_owner));
    }
    EXPECT_THAT(facts("b.jpg", jpeg_with_metadata(m_plain, 1)).names, Contains(planted_creator));
}

TEST_F(Facts, SayTheTimeAndTheDeviceWithItsNumber) {
    const auto told = facts(
        "a.jpg", jpeg_with(m_plain,
                           exif_of_texts({{0x010f, "Apple"}, {0x0110, "iPhone 14"}, {0x013b, "Ann Example"}},
                                         {{0x9003, "2026:03:14 18:20:05"},
                                          {0xa430, "Olivia Owner"},
                                          {0xa431, "F2LX0042"},
                                          {0xa435, "LENS77"}}),
                           ""));
    EXPECT_EQ(told.taken_at, "14 March 2026, 18:20");
    EXPECT_EQ(told.device, "Apple iPhone 14, number F2LX0042, lens number LENS77");
    EXPECT_THAT(told.names, ElementsAre("Olivia Owner", "Ann Example"));
    EXPECT_FALSE(told.place.has_value());
    const auto canon = facts(
        "b.jpg", jpeg_with(m_plain, exif_of_texts({{0x010f, "Canon"}, {0x0110, "Canon EOS R5"}}, {}), ""));
    EXPECT_EQ(canon.device, "Canon EOS R5");
}

TEST_F(Facts, ReadWhatProgramsWriteAsXmp) {
    const auto told = facts(
        "a.jpg",
        jpeg_with(
            m_plain, "",
            packet(
                "photoshop:City=\"Bondi\" photoshop:Country='Australia' xmp:CreateDate=\"2026-03-14T18:20\" "
                "exif:GPSLatitude=\"33,53.5S\" exif:GPSLongitude=\"151,16.5E\" aux:SerialNumber=\"S-1\"",
                "<dc:creator><rdf:Seq><rdf:li>Ann &amp; Co</rdf:li></rdf:Seq></dc:creator>"
                "<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Claire H.</rdf:li><rdf:li>Bea</rdf:li>"
                "</rdf:Bag></Iptc4xmpExt:PersonInImage>"
                "<mwg-rs:Name>Dora</mwg-rs:Name>")));
    EXPECT_THAT(told.names, ElementsAre("Claire H.", "Bea", "Dora", "Ann & Co"));
    EXPECT_THAT(told.place_words, StartsWith("Bondi, Australia (near Sydney, Australia, "));
    EXPECT_EQ(told.taken_at, "14 March 2026, 18:20");
    EXPECT_EQ(told.device, "number S-1");
    ASSERT_TRUE(told.place.has_value());
    EXPECT_NEAR(told.place->latitude, -(33 + 53.5 / 60), 1e-6);
}

TEST_F(Facts, OfDamagedMetadataAreLeftOutWithoutAnError) {
    const std::string exif = exif_block(1);
    for (const std::size_t length : {std::size_t{4}, std::size_t{9}, std::size_t{30}, exif.size() / 2}) {
        EXPECT_NO_THROW(facts("cut.jpg", jpeg_with(m_plain, exif.substr(0, length), "")));
    }
    EXPECT_NO_THROW(facts("cut.jpg", jpeg_with(m_plain, "", "<x:xmpmeta photoshop:City=\"Bon")));
    const auto odd =
        facts("odd.jpg", jpeg_with(m_plain, exif_of_texts({}, {{0x9003, "0000:00:00 00:00:00"}}), ""));
    EXPECT_EQ(odd.taken_at, "");
}

// Reading each tag to the end of the packet would take days.
TEST(TextMetadata, OfTagsThatAreNotClosedAreReadInSeconds) {
    std::string tags, texts;
    for (int i = 0; i < 1'000'000; ++i) {
        tags += "<dc:creator ";
        texts += "&amp;&amp;&amp;";
    }
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_THAT(xmp_texts(tags, "dc:creator"), IsEmpty());
    EXPECT_THAT(xmp_texts(tags + "</dc:creator>", "dc:creator"), IsEmpty());
    EXPECT_THAT(xmp_texts(tags + "><dc:creator>Eva</dc:creator>", "dc:creator"), ElementsAre("Eva"));
    EXPECT_THAT(xmp_texts("<dc:creator>" + texts + "</dc:creator>", "dc:creator"),
                ElementsAre(StartsWith("&&&&")));
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(PlaceNames, AreThoseOfTheNearestCityWithItsCountry) {
    EXPECT_THAT(place_in_words({-33.92, 151.20}),
                MatchesRegex("near Sydney, Australia, [1-9] km from its centre"));
    EXPECT_THAT(place_in_words({52.40, 4.95}), HasSubstr("Amsterdam, Netherlands"));
    EXPECT_THAT(place_in_words({40.75, -74.0}), HasSubstr("New York, United States"));
    EXPECT_THAT(place_in_words({1.35, 103.9}), MatchesRegex("near Singapore, [0-9]+ km from its centre"));
    EXPECT_THAT(place_in_words({51.5083, -0.1253}), HasSubstr("in London, ")) << "its own coordinates";
}

TEST(PlaceNames, AreNotGuessedFarFromAnyCity) {
    EXPECT_EQ(place_in_words({-25.3, 131.0}), "") << "Uluru";
    EXPECT_EQ(place_in_words({-40, -120}), "");
    EXPECT_EQ(place_in_words({91, 0}), "");
    EXPECT_EQ(place_in_words({0, 181}), "");
}

TEST(TextMetadata, ShownTextIsOneLineOfUtf8) {
    EXPECT_EQ(shown_text("  Zoë\n\tLi \x01 "), "Zoë Li");
    EXPECT_EQ(shown_text("a\xff\xfe z"), "a z");
    EXPECT_LE(shown_text(std::string(5000, 'x')).size(), 204u);
    EXPECT_THAT(iptc_texts(std::string("\x1c\x02\x5a\xff\xff"
                                       "cut",
                                       8),
                           90),
                IsEmpty());
    EXPECT_THAT(iptc_texts(std::string("\x1c\x02\x5a\x00\x05"
                                       "Bondi",
                                       10),
                           90),
                ElementsAre("Bondi"));
}

} // namespace
} // namespace studio::media
