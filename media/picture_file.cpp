// SPDX-License-Identifier: Apache-2.0
#include "media/picture_file.h"

#include "media/asset_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace studio::media {
namespace {

std::string quoted(const std::filesystem::path &file) {
    return "“" + file.filename().string() + "”";
}

[[noreturn]] void fail(const std::filesystem::path &file, int code) {
    if (code == ENOENT || code == ENOTDIR)
        throw Error(ErrorKind::NotFound, quoted(file) + " is not there any more. Choose the file again.");
    if (code == EACCES || code == EPERM)
        throw Error(ErrorKind::Forbidden,
                    quoted(file) + " may not be read by you. Change its permissions or choose a copy.");
    throw Error(ErrorKind::Io, quoted(file) + " could not be read: " + std::strerror(code) + ".");
}

bool starts_at(std::string_view bytes, std::size_t offset, std::string_view what) {
    return bytes.size() >= offset + what.size() && bytes.substr(offset, what.size()) == what;
}

} // namespace

std::optional<PictureFormat> picture_format(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (starts_at(bytes, 0, "\xff\xd8\xff"sv))
        return PictureFormat::Jpeg;
    if (starts_at(bytes, 0, "\x89PNG\r\n\x1a\n"sv))
        return PictureFormat::Png;
    if (starts_at(bytes, 0, "RIFF"sv) && starts_at(bytes, 8, "WEBP"sv))
        return PictureFormat::Webp;
    if (starts_at(bytes, 4, "ftypavif"sv) || starts_at(bytes, 4, "ftypavis"sv))
        return PictureFormat::Avif;
    if (starts_at(bytes, 0, "II\x2a\0"sv) || starts_at(bytes, 0, "MM\0\x2a"sv))
        return PictureFormat::Tiff;
    return std::nullopt;
}

std::string read_picture_file(const std::filesystem::path &file, std::uintmax_t max_bytes) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        fail(file, errno);
    struct Closer {
        int fd;
        ~Closer() { ::close(fd); }
    } const closer{fd};
    struct stat status {};
    if (::fstat(fd, &status) != 0)
        fail(file, errno);
    if (!S_ISREG(status.st_mode))
        throw Error(ErrorKind::NotAnImage, quoted(file) + " is no file. Choose a picture.");
    const auto too_large = [&] {
        return Error(ErrorKind::TooLarge, quoted(file) + " is larger than " +
                                              std::to_string(max_bytes / 1000000) +
                                              " MB. Save a smaller copy and choose that.");
    };
    if (static_cast<std::uintmax_t>(status.st_size) > max_bytes)
        throw too_large();
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        const ssize_t count = ::read(fd, bytes.data() + filled, bytes.size() - filled);
        if (count < 0 && errno != EINTR)
            fail(file, errno);
        if (count == 0)
            break;
        if (count > 0)
            filled += static_cast<std::size_t>(count);
    }
    bytes.resize(filled);
    if (bytes.empty())
        throw Error(ErrorKind::NotAnImage, quoted(file) + " is empty. Choose a picture.");
    return bytes;
}

} // namespace studio::media
