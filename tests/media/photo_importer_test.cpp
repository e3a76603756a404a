// SPDX-License-Identifier: Apache-2.0
#include "media/local_asset_store.h"
#include "media/new_files.h"
#include "media/photo_importer.h"
#include "tests/media/picture_samples.h"
#include "tests/support/eventually.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <optional>
#include <thread>

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

class PhotoImport : public ::testing::Test {
protected:
    models::Photo import_bytes(const std::string &name, const std::string &bytes) {
        return m_importer.import_file(m_folder.write(name, bytes), "claire");
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
            m_importer.import_file(file, "claire");
            FAIL() << file << " was accepted";
        } catch (const Error &error) {
            EXPECT_EQ(error.kind(), kind) << error.what();
            EXPECT_THAT(error.what(), AllOf(HasSubstr(file.filename().string()), Not(HasSubstr("VipsJpeg"))));
        }
        EXPECT_THAT(keys(), IsEmpty());
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
        widths.push_back(derivative.width);
    }
    return widths;
}

void expect_near(const std::vector<double> &actual, const std::vector<double> &wanted, double tolerance) {
    ASSERT_EQ(actual.size(), wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        EXPECT_NEAR(actual[i], wanted[i], tolerance) << "band " << i;
    }
}

TEST_F(PhotoImport, MakesEveryWidthAndAJpegThatPagesCanName) {
    const auto photo = import_bytes("Hero Photo.JPG", jpeg_of(gradient(2400, 1600)));
    EXPECT_EQ(photo.id, "hero-photo");
    EXPECT_EQ(photo.width, 1920);
    EXPECT_EQ(photo.height, 1280);
    EXPECT_THAT(widths_of(photo), ElementsAre(480, 960, 1440, 1920));
    EXPECT_THAT(photo.url, ::testing::MatchesRegex("/media/claire/hero-photo-[0-9a-f]+-1920.jpg"));
    for (const auto &derivative : photo.derivatives) {
        EXPECT_EQ(derivative.format, "webp");
        const auto image = decoded(stored(derivative.url));
        EXPECT_EQ(image.width(), derivative.width);
        EXPECT_NEAR(image.height(), derivative.width * 2.0 / 3, 1);
        EXPECT_EQ(image.bands(), 3);
    }
    EXPECT_EQ(decoded(stored(photo.url)).width(), 1920);
}

TEST_F(PhotoImport, EveryRefusalSaysWhatWouldWork) {
    using namespace std::string_literals;
    const std::string jpeg = jpeg_of(gradient(600, 400));
    const std::pair<std::string, const char *> each[] = {
        {"\0\0\0\x18"s + "ftypheic\0\0\0\0mif1heic"s, "export it as JPEG"},
        {"\0\0\0\x18"s + "ftypmif1\0\0\0\0mif1heic"s, "export it as JPEG"},
        {"\0\0\0\x18"s + "ftyphevc\0\0\0\0"s, "export it as JPEG"},
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
        {"This is a letter."s, "Choose a JPEG, PNG, WebP, AVIF or TIFF file"},
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

// A JPEG whose last two bytes are lost is whole but for its end marker: the photo is taken, or the refusal
// says what to do.
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
                ElementsAre(480, 960, 1000));
    EXPECT_THAT(widths_of(import_bytes("exact.png", png_of(gradient(960, 640)))), ElementsAre(480, 960));
}

TEST_F(PhotoImport, TheSameFileGivesTheSameKeysAndAnotherGivesOthers) {
    const auto bytes = jpeg_of(gradient(600, 400));
    const auto first = import_bytes("a.jpg", bytes);
    const auto before = m_store.list("");
    EXPECT_EQ(import_bytes("a.jpg", bytes), first);
    EXPECT_EQ(m_store.list("").size(), before.size());
    EXPECT_NE(import_bytes("a.jpg", jpeg_of(gradient(600, 401))).url, first.url);
}

