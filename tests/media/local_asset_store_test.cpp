// SPDX-License-Identifier: Apache-2.0
#include "media/local_asset_store.h"
#include "tests/media/picture_samples.h"

#include <gmock/gmock.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <thread>

namespace studio::media {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using tests::ScratchFolder;

ErrorKind kind_of_failed_put(LocalAssetStore &store, const std::string &key, const std::string &bytes) {
    try {
        store.put(key, bytes, "image/webp");
    } catch (const Error &error) {
        return error.kind();
    }
    throw std::logic_error("the put did not fail");
}

std::vector<std::string> files_below(const fs::path &folder) {
    std::vector<std::string> names;
    for (const auto &entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_directory()) {
            names.push_back(entry.path().lexically_relative(folder).string());
        }
    }
    return names;
}

std::vector<std::string> keys_of(const std::vector<Asset> &assets) {
    std::vector<std::string> keys;
    for (const auto &asset : assets) {
        keys.push_back(asset.key);
    }
    return keys;
}

// A disk of 256 KB, where this program may mount one.
class SmallDisk final {
public:
    SmallDisk() { m_mounted = ::mount("tmpfs", m_folder.path().c_str(), "tmpfs", 0, "size=256k") == 0; }
    ~SmallDisk() {
        if (m_mounted) {
            ::umount2(m_folder.path().c_str(), MNT_DETACH);
        }
    }
    bool mounted() const { return m_mounted; }
    const fs::path &path() const { return m_folder.path(); }

private:
    ScratchFolder m_folder;
    bool m_mounted = false;
};

// The kernel refuses to let any file of this process grow beyond the limit, as a full disk would.
class FileSizeLimit final {
public:
    explicit FileSizeLimit(rlim_t bytes) {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        m_handler = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }

private:
    rlimit m_before{};
    void (*m_handler)(int) = nullptr;
};

TEST(LocalAssetStore, GivesBackWhatWasPut) {
    const ScratchFolder folder;
    LocalAssetStore store(folder.path() / "media");
    const std::string bytes("\0binary\xff", 8);
    store.put("claire/hero-1.webp", bytes, "image/webp");
    EXPECT_EQ(store.read("claire/hero-1.webp"), bytes);
    EXPECT_EQ(store.read("claire/hero-2.webp"), std::nullopt);
    EXPECT_EQ(store.read("sophie/hero-1.webp"), std::nullopt);
}

TEST(LocalAssetStore, FilesCanBeReadByTheServiceUnderAnotherUser) {
    const ScratchFolder folder;
    LocalAssetStore store(folder.path() / "media");
    const mode_t before = ::umask(022);
    store.put("claire/hero.webp", "x", "image/webp");
    ::umask(before);
    EXPECT_EQ(fs::status(folder.path() / "media/claire/hero.webp").permissions(), fs::perms(0644));
    EXPECT_EQ(fs::status(folder.path() / "media/claire").permissions(), fs::perms(0755));
}

TEST(LocalAssetStore, PutReplacesWholeAndLeavesNoTemporaryFile) {
    const ScratchFolder folder;
    LocalAssetStore store(folder.path());
    store.put("claire/a.webp", "first and longer", "image/webp");
    store.put("claire/a.webp", "second", "image/webp");
    EXPECT_EQ(store.read("claire/a.webp"), "second");
    EXPECT_THAT(files_below(folder.path()), ElementsAre("claire/a.webp"));
}

TEST(LocalAssetStore, AReaderNeverSeesAHalfWrittenAsset) {
    const ScratchFolder folder;
    LocalAssetStore store(folder.path());
    const std::string first(300'000, 'a'), second(300'000, 'b');
    store.put("claire/a.webp", first, "image/webp");
    std::thread writer([&] {
        LocalAssetStore own(folder.path());
        for (int i = 0; i < 20; ++i) {
            own.put("claire/a.webp", i % 2 == 0 ? second : first, "image/webp");
        }
    });
    int reads = 0;
    for (; reads < 200; ++reads) {
        const auto bytes = store.read("claire/a.webp");
        if (bytes != first && bytes != second) {
            break;
        }
    }
    writer.join();
    EXPECT_EQ(reads, 200);
}

TEST(LocalAssetStore, RefusesKeysThatLeaveItsFolder) {
    const ScratchFolder folder;
    folder.write("secret", "outside");
    fs::create_directory(folder.path() / "media");
    LocalAssetStore store(folder.path() / "media");
    for (const std::string key : {"../secret", "/etc/passwd", "claire/../../secret", ".hidden", ""}) {
        EXPECT_EQ(kind_of_failed_put(store, key, "x"), ErrorKind::Forbidden) << key;
        EXPECT_EQ(store.read(key), std::nullopt) << key;
        EXPECT_FALSE(store.remove(key)) << key;
    }
    EXPECT_THAT(files_below(folder.path()), ElementsAre("secret"));
}

