// SPDX-License-Identifier: Apache-2.0
// Imports at the same time, interrupted imports, and the memory that imports need.
#include "media/local_asset_store.h"
#include "media/new_files.h"
#include "media/photo_importer.h"
#include "tests/media/picture_samples.h"
#include "tests/support/eventually.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <future>
#include <optional>
#include <thread>

namespace studio::media {
namespace {

namespace fs = std::filesystem;
using namespace studio::tests;
using ::testing::IsEmpty;

const std::string media_folder = "00112233445566778899aabbccddeeff";

class PhotoStoring : public ::testing::Test {
protected:
    std::string stored(const std::string &url) { return m_store.read(url.substr(7)).value(); }

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

// A store that knows whether hold() was called for it.
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

TEST_F(PhotoStoring, AnImportThatIsTakenBackTakesNoFileOfAnotherOneOfTheSamePicture) {
    const auto file = m_folder.write("a.png", png_of(gradient(500, 300)));
    std::optional<NewFiles> taken_back(std::in_place, m_store, [](const std::string &) {});
    PhotoImporter(*taken_back).import_file(file, media_folder);
    LocalAssetStore store_of_another(m_store.root());
    WantedStore wanted(store_of_another);
    auto other =
        std::async(std::launch::async, [&] { return PhotoImporter(wanted).import_file(file, media_folder); });
    EXPECT_TRUE(test_support::eventually([&] { return wanted.is_wanted(); })) << "its sizes are encoded";
    taken_back.reset();
    const auto photo = other.get().photo;
    EXPECT_TRUE(m_store.read(photo.url.substr(std::string("/media/").size())));
    for (const auto &derivative : photo.derivatives) {
        EXPECT_TRUE(m_store.read(derivative.url.substr(std::string("/media/").size()))) << derivative.url;
    }
}

TEST_F(PhotoStoring, AnImportThatIsTakenBackLeavesWhatWasThereBeforeAndNothingElse) {
    const auto one = m_folder.write("a.png", png_of(gradient(500, 300)));
    const auto two = m_folder.write("b.png", png_of(gradient(300, 500)));
    PhotoImporter(m_store).import_file(one, media_folder);
    const auto before = keys();
    {
        NewFiles files(m_store, [](const std::string &) {});
        PhotoImporter(files).import_file(one, media_folder);
        PhotoImporter(files).import_file(two, media_folder);
        EXPECT_GT(keys().size(), before.size());
    }
    EXPECT_EQ(keys(), before);
    {
        NewFiles files(m_store, [](const std::string &) {});
        PhotoImporter(files).import_file(two, media_folder);
        files.keep();
        EXPECT_TRUE(m_store.hold()); // nobody holds it any more
    }
    EXPECT_GT(keys().size(), before.size());
}

TEST_F(PhotoStoring, AFullStoreHalfWayLeavesNothingOfThePhoto) {
    FillingStore filling(m_store);
    filling.set_room(2);
    const auto file = m_folder.write("a.png", png_of(gradient(500, 300)));
    EXPECT_THROW(PhotoImporter(filling).import_file(file, media_folder), Error);
    EXPECT_THAT(keys(), IsEmpty());
}

TEST_F(PhotoStoring, AFailedRepeatKeepsWhatIsAlreadyInUse) {
    const auto file = m_folder.write("a.png", png_of(gradient(500, 300)));
    m_importer.import_file(file, media_folder);
    const auto assets = m_store.list("");
    m_store.remove(assets.back().key); // one is missing, so that the repeat has something to do
    FillingStore filling(m_store);
    EXPECT_THROW(PhotoImporter(filling).import_file(file, media_folder), Error);
    EXPECT_EQ(m_store.list("").size(), assets.size() - 1);
    filling.set_room(1);
    PhotoImporter(filling).import_file(file, media_folder);
    EXPECT_EQ(m_store.list("").size(), assets.size());
}

TEST_F(PhotoStoring, ManyThreadsImportAtOnce) {
    std::vector<fs::path> files;
    for (int i = 0; i < 6; ++i) {
        files.push_back(m_folder.write("t" + std::to_string(i) + ".jpg", jpeg_of(gradient(400 + i, 300))));
    }
    std::vector<models::Photo> photos(files.size());
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < files.size(); ++i) {
        threads.emplace_back(
            [&, i] { photos[i] = PhotoImporter(m_store).import_file(files[i], media_folder).photo; });
    }
    for (auto &thread : threads) {
        thread.join();
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
        EXPECT_EQ(decoded(stored(photos[i].url)).width(), 400 + static_cast<int>(i));
    }
}

TEST_F(PhotoStoring, ALargePhotoNeedsLittleMemory) {
    const auto file = m_folder.write("24mp.jpg", jpeg_of(gradient(6000, 4000)));
    const auto before = vips_tracked_get_mem();
    m_importer.import_file(file, media_folder);
    // The whole picture would be 72 MB; libvips counts its own buffers.
    EXPECT_LT(vips_tracked_get_mem_highwater(), 220'000'000u);
    EXPECT_LT(vips_tracked_get_mem(), before + 20'000'000u);
}

#if !defined(__SANITIZE_ADDRESS__) // AddressSanitizer itself needs memory

// A line of /proc/self/status, in bytes.
std::uint64_t memory(const std::string &line) {
    std::ifstream status("/proc/self/status");
    for (std::string name; status >> name;) {
        std::uint64_t kilobytes = 0;
        if (name == line && status >> kilobytes) {
            return kilobytes * 1024;
        }
    }
    return 0;
}

// Photos of 24 megapixels are decoded at full size for their covered areas: 72 MB each, and as much again
// while they are turned.
TEST_F(PhotoStoring, TwoLargePhotosWithEditsAtOnceNeedNoMoreThanFourHundredMegabytes) {
    const auto one = m_folder.write("one.jpg", jpeg_of(gradient(6000, 4000)));
    const auto two = m_folder.write("two.jpg", jpeg_of(gradient(4000, 6000)));
    ImportOptions options;
    options.edits.covers = {{Cover::Kind::Mosaic, Cover::Shape::Ellipse, {0.4, 0.2, 0.2, 0.2}, ""}};
    options.edits.quarter_turns = 1;
    ASSERT_TRUE(std::ofstream("/proc/self/clear_refs") << 5 << std::flush) << "the peak cannot be reset";
    const std::uint64_t before = memory("VmRSS:");
    std::thread other([&] { PhotoImporter(m_store).import_file(one, media_folder, options); });
    m_importer.import_file(two, media_folder, options);
    other.join();
    ASSERT_GT(before, 0u);
    EXPECT_LT(memory("VmHWM:"), before + 400'000'000u);
}

#endif

} // namespace
} // namespace studio::media