TEST_F(PhotoImport, LeavesNothingOfWhatACameraWroteInAnyOutput) {
    const std::string plain = jpeg_of(gradient(1200, 800));
    const std::string sample = jpeg_with_metadata(plain, 1);
    ASSERT_THAT(jpeg_segments(sample), AllOf(Contains("APP1"), Contains("APP13"), Contains("COM")));
    ASSERT_STREQ(decoded(sample).get_string("exif-ifd3-GPSLatitudeRef") != nullptr ? "has GPS" : "",
                 "has GPS");
    const auto from_jpeg = import_bytes("from-camera.jpg", sample);
    const std::string webp = webp_with_metadata(webp_of(gradient(1200, 800)), 1);
    ASSERT_THAT(webp_chunks(webp), AllOf(Contains("EXIF"), Contains("XMP "), Contains("ICCP")));
    const auto from_webp = import_bytes("edited.webp", webp);
    const auto from_png = import_bytes("export.png", png_with_exif(png_of(gradient(1200, 800)), 1));
    for (const auto &photo : {from_jpeg, from_webp, from_png}) {
        const std::string jpeg = stored(photo.url);
        EXPECT_THAT(jpeg_segments(jpeg), ::testing::Each(::testing::AnyOf("APP0", "APP14"))) << photo.url;
        for (const auto &derivative : photo.derivatives) {
            EXPECT_THAT(webp_chunks(stored(derivative.url)), ElementsAre("VP8 ")) << derivative.url;
        }
    }
    for (const auto &asset : m_store.list("")) {
        const std::string bytes = m_store.read(asset.key).value();
        for (const std::string &secret :
             {planted_owner, planted_creator, planted_caption, std::string("Exif"), std::string("xmpmeta"),
              std::string("Photoshop"), std::string("ICC_PROFILE")}) {
            EXPECT_EQ(bytes.find(secret), std::string::npos) << secret << " in " << asset.key;
        }
    }
}

TEST_F(PhotoImport, TurnsEveryOrientationUpright) {
    // Where the corner that is red as stored must be after turning, by EXIF orientation 1..8: x and y as 0
    // or 1.
    const int corner[8][2] = {{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}, {1, 0}, {1, 1}, {0, 1}};
    const std::string plain = jpeg_of(gradient(600, 400));
    for (int orientation = 1; orientation <= 8; ++orientation) {
        const auto photo =
            import_bytes("o" + std::to_string(orientation) + ".jpg", jpeg_with_metadata(plain, orientation));
        const bool turned = orientation >= 5;
        EXPECT_EQ(photo.width, turned ? 400 : 600) << orientation;
        EXPECT_EQ(photo.height, turned ? 600 : 400) << orientation;
        const auto image = largest(photo);
        const int x = corner[orientation - 1][0] == 0 ? 8 : image.width() - 9;
        const int y = corner[orientation - 1][1] == 0 ? 8 : image.height() - 9;
        EXPECT_GT(pixel(image, x, y)[0], 190) << orientation;
    }
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
    EXPECT_EQ(m_importer.import_file(m_folder.path() / "link.png", "claire").width, 300);
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
        m_importer.import_file(file, "claire");
    } catch (const Error &error) {
        kind = error.kind();
    }
    ASSERT_EQ(::seteuid(0), 0);
    EXPECT_EQ(kind, ErrorKind::Forbidden);
}

TEST_F(PhotoImport, RefusesASubdomainThatWouldLeaveTheMediaFolder) {
    const auto file = m_folder.write("a.png", png_of(gradient(64, 64)));
    for (const std::string subdomain : {"../claire", "", ".", "a/b"}) {
        EXPECT_THROW(m_importer.import_file(file, subdomain), Error) << subdomain;
    }
    EXPECT_THAT(keys(), IsEmpty());
}

// A store whose disk fills after a number of puts.
class FillingStore final : public AssetStore {
public:
    explicit FillingStore(AssetStore &store) : m_store(store) {}
    void put(const std::string &key, std::string_view bytes, const std::string &type) override {
        if (m_room == 0) {
            throw Error(ErrorKind::DiskFull, "full");
        }
        --m_room;
        m_store.put(key, bytes, type);
    }
    std::optional<std::string> read(const std::string &key) override { return m_store.read(key); }
    bool remove(const std::string &key) override { return m_store.remove(key); }
    std::vector<Asset> list(const std::string &prefix) override { return m_store.list(prefix); }
    std::shared_ptr<void> hold() override { return m_store.hold(); }
    void set_room(int puts) { m_room = puts; }

private:
    AssetStore &m_store;
    int m_room = 0;
};

// A store that knows whether somebody wanted to hold it.
class WantedStore final : public AssetStore {
public:
    explicit WantedStore(AssetStore &store) : m_store(store) {}
    void put(const std::string &key, std::string_view bytes, const std::string &type) override {
        m_store.put(key, bytes, type);
    }
    std::optional<std::string> read(const std::string &key) override { return m_store.read(key); }
    bool remove(const std::string &key) override { return m_store.remove(key); }
    std::vector<Asset> list(const std::string &prefix) override { return m_store.list(prefix); }
    std::shared_ptr<void> hold() override {
        m_wanted = true;
        return m_store.hold();
    }
    bool is_wanted() const { return m_wanted; }

private:
    AssetStore &m_store;
    std::atomic<bool> m_wanted = false;
};

