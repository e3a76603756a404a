// SPDX-License-Identifier: Apache-2.0
#include "media/local_asset_store.h"
#include "media/photo_importer.h"
#include "media/picture_file.h"
#include "tests/media/picture_samples.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <set>

namespace studio::media {
namespace {

namespace fs = std::filesystem;
using namespace studio::tests;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using vips::VImage;

const std::string media_folder = "00112233445566778899aabbccddeeff";

class PhotoImport : public ::testing::Test {
protected:
    models::Photo import_bytes(const std::string &name, const std::string &bytes) {
        return m_importer.import_file(m_folder.write(name, bytes), media_folder).photo;
    }

    std::string stored(const std::string &url) {
        EXPECT_TRUE(url.starts_with("/media/")) << url;
        return m_store.read(url.substr(7)).value();
    }

    VImage largest(const models::Photo &photo) { return decoded(stored(photo.derivatives.back().url)); }

    void expect_refused(const std::string &name, const std::string &bytes, ErrorKind kind) {
        expect_file_refused(m_folder.write(name, bytes), kind);
    }

    void expect_file_refused(const fs::path &file, ErrorKind kind) {
        try {
            m_importer.import_file(file, media_folder);
            FAIL() << file << " was accepted";
        } catch (const Error &error) {
            EXPECT_EQ(error.kind(), kind) << error.what();
            EXPECT_THAT(error.what(), AllOf(HasSubstr(file.filename().string()), Not(HasSubstr("VipsJpeg"))));
        }
        EXPECT_THAT(keys(), IsEmpty());
    }

    // For a store that already has other pictures.
    void expect_refused_whole(const std::string &name, const std::string &bytes) {
        const auto before = keys();
        EXPECT_THROW(import_bytes(name, bytes), Error);
        EXPECT_EQ(keys(), before);
    }

    std::vector<std::string> keys() {
        std::vector<std::string> keys;
        for (const auto &asset : m_store.list("")) {
            keys.push_back(asset.key);
        }
        return keys;
    }

