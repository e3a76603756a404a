// SPDX-License-Identifier: Apache-2.0
// Edits in the stored and the shown files.
#include "media/edited_picture.h"
#include "media/local_asset_store.h"
#include "media/photo_importer.h"
#include "tests/media/picture_samples.h"

#include <gmock/gmock.h>

#include <set>

namespace studio::media {
namespace {

using namespace studio::tests;

const std::string media_folder = "00112233445566778899aabbccddeeff";

class EditedPhoto : public ::testing::Test {
protected:
    ImportedPhoto import(const PictureEdits &edits) {
        ImportOptions options;
        options.edits = edits;
        return m_importer.import_file(m_file, media_folder, options);
    }

    ScratchFolder m_folder;
    LocalAssetStore m_store{m_folder.path() / "media"};
    PhotoImporter m_importer{m_store};
    std::filesystem::path m_file = m_folder.write("a.jpg", jpeg_of(gradient(450, 300)));
};

PictureEdits green_all_over() {
    PictureEdits edits;
    edits.covers = {{Cover::Kind::Fill, Cover::Shape::Rectangle, {}, "#00c800"}};
    return edits;
}

TEST_F(EditedPhoto, EachEditIsAnotherPictureAndTheSameEditsAreTheSameOne) {
    std::vector<PictureEdits> all(3);
    all[1].quarter_turns = 1;
    all[2].crop = Region{0, 0, 0.5, 0.5};
    all.push_back(green_all_over());
    const std::string content = import({}).content_hash;
    std::set<std::string> pictures;
    for (const PictureEdits &edits : all) {
        const auto imported = import(edits);
        pictures.insert(imported.picture);
        const auto again = import(edits);
        EXPECT_EQ(again.photo, imported.photo);
        EXPECT_EQ(again.content_hash, content) << "the file is the same";
    }
    EXPECT_EQ(pictures.size(), all.size());
}

TEST_F(EditedPhoto, AllThatIsMadeOfItIsMadeAfterTheEdits) {
    const auto imported = import(green_all_over());
    for (const auto &file : imported.files) {
        const auto image = decoded(m_store.read(file.key).value());
        for (const auto &[x, y] :
             {std::pair{3, 3}, {image.width() - 4, 3}, {image.width() / 2, image.height() / 2}}) {
            const auto color = pixel(image, x, y);
            EXPECT_NEAR(color[0], 0, 6) << file.key;
            EXPECT_NEAR(color[1], 200, 6) << file.key;
            EXPECT_NEAR(color[2], 0, 6) << file.key;
        }
    }
    std::string green;
    for (int i = 0; i < 12; ++i) {
        green += "00c800";
    }
    EXPECT_EQ(imported.photo.placeholder, green);
    EXPECT_EQ(imported.likeness, 0u) << "one colour has no steps";
    const auto &luminance = imported.photo.luminance.value();
    EXPECT_NEAR(luminance.phone, 0.7152 * 0.578, 0.01); // 200 of 255 as light is 0.578
    EXPECT_NEAR(luminance.desktop, luminance.phone, 0.001);
}

TEST_F(EditedPhoto, HasTheSizeOfTheCrop) {
    PictureEdits edits;
    edits.quarter_turns = 1;
    edits.crop = Region{0, 0, 0.5, 1};
    const auto photo = import(edits).photo;
    EXPECT_EQ(photo.width, 150);
    EXPECT_EQ(photo.height, 450);
    edits.crop = Region{0, 0, 0.01, 0.01};
    EXPECT_THROW(import(edits), Error);
}

TEST_F(EditedPhoto, APreviewIsSmallAndUprightAndShowsTheEdits) {
    const auto on_its_side = m_folder.write("side.jpg", jpeg_with_metadata(jpeg_of(gradient(900, 600)), 6));
    const EditedPicture picture(on_its_side, 200);
    EXPECT_EQ(picture.upright().width, 200);
    EXPECT_EQ(picture.upright().height, 300);
    EXPECT_EQ(picture.upright().rgb.size(), 200u * 300u * 3u);
    EXPECT_GT(picture.upright().at(197, 2)[0], 190) << "red was on the upper left as stored";
    const auto edits = green_all_over();
    EXPECT_EQ(picture.edited(edits).at(100, 150), (std::array<unsigned char, 3>{0, 200, 0}));
    EXPECT_EQ(picture.edited(edits, Covers::LeftOut), picture.upright());
    EXPECT_EQ(preview_of(on_its_side, 200, edits), picture.edited(edits));
    EXPECT_EQ(EditedPicture(m_file, 5000).upright().width, 450) << "never enlarged";
}

TEST_F(EditedPhoto, APreviewOfWhatIsNoPictureSaysWhatWouldWork) {
    try {
        EditedPicture(m_folder.write("a.pdf", "%PDF-1.7\n"), 200);
        FAIL();
    } catch (const Error &error) {
        EXPECT_THAT(error.what(), ::testing::HasSubstr("Export the picture in it"));
    }
}

} // namespace
} // namespace studio::media