TEST_F(PhotoImport, AnImportThatIsTakenBackTakesNoFileOfAnotherOneOfTheSamePicture) {
    const auto file = m_folder.write("a.png", png_of(gradient(1600, 1000)));
    std::optional<NewFiles> taken_back(std::in_place, m_store, [](const std::string &) {});
    PhotoImporter(*taken_back).import_file(file, "claire");
    LocalAssetStore store_of_another(m_store.root());
    WantedStore wanted(store_of_another);
    auto other =
        std::async(std::launch::async, [&] { return PhotoImporter(wanted).import_file(file, "claire"); });
    EXPECT_TRUE(test_support::eventually([&] { return wanted.is_wanted(); })) << "its sizes are encoded";
    taken_back.reset();
    const auto photo = other.get();
    EXPECT_TRUE(m_store.read(photo.url.substr(std::string("/media/").size())));
    for (const auto &derivative : photo.derivatives) {
        EXPECT_TRUE(m_store.read(derivative.url.substr(std::string("/media/").size()))) << derivative.url;
    }
}

TEST_F(PhotoImport, AnImportThatIsTakenBackLeavesWhatWasThereBeforeAndNothingElse) {
    const auto one = m_folder.write("a.png", png_of(gradient(1600, 1000)));
    const auto two = m_folder.write("b.png", png_of(gradient(1000, 1600)));
    PhotoImporter(m_store).import_file(one, "claire");
    const auto before = keys();
    {
        NewFiles files(m_store, [](const std::string &) {});
        PhotoImporter(files).import_file(one, "claire");
        PhotoImporter(files).import_file(two, "claire");
        EXPECT_GT(keys().size(), before.size());
    }
    EXPECT_EQ(keys(), before);
    {
        NewFiles files(m_store, [](const std::string &) {});
        PhotoImporter(files).import_file(two, "claire");
        files.keep();
        EXPECT_TRUE(m_store.hold()); // nobody waits for it any longer
    }
    EXPECT_GT(keys().size(), before.size());
}

TEST_F(PhotoImport, AFullStoreHalfWayLeavesNothingOfThePhoto) {
    FillingStore filling(m_store);
    filling.set_room(2);
    const auto file = m_folder.write("a.png", png_of(gradient(1600, 1000)));
    EXPECT_THROW(PhotoImporter(filling).import_file(file, "claire"), Error);
    EXPECT_THAT(keys(), IsEmpty());
}

TEST_F(PhotoImport, AFailedRepeatKeepsWhatIsAlreadyInUse) {
    const auto file = m_folder.write("a.png", png_of(gradient(1600, 1000)));
    m_importer.import_file(file, "claire");
    const auto assets = m_store.list("");
    m_store.remove(assets.back().key); // one is missing, so that the repeat has something to do
    FillingStore filling(m_store);
    EXPECT_THROW(PhotoImporter(filling).import_file(file, "claire"), Error);
    EXPECT_EQ(m_store.list("").size(), assets.size() - 1);
    filling.set_room(1);
    PhotoImporter(filling).import_file(file, "claire");
    EXPECT_EQ(m_store.list("").size(), assets.size());
}

TEST_F(PhotoImport, ManyThreadsImportAtOnce) {
    std::vector<fs::path> files;
    for (int i = 0; i < 6; ++i) {
        files.push_back(m_folder.write("t" + std::to_string(i) + ".jpg", jpeg_of(gradient(900 + i, 600))));
    }
    std::vector<models::Photo> photos(files.size());
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < files.size(); ++i) {
        threads.emplace_back([&, i] { photos[i] = PhotoImporter(m_store).import_file(files[i], "claire"); });
    }
    for (auto &thread : threads) {
        thread.join();
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
        EXPECT_EQ(decoded(stored(photos[i].url)).width(), 900 + static_cast<int>(i));
    }
}

TEST_F(PhotoImport, ALargePhotoNeedsLittleMemory) {
    const auto file = m_folder.write("24mp.jpg", jpeg_of(gradient(6000, 4000)));
    const auto before = vips_tracked_get_mem();
    m_importer.import_file(file, "claire");
    // The whole picture would be 72 MB; libvips counts its own buffers.
    EXPECT_LT(vips_tracked_get_mem_highwater(), 220'000'000u);
    EXPECT_LT(vips_tracked_get_mem(), before + 20'000'000u);
}

} // namespace
} // namespace studio::media
