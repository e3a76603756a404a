// SPDX-License-Identifier: Apache-2.0
// No metadata of a file is published: every byte is searched for planted words, and exiftool, which knows
// more kinds of metadata than these tests, lists what it finds.
#include "media/local_asset_store.h"
#include "media/photo_importer.h"
#include "tests/media/picture_samples.h"

#include <gmock/gmock.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <set>
#include <sstream>

namespace studio::media {
namespace {

namespace fs = std::filesystem;
using namespace studio::tests;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string media_folder = "00112233445566778899aabbccddeeff";

struct Output {
    std::string text;
    int status = 0;
};

// All fields of the files, one a line: "[GPS]           GPSLatitude                     : 33 deg …".
Output exiftool(const ScratchFolder &folder, const std::vector<fs::path> &files) {
    std::string list;
    for (const auto &file : files) {
        list += file.string() + "\n";
    }
    const std::string command =
        "exiftool -a -G1 -s -ee -@ '" + folder.write("exiftool.args", list).string() + "' 2>&1";
    Output output;
    std::FILE *pipe = ::popen(command.c_str(), "r");
    std::array<char, 4096> block{};
    for (std::size_t count = 0; (count = std::fread(block.data(), 1, block.size(), pipe)) > 0;) {
        output.text.append(block.data(), count);
    }
    output.status = ::pclose(pipe);
    return output;
}

// Whether the field is one that every file of these kinds has: facts of the file system, sizes, and the
// coding of pixels.
bool says_nothing(const std::string &group, const std::string &field) {
    static const std::set<std::string> harmless_groups = {"File", "System", "Composite", "ExifTool"};
    static const std::set<std::string> harmless_fields = {
        "RIFF ImageWidth", "RIFF ImageHeight", "RIFF VP8Version", "RIFF HorizontalScale",
        "RIFF VerticalScale", "JFIF JFIFVersion", "JFIF ResolutionUnit", "JFIF XResolution",
        "JFIF YResolution",
        // of AVIF's container
        "QuickTime MajorBrand", "QuickTime MinorVersion", "QuickTime CompatibleBrands",
        "QuickTime MediaDataSize", "QuickTime MediaDataOffset", "Meta HandlerType", "QuickTime HandlerType",
        "Meta PrimaryItemReference", "QuickTime PrimaryItemReference"};
    static const std::set<std::string> coding = {"ImageSpatialExtent",
                                                 "ImagePixelDepth",
                                                 "ColorProfiles",
                                                 "ColorPrimaries",
                                                 "TransferCharacteristics",
                                                 "MatrixCoefficients",
                                                 "VideoFullRangeFlag",
                                                 "AV1ConfigurationVersion",
                                                 "ChromaFormat",
                                                 "ChromaSamplePosition",
                                                 "ImageWidth",
                                                 "ImageHeight"};
    const bool container = group == "QuickTime" || group == "Meta" || group == "ItemList";
    return harmless_groups.contains(group) || harmless_fields.contains(group + " " + field) ||
           (container && coding.contains(field));
}

std::vector<std::string> telling_lines(const std::string &text) {
    std::vector<std::string> telling;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with('[')) {
            continue; // the name of a file, and how many were read
        }
        const std::string group = line.substr(1, line.find(']') - 1);
        std::istringstream rest(line.substr(line.find(']') + 1));
        std::string field;
        rest >> field;
        if (!says_nothing(group, field)) {
            telling.push_back(line);
        }
    }
    return telling;
}

class PhotoMetadata : public ::testing::Test {
protected:
    static std::vector<std::pair<std::string, std::string>> samples() {
        const auto image = gradient(400, 300); // two widths
        const std::string exif = exif_of_texts({{0x010f, planted_owner}, {0x013b, planted_creator}},
                                               {{0xa430, planted_caption}, {0xa431, planted_owner}});
        return {
            {"from-camera.jpg", jpeg_with_metadata(jpeg_of(image), 1)},
            {"device.jpg", jpeg_with(jpeg_of(image), exif, "")},
            {"behind-the-end.jpg", jpeg_of(image) + planted_owner + jpeg_with_metadata(jpeg_of(image), 1)},
            {"edited.webp", webp_with_metadata(webp_of(image), 1)},
            {"export.png", png_with_exif(png_of(image), 1)},
            {"phone.heic", heic_with_exif(image, exif_block(6), 6)},
            {"next.avif", encoded(with_exif(image), ".avif[effort=0]")},
            {"scan.tif", encoded(with_exif(image), ".tif")}};
    }