    ScratchFolder m_folder;
    LocalAssetStore m_store{m_folder.path() / "media"};
    PhotoImporter m_importer{m_store};
};

std::vector<int> widths_of(const models::Photo &photo) {
    std::vector<int> widths;
    for (const auto &derivative : photo.derivatives) {
        if (derivative.format == "webp") {
            widths.push_back(derivative.width);
        }
    }
    return widths;
}

void expect_near(const std::vector<double> &actual, const std::vector<double> &wanted, double tolerance) {
    ASSERT_EQ(actual.size(), wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        EXPECT_NEAR(actual[i], wanted[i], tolerance) << "band " << i;
    }
}

TEST_F(PhotoImport, MakesEveryWidthInTwoFormatsAndAJpegThatPagesCanName) {
    const auto file = m_folder.write("Claire in Bondi.JPG", jpeg_of(gradient(3000, 2000)));
    const auto imported = m_importer.import_file(file, media_folder);
    const auto &photo = imported.photo;
    EXPECT_EQ(photo.width, 2560);
    EXPECT_EQ(photo.height, 1707);
    EXPECT_THAT(widths_of(photo), ElementsAre(320, 640, 960, 1280, 1920, 2560));
    EXPECT_THAT(imported.picture, ::testing::MatchesRegex("/media/" + media_folder + "/[0-9a-f]{32}"));
    EXPECT_EQ(photo.url, imported.picture + "-1920.jpg");
    EXPECT_TRUE(imported.picture.find(photo.id) != std::string::npos && photo.id.size() == 12) << photo.id;
    std::set<std::string> files;
    for (const auto &each : imported.files) {
        files.insert(each.key);
        EXPECT_EQ(m_store.read(each.key).value().size(), each.bytes);
        EXPECT_FALSE(each.original);
    }
    EXPECT_THAT(keys(), ::testing::ElementsAreArray(files)) << "all that is stored, and nothing else";
    ASSERT_EQ(photo.derivatives.size(), 12u);
    for (const auto &derivative : photo.derivatives) {
        EXPECT_EQ(derivative.url,
                  imported.picture + "-" + std::to_string(derivative.width) + "." + derivative.format);
        const std::string bytes = stored(derivative.url);
        EXPECT_EQ(picture_format(bytes),
                  derivative.format == "avif" ? PictureFormat::Avif : PictureFormat::Webp);
        const auto image = decoded(bytes);
        EXPECT_EQ(image.width(), derivative.width);
        EXPECT_NEAR(image.height(), derivative.width * 2.0 / 3, 1);
        EXPECT_EQ(image.bands(), 3);
        expect_near(pixel(image, image.width() / 4, image.height() / 4),
                    pixel(gradient(3000, 2000), 750, 500), 8);
    }
    EXPECT_EQ(decoded(stored(photo.url)).width(), 1920);
}

TEST_F(PhotoImport, KeepsTheFileAsItCameOnlyWhereThatIsWantedAndApart) {
    const std::string bytes = jpeg_with_metadata(jpeg_of(gradient(400, 300)), 1);
    const auto file = m_folder.write("a.jpg", bytes);
    ImportOptions options;
    options.keep_original = true;
    const auto imported = m_importer.import_file(file, media_folder, options);
    const auto &original = imported.files.back();
    EXPECT_TRUE(original.original);
    EXPECT_EQ(original.key, media_folder + "/originals/" + imported.picture.substr(7 + 32 + 1) + ".jpg");
    EXPECT_EQ(original.content_type, "image/jpeg");
    EXPECT_EQ(m_store.read(original.key), bytes);
    EXPECT_EQ(to_json(imported.photo).dump().find("originals"), std::string::npos);
    struct stat status {};
    ASSERT_EQ(::stat((m_store.root() / original.key).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U) << "readable by the owner alone";
    EXPECT_EQ(m_importer.import_file(file, media_folder).files.size(), imported.files.size() - 1);
}

TEST_F(PhotoImport, EveryRefusalSaysWhatWouldWork) {
    using namespace std::string_literals;
    const std::string jpeg = jpeg_of(gradient(600, 400));
    const std::pair<std::string, const char *> each[] = {
        {"\0\0\0\x18"s + "ftypheic\0\0\0\0mif1heic"s, "Copy it again"},
        {"\0\0\0\x18"s + "ftypmif1\0\0\0\0mif1heic"s, "Copy it again"},
        {"\0\0\0\x18"s + "ftypmp42\0\0\0\0"s, "is a video. Choose a photo"},
        {"\0\0\0\x14"s + "ftypqt  \0\0\0\0"s, "is a video. Choose a photo"},
        {"\0\0\0\x18"s + "ftypcrx \0\0\0\0"s, "raw file. Export it as JPEG"},
        {"GIF89a\x01"s, "Save it as PNG or JPEG"},
        {"BM\x36\0"s, "Save it as PNG or JPEG"},
        {"8BPS\0\x01"s, "Export it as JPEG or PNG"},
        {"%PDF-1.7\n"s, "Export the picture in it"},
        {"PK\x03\x04..."s, "Unpack it"},
        {"<svg xmlns="s, "Export it as PNG"},
        {"<!doctype html>"s, "save the picture itself"},
        {"\xff\x0a..."s, "Save it as JPEG or PNG"},
        {"This is a letter."s, "Choose a JPEG, HEIC, PNG, WebP, AVIF or TIFF file"},
        {""s, "Copy it again"},
        {jpeg.substr(0, jpeg.size() / 2), "Copy it again"},
        {"\xff\xd8\xff\xe0"s, "Copy it again"}};
    for (const auto &[bytes, words] : each) {
        try {
            import_bytes("IMG_0001.HEIC", bytes);
            ADD_FAILURE() << "accepted: " << words;
        } catch (const Error &error) {
            EXPECT_THAT(error.what(), AllOf(HasSubstr("IMG_0001.HEIC"), HasSubstr(words)));
        }
    }
}

// A JPEG whose last two bytes are lost lacks only its end marker: the photo is imported, or the refusal says
// what to do.
TEST_F(PhotoImport, APhotoWithoutItsEndMarkerIsTakenOrExplained) {
    const std::string jpeg = jpeg_of(gradient(600, 400));
    ASSERT_TRUE(jpeg.ends_with("\xff\xd9"));
    for (const std::size_t lost : {1, 2}) {
        try {
            EXPECT_EQ(import_bytes("end.jpg", jpeg.substr(0, jpeg.size() - lost)).width, 600);
        } catch (const Error &error) {
            EXPECT_THAT(error.what(), HasSubstr("Copy it again"));
        }
    }
}

TEST_F(PhotoImport, NeverEnlarges) {
    EXPECT_THAT(widths_of(import_bytes("small.png", png_of(gradient(300, 200)))), ElementsAre(300));
    EXPECT_THAT(widths_of(import_bytes("middle.png", png_of(gradient(1000, 700)))),
                ElementsAre(320, 640, 1000));
    EXPECT_THAT(widths_of(import_bytes("exact.png", png_of(gradient(960, 640)))), ElementsAre(320, 640, 960));
}

TEST_F(PhotoImport, TheSameFileGivesTheSameKeysAndAnotherGivesOthers) {
    const auto bytes = jpeg_of(gradient(600, 400));
    const auto first = import_bytes("a.jpg", bytes);
    const auto before = m_store.list("");
    EXPECT_EQ(import_bytes("a.jpg", bytes), first);
    EXPECT_EQ(m_store.list("").size(), before.size());
    EXPECT_NE(import_bytes("a.jpg", jpeg_of(gradient(600, 401))).url, first.url);
}

TEST_F(PhotoImport, TurnsEveryOrientationUpright) {
    // Where the corner that is red as stored must be after turning, by EXIF orientation 1..8: x and y as 0
    // or 1.
    const int corner[8][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}, {1, 0}, {1, 1}, {0, 1}};
    const std::string plain = jpeg_of(gradient(300, 200));
    for (int orientation = 1; orientation <= 8; ++orientation) {
        const auto photo =
            import_bytes("o" + std::to_string(orientation) + ".jpg", jpeg_with_metadata(plain, orientation));
        const bool turned = orientation >= 5;
        EXPECT_EQ(photo.width, turned ? 200 : 300) << orientation;
        EXPECT_EQ(photo.height, turned ? 300 : 200) << orientation;
        const auto image = largest(photo);
        const int x = corner[orientation - 1][0] == 0 ? 8 : image.width() - 9;
        const int y = corner[orientation - 1][1] == 0 ? 8 : image.height() - 9;
        EXPECT_GT(pixel(image, x, y)[0], 190) << orientation;
    }
}

// As phones write it: EXIF still has the orientation, but the decoder has already turned the picture.
TEST_F(PhotoImport, TakesHeicAndNeverTurnsItTwice) {
    const std::string heic = heic_with_exif(gradient(600, 400), exif_block(6), 6);
    ASSERT_EQ(picture_format(heic), PictureFormat::Heic);
    ASSERT_NE(heic.find(std::string("\x12\x01\x03\0\x01\0\0\0\x06\0", 10)), std::string::npos)
        << "the sample has no orientation";
    const auto photo = import_bytes("IMG_0001.HEIC", heic);
    EXPECT_EQ(photo.width, 600);
    EXPECT_EQ(photo.height, 400);
    EXPECT_GT(pixel(largest(photo), 8, 8)[0], 190);
    expect_refused_whole("cut.heic", heic.substr(0, heic.size() / 2));
}

TEST_F(PhotoImport, SaysNothingOnTheErrorOutput) {
    const std::string heic = heic_with_exif(gradient(300, 200), exif_block(1), 1);
    const std::string avif = encoded(gradient(300, 200), ".avif[effort=0]");
    ::testing::internal::CaptureStderr();
    import_bytes("a.heic", heic);
    import_bytes("b.avif", avif);
    EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

TEST_F(PhotoImport, BringsWideGamutColoursToSrgbInsteadOfDroppingTheirProfile) {
    const auto flat = (gradient(400, 300) * 0 + std::vector<double>{180, 90, 70}).cast(VIPS_FORMAT_UCHAR);
    const auto as_p3 = flat.copy(VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB))
                           .icc_transform("p3", VImage::option()->set("input_profile", "srgb"));
    const double stored_red = pixel(as_p3, 200, 150)[0];
    ASSERT_LT(stored_red, 175) << "the sample must differ from sRGB";
    const auto photo = import_bytes("p3.png", png_of(as_p3));
    expect_near(pixel(largest(photo), 200, 150), {180, 90, 70}, 4);
    expect_near(pixel(decoded(stored(photo.url)), 200, 150), {180, 90, 70}, 4);
}

TEST_F(PhotoImport, ReadsCmykGreySixteenBitAndTransparentPictures) {
    const auto cmyk =
        gradient(400, 300).icc_transform("cmyk", VImage::option()->set("input_profile", "srgb"));
    const auto from_cmyk = import_bytes("print.jpg", jpeg_of(cmyk));
    EXPECT_EQ(largest(from_cmyk).bands(), 3);
    EXPECT_GT(pixel(largest(from_cmyk), 5, 5)[0], 170);
    EXPECT_LT(pixel(largest(from_cmyk), 5, 5)[1], 90);

    const auto grey = gradient(400, 300).colourspace(VIPS_INTERPRETATION_B_W);
    const auto from_grey = largest(import_bytes("grey.png", png_of(grey)));
    EXPECT_EQ(from_grey.bands(), 3);
    expect_near(pixel(from_grey, 200, 150), std::vector<double>(3, pixel(grey, 200, 150)[0]), 4);

    const auto deep = gradient(400, 300).colourspace(VIPS_INTERPRETATION_RGB16);
    ASSERT_EQ(deep.format(), VIPS_FORMAT_USHORT);
    expect_near(pixel(largest(import_bytes("deep.png", png_of(deep))), 100, 75),
                pixel(gradient(400, 300), 100, 75), 6);
    expect_near(pixel(largest(import_bytes("deep.tif", encoded(deep, ".tif"))), 100, 75),
                pixel(gradient(400, 300), 100, 75), 6);

    const auto clear = gradient(400, 300).bandjoin(0);
    const auto flattened = largest(import_bytes("clear.png", png_of(clear)));
    EXPECT_EQ(flattened.bands(), 3);
    expect_near(pixel(flattened, 200, 150), {255, 255, 255}, 2);
}

TEST_F(PhotoImport, GoesByWhatTheFileIsAndNotByItsName) {
    EXPECT_EQ(import_bytes("really-a-png.jpg", png_of(gradient(300, 200))).width, 300);
    EXPECT_EQ(import_bytes("no-extension", webp_of(gradient(300, 200))).width, 300);
    EXPECT_EQ(import_bytes("next.avif", encoded(gradient(300, 200), ".avif[effort=0]")).width, 300);
}

TEST_F(PhotoImport, TakesTheFirstFrameOfAnAnimation) {
    const auto photo = import_bytes("moving.webp", animated_webp(300, 200));
    EXPECT_EQ(photo.height, 200);
    EXPECT_THAT(webp_chunks(stored(photo.derivatives.back().url)), ElementsAre("VP8 "));
    EXPECT_GT(pixel(largest(photo), 5, 5)[0], 190);
}

TEST_F(PhotoImport, FollowsALinkToAPicture) {
    fs::create_symlink(m_folder.write("real.png", png_of(gradient(300, 200))), m_folder.path() / "link.png");
    EXPECT_EQ(m_importer.import_file(m_folder.path() / "link.png", media_folder).photo.width, 300);
}

TEST_F(PhotoImport, RefusesWhatIsNoPicture) {
    expect_refused("empty.jpg", "", ErrorKind::NotAnImage);
    expect_refused("text.jpg", "This is a letter, not a photo.", ErrorKind::NotAnImage);
    expect_refused("drawing.svg",
                   "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"/etc/passwd\"/></svg>",
                   ErrorKind::NotAnImage);
    expect_refused("moving.gif", "GIF89a\x01", ErrorKind::NotAnImage);
    expect_refused("page.pdf", "%PDF-1.7\n", ErrorKind::NotAnImage);
    expect_refused("only-magic.jpg", "\xff\xd8\xff\xe0", ErrorKind::NotAnImage);
    expect_refused("only-magic.png", "\x89PNG\r\n\x1a\n", ErrorKind::NotAnImage);
    expect_file_refused(m_folder.path(), ErrorKind::NotAnImage);
    expect_file_refused(m_folder.path() / "gone.jpg", ErrorKind::NotFound);
}

TEST_F(PhotoImport, APipeDoesNotBlockIt) {
    const auto pipe = m_folder.path() / "pipe.jpg";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    expect_file_refused(pipe, ErrorKind::NotAnImage);
}

TEST_F(PhotoImport, RefusesTruncatedPictures) {
    for (const auto &[name, bytes] :
         {std::pair<std::string, std::string>{"cut.jpg", jpeg_of(gradient(900, 600))},
          {"cut.png", png_of(gradient(900, 600))},
          {"cut.webp", webp_of(gradient(900, 600))},
          {"cut.tif", encoded(gradient(900, 600), ".tif")},
          {"cut.avif", encoded(gradient(900, 600), ".avif[effort=0]")}}) {
        SCOPED_TRACE(name);
        expect_refused(name, bytes.substr(0, bytes.size() / 2), ErrorKind::NotAnImage);
    }
}

TEST_F(PhotoImport, RefusesASmallFileThatClaimsGigapixels) {
    const std::string bomb = png_with_size(png_of(gradient(8, 8)), 60'000, 60'000);
    ASSERT_LT(bomb.size(), 1000u);
    expect_refused("bomb.png", bomb, ErrorKind::TooLarge);
}

TEST_F(PhotoImport, RefusesAFileOverEightyMegabytesWithoutReadingIt) {
    const auto file = m_folder.write("huge.jpg", "\xff\xd8\xff");
    fs::resize_file(file, 80'000'001); // sparse
    expect_file_refused(file, ErrorKind::TooLarge);
}

TEST_F(PhotoImport, SaysWhenAFileMayNotBeRead) {
    const auto file = m_folder.write("private.jpg", jpeg_of(gradient(64, 64)));
    fs::permissions(m_folder.path(), fs::perms(0755));
    fs::permissions(file, fs::perms::none);
    if (::geteuid() != 0) {
        return expect_file_refused(file, ErrorKind::Forbidden);
    }
    ASSERT_EQ(::seteuid(65534), 0); // nobody: root may read everything
    ErrorKind kind = ErrorKind::Io;
    try {
        m_importer.import_file(file, media_folder);
    } catch (const Error &error) {
        kind = error.kind();
    }
    ASSERT_EQ(::seteuid(0), 0);
    EXPECT_EQ(kind, ErrorKind::Forbidden);
}

TEST_F(PhotoImport, RefusesWhatIsNoMediaFolder) {
    const auto file = m_folder.write("a.png", png_of(gradient(64, 64)));
    for (const std::string folder :
         {"../claire", "", ".", "a/b", "claire", "00112233445566778899AABBCCDDEEFF"}) {
        EXPECT_THROW(m_importer.import_file(file, folder), Error) << folder;
    }
    EXPECT_THAT(keys(), IsEmpty());
}

} // namespace
} // namespace studio::media
