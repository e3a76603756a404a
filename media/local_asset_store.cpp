// SPDX-License-Identifier: Apache-2.0
#include "media/local_asset_store.h"

#include "media/asset_key.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>

namespace studio::media {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view temporary_prefix = ".put-";

class Descriptor final {
public:
    explicit Descriptor(int fd = -1) : m_fd(fd) {}
    ~Descriptor() { close_now(); }
    Descriptor(Descriptor &&other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    Descriptor &operator=(Descriptor &&other) noexcept {
        std::swap(m_fd, other.m_fd);
        return *this;
    }
    int value() const { return m_fd; }
    bool valid() const { return m_fd >= 0; }
    // False with errno set where the kernel reports a late write error.
    bool close_now() { return m_fd < 0 || ::close(std::exchange(m_fd, -1)) == 0; }

private:
    int m_fd;
};

[[noreturn]] void fail(const std::string &key, const fs::path &root, int code) {
    const std::string where = "“" + key + "” in the media folder " + root.string();
    switch (code) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        throw Error(ErrorKind::DiskFull,
                    "No space left for " + where +
                        ". Nothing was saved: free some space on that disk and try again.");
    case EACCES:
    case EPERM:
    case EROFS:
    case ELOOP:
    case ENOTDIR:
        throw Error(ErrorKind::Forbidden, "This program may not write " + where +
                                              ". Check who owns that folder and that it is not a link.");
    default:
        throw Error(ErrorKind::Io, "Could not store " + where + ": " + std::strerror(code) + ".");
    }
}

Descriptor open_folder_at(int parent, const char *name) {
    return Descriptor(::openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

// Opens the folder of a key without following links below the root. Invalid, with errno set, where it cannot
// be opened.
Descriptor open_folder(const fs::path &root, const std::vector<std::string> &segments, bool create) {
    if (create) {
        std::error_code ignored_here; // openat() below reports the failure
        fs::create_directories(root, ignored_here);
    }
    Descriptor folder(::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    for (std::size_t i = 0; folder.valid() && i + 1 < segments.size(); ++i) {
        Descriptor next = open_folder_at(folder.value(), segments[i].c_str());
        if (!next.valid() && errno == ENOENT && create) {
            if (::mkdirat(folder.value(), segments[i].c_str(), 0755) != 0 && errno != EEXIST) {
                return Descriptor();
            }
            ::fsync(folder.value());
            next = open_folder_at(folder.value(), segments[i].c_str());
        }
        folder = std::move(next);
    }
    return folder;
}

// Returns 0, or the errno of the failure.
int write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno != EINTR) {
            return errno;
        }
        if (written > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    return ::fsync(fd) == 0 ? 0 : errno;
}

std::string temporary_name() {
    static std::atomic<unsigned> counter{0};
    return std::string(temporary_prefix) + std::to_string(::getpid()) + "-" + std::to_string(counter++);
}

// Returns 0, or the errno of the failure. The temporary file is gone either way.
int put_into(int folder, const std::string &name, std::string_view bytes, mode_t mode) {
    const std::string temporary = temporary_name();
    Descriptor file(
        ::openat(folder, temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, mode));
    if (!file.valid()) {
        return errno;
    }
    int problem = write_all(file.value(), bytes);
    if (!file.close_now() && problem == 0) {
        problem = errno;
    }
    if (problem == 0 && ::renameat(folder, temporary.c_str(), folder, name.c_str()) != 0) {
        problem = errno;
    }
    if (problem != 0) {
        ::unlinkat(folder, temporary.c_str(), 0);
    } else if (::fsync(folder) != 0) {
        problem = errno;
    }
    return problem;
}

std::string read_all(int fd, const std::string &key, const fs::path &root) {
    std::string bytes;
    std::array<char, 65536> block{};
    for (;;) {
        const ssize_t count = ::read(fd, block.data(), block.size());
        if (count == 0) {
            return bytes;
        }
        if (count < 0 && errno != EINTR) {
            fail(key, root, errno);
        }
        if (count > 0) {
            bytes.append(block.data(), static_cast<std::size_t>(count));
        }
    }
}

// Follows no link, so that a planted one cannot make a listing leave the root.
void collect(const fs::path &folder, const std::string &folder_key, const std::string &prefix,
             std::vector<Asset> &assets) {
    std::error_code problem;
    for (fs::directory_iterator it(folder, problem), end; !problem && it != end; it.increment(problem)) {
        const std::string key = folder_key + it->path().filename().string();
        if (it->path().filename().string().front() == '.') {
            continue;
        }
        const auto type = it->symlink_status().type();
        if (type == fs::file_type::directory && (key + "/").starts_with(prefix.substr(0, key.size() + 1))) {
            collect(it->path(), key + "/", prefix, assets);
        } else if (type == fs::file_type::regular && key.starts_with(prefix)) {
            assets.push_back({key, it->file_size(problem)});
        }
    }
    if (problem && problem != std::errc::no_such_file_or_directory) {
        throw Error(problem == std::errc::permission_denied ? ErrorKind::Forbidden : ErrorKind::Io,
                    "Could not list the media folder " + folder.string() + ": " + problem.message() + ".");
    }
}

} // namespace

LocalAssetStore::LocalAssetStore(fs::path root) : m_root(std::move(root)) {}

void LocalAssetStore::put(const std::string &key, std::string_view bytes, const std::string &) {
    const auto segments = key_segments(key);
    if (segments.empty()) {
        throw Error(ErrorKind::Forbidden,
                    "“" + key + "” is not a valid asset name: use letters, digits, '.', '_' and '-'.");
    }
    const Descriptor folder = open_folder(m_root, segments, true);
    if (!folder.valid()) {
        fail(key, m_root, errno);
    }
    const mode_t mode = is_private_key(key) ? 0600 : 0644; // what visitors see is read by the public service
    if (const int problem = put_into(folder.value(), segments.back(), bytes, mode); problem != 0) {
        fail(key, m_root, problem);
    }
}

std::optional<std::string> LocalAssetStore::read(const std::string &key) {
    const auto segments = key_segments(key);
    if (segments.empty()) {
        return std::nullopt;
    }
    const Descriptor folder = open_folder(m_root, segments, false);
    const Descriptor file(folder.valid() ? ::openat(folder.value(), segments.back().c_str(),
                                                    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
                                         : -1);
    struct stat status {};
    if (!file.valid() && errno != ENOENT && errno != ENOTDIR && errno != ELOOP) {
        fail(key, m_root, errno);
    }
    if (!file.valid() || ::fstat(file.value(), &status) != 0 || !S_ISREG(status.st_mode)) {
        return std::nullopt;
    }
    return read_all(file.value(), key, m_root);
}

bool LocalAssetStore::remove(const std::string &key) {
    const auto segments = key_segments(key);
    const Descriptor folder = segments.empty() ? Descriptor() : open_folder(m_root, segments, false);
    if (!folder.valid()) {
        return false;
    }
    if (::unlinkat(folder.value(), segments.back().c_str(), 0) == 0) {
        return true;
    }
    if (errno != ENOENT && errno != EISDIR) {
        fail(key, m_root, errno);
    }
    return false;
}

std::vector<Asset> LocalAssetStore::list(const std::string &prefix) {
    std::vector<Asset> assets;
    collect(m_root, "", prefix, assets);
    std::sort(assets.begin(), assets.end(), [](const Asset &a, const Asset &b) { return a.key < b.key; });
    return assets;
}

// The kernel frees the lock of a program that dies.
std::shared_ptr<void> LocalAssetStore::hold() {
    auto folder = std::make_shared<Descriptor>(open_folder(m_root, {}, true));
    if (!folder->valid()) {
        fail(".", m_root, errno);
    }
    while (::flock(folder->value(), LOCK_EX) != 0) {
        if (errno != EINTR) {
            fail(".", m_root, errno);
        }
    }
    return folder;
}

} // namespace studio::media