    static vips::VImage with_exif(const vips::VImage &image) {
        auto told = image.copy();
        const std::string block = std::string("Exif") + '\0' + '\0' + exif_block(1);
        vips_image_set_blob_copy(told.get_image(), VIPS_META_EXIF_NAME, block.data(), block.size());
        told.set("image-description", planted_owner.c_str());
        return told;
    }

    ScratchFolder m_folder;
    LocalAssetStore m_store{m_folder.path() / "media"};
    PhotoImporter m_importer{m_store};
};

TEST_F(PhotoMetadata, NoPlantedWordIsInAnyByteOfAnyOutput) {
    for (const auto &[name, bytes] : samples()) {
        if (name != "scan.tif") { // TIFF has its description in another place
            ASSERT_NE(bytes.find(planted_owner), std::string::npos) << name << " has nothing to lose";
        }
        const auto imported = m_importer.import_file(m_folder.write(name, bytes), media_folder);
        ASSERT_EQ(imported.files.size(), 5u) << "two widths in two formats, and a JPEG";
    }
    const auto assets = m_store.list("");
    ASSERT_EQ(assets.size(), 8u * 5u);
    for (const auto &asset : assets) {
        const std::string bytes = m_store.read(asset.key).value();
        for (const std::string &secret :
             {planted_owner, planted_creator, planted_caption, std::string("Exif"), std::string("xmpmeta"),
              std::string("Photoshop"), std::string("ICC_PROFILE")}) {
            EXPECT_EQ(bytes.find(secret), std::string::npos) << secret << " in " << asset.key;
        }
    }
}

TEST_F(PhotoMetadata, OutputsConsistOfTheirPixelsAlone) {
    const auto imported = m_importer.import_file(
        m_folder.write("a.jpg", jpeg_with_metadata(jpeg_of(gradient(400, 300)), 1)), media_folder);
    for (const auto &file : imported.files) {
        const std::string bytes = m_store.read(file.key).value();
        if (file.content_type == "image/webp") {
            EXPECT_THAT(webp_chunks(bytes), ElementsAre("VP8 ")) << file.key;
        } else if (file.content_type == "image/jpeg") {
            EXPECT_THAT(jpeg_segments(bytes), ::testing::Each(::testing::AnyOf("APP0", "APP14"))) << file.key;
        } else {
            EXPECT_EQ(file.content_type, "image/avif");
            for (const char *box : {"mime", "uri ", "prof", "rICC", "cdsc", "uuid"}) {
                EXPECT_EQ(bytes.substr(0, 400).find(box), std::string::npos) << box << " in " << file.key;
            }
        }
    }
}

TEST_F(PhotoMetadata, ExiftoolFindsWhatWasPlantedAndNothingOfItInAnyOutput) {
    std::vector<fs::path> inputs, outputs;
    for (const auto &[name, bytes] : samples()) {
        inputs.push_back(m_folder.write(name, bytes));
        for (const auto &file : m_importer.import_file(inputs.back(), media_folder).files) {
            outputs.push_back(m_store.root() / file.key);
        }
    }
    const Output before = exiftool(m_folder, inputs);
    ASSERT_EQ(before.status, 0) << "install libimage-exiftool-perl: ./dev test does it\n" << before.text;
    EXPECT_THAT(before.text,
                AllOf(HasSubstr("GPSLatitude"), HasSubstr(planted_owner), HasSubstr(planted_creator)));
    EXPECT_THAT(telling_lines(before.text), Contains(HasSubstr("GPSLatitude")));
    const Output after = exiftool(m_folder, outputs);
    EXPECT_EQ(after.status, 0) << after.text;
    EXPECT_THAT(after.text, HasSubstr(std::to_string(outputs.size()) + " image files read"));
    EXPECT_THAT(telling_lines(after.text), ::testing::IsEmpty());
}

} // namespace
} // namespace studio::media