TEST(LocalAssetStore, FollowsNoLinkBelowItsFolder) {
    const ScratchFolder folder;
    fs::create_directories(folder.path() / "outside");
    folder.write("outside/x.webp", "outside");
    fs::create_directories(folder.path() / "media/claire");
    fs::create_symlink(folder.path() / "outside", folder.path() / "media/planted");
    fs::create_symlink(folder.path() / "outside/x.webp", folder.path() / "media/claire/x.webp");
    LocalAssetStore store(folder.path() / "media");
    EXPECT_EQ(store.read("planted/x.webp"), std::nullopt);
    EXPECT_EQ(store.read("claire/x.webp"), std::nullopt);
    EXPECT_EQ(kind_of_failed_put(store, "planted/y.webp", "y"), ErrorKind::Forbidden);
    EXPECT_THAT(store.list(""), IsEmpty());
    EXPECT_THAT(store.list("planted/"), IsEmpty());
    store.put("claire/x.webp", "own", "image/webp");
    EXPECT_EQ(store.read("claire/x.webp"), "own");
    EXPECT_THAT(files_below(folder.path() / "outside"), ElementsAre("x.webp"));
    EXPECT_EQ(LocalAssetStore(folder.path() / "outside").read("x.webp"), "outside");
}

TEST(LocalAssetStore, ListsByPrefixInOrderWithSizes) {
    const ScratchFolder folder;
    LocalAssetStore store(folder.path());
    for (const std::string key :
         {"sophie/a.webp", "claire/hero-2.webp", "claire/hero-1.webp", "claire/gallery.webp"}) {
        store.put(key, key, "image/webp");
    }
    folder.write("claire/.put-1-0", "left behind by a killed program");
    EXPECT_THAT(keys_of(store.list("claire/hero")), ElementsAre("claire/hero-1.webp", "claire/hero-2.webp"));
    EXPECT_THAT(keys_of(store.list("claire/")),
                ElementsAre("claire/gallery.webp", "claire/hero-1.webp", "claire/hero-2.webp"));
    EXPECT_EQ(store.list("").size(), 4u);
    EXPECT_EQ(store.list("sophie/").front().bytes, std::string("sophie/a.webp").size());
    EXPECT_THAT(store.list("nobody/"), IsEmpty());
    EXPECT_THAT(store.list("../"), IsEmpty());
    EXPECT_THAT(LocalAssetStore(folder.path() / "missing").list(""), IsEmpty());
}

TEST(LocalAssetStore, RemovesOnceAndNoFolder) {
    const ScratchFolder folder;
    LocalAssetStore store(folder.path());
    store.put("claire/a.webp", "a", "image/webp");
    EXPECT_FALSE(store.remove("claire"));
    EXPECT_TRUE(store.remove("claire/a.webp"));
    EXPECT_FALSE(store.remove("claire/a.webp"));
    EXPECT_THAT(files_below(folder.path()), IsEmpty());
}

TEST(LocalAssetStore, AFullDiskIsNamedAndLeavesNothingBehind) {
    const SmallDisk disk;
    if (!disk.mounted()) {
        GTEST_SKIP() << "may not mount a disk here; the next test fills one by a limit of the kernel";
    }
    LocalAssetStore store(disk.path());
    store.put("claire/kept.webp", std::string(100'000, 'k'), "image/webp");
    EXPECT_EQ(kind_of_failed_put(store, "claire/big.webp", std::string(400'000, 'b')), ErrorKind::DiskFull);
    EXPECT_THAT(files_below(disk.path()), ElementsAre("claire/kept.webp"));
    store.put("claire/small.webp", std::string(100'000, 's'), "image/webp");
    EXPECT_EQ(store.read("claire/small.webp")->size(), 100'000u);
}

TEST(LocalAssetStore, AWriteThatTheKernelCutsOffLeavesTheOldAssetWhole) {
    const ScratchFolder folder;
    LocalAssetStore store(folder.path());
    store.put("claire/a.webp", "old", "image/webp");
    {
        const FileSizeLimit limit(64 * 1024);
        EXPECT_EQ(kind_of_failed_put(store, "claire/a.webp", std::string(200'000, 'b')), ErrorKind::DiskFull);
        EXPECT_EQ(kind_of_failed_put(store, "claire/b.webp", std::string(200'000, 'b')), ErrorKind::DiskFull);
    }
    EXPECT_EQ(store.read("claire/a.webp"), "old");
    EXPECT_THAT(files_below(folder.path()), ElementsAre("claire/a.webp"));
    store.put("claire/b.webp", std::string(200'000, 'b'), "image/webp");
    EXPECT_EQ(store.read("claire/b.webp")->size(), 200'000u);
}

TEST(LocalAssetStore, AFileInTheWayOfAFolderIsForbiddenNotOverwritten) {
    const ScratchFolder folder;
    folder.write("claire", "a file");
    LocalAssetStore store(folder.path());
    EXPECT_EQ(kind_of_failed_put(store, "claire/a.webp", "x"), ErrorKind::Forbidden);
    EXPECT_THAT(files_below(folder.path()), ElementsAre("claire"));
}

} // namespace
} // namespace studio::media
