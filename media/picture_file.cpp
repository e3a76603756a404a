// SPDX-License-Identifier: Apache-2.0
#include "media/picture_file.h"

#include "media/asset_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace studio::media {
namespace {

std::string quoted(const std::filesystem::path &file) {
    return "“" + file.filename().string() + "”";
}

[[noreturn]] void fail(const std::filesystem::path &file, int code) {
    if (code == ENOENT || code == ENOTDIR) {
        throw Error(ErrorKind::NotFound, quoted(file) + " no longer exists. Choose the file again.");
    }
    if (code == EACCES || code == EPERM) {
        throw Error(ErrorKind::Forbidden,
                    quoted(file) + " cannot be read with your permissions. Change them or choose a copy.");
    }
    throw Error(ErrorKind::Io, quoted(file) + " could not be read: " + std::strerror(code) +
                                   ". Copy it to this computer's own disk and choose the copy.");
}

bool starts_at(std::string_view bytes, std::size_t offset, std::string_view what) {
    return bytes.size() >= offset + what.size() && bytes.substr(offset, what.size()) == what;
}

// AVIF and HEIC are the same container: its first box lists the brands that the file keeps to.
std::optional<PictureFormat> heif_format(std::string_view bytes) {
    constexpr std::size_t brand_length = 4, first_brand = 8, most_bytes = 256;
    if (!starts_at(bytes, 4, "ftyp") || bytes.size() < first_brand + brand_length) {
        return std::nullopt;
    }
    std::size_t box = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        box = box << 8U | static_cast<unsigned char>(bytes[i]);
    }
    const std::size_t end = std::min({box, bytes.size(), most_bytes});
    bool is_heic = false;
    for (std::size_t at = first_brand; at + brand_length <= end; at += brand_length) {
        const std::string_view brand = bytes.substr(at, brand_length);
        if (brand == "avif" || brand == "avis") {
            return PictureFormat::Avif;
        }
        for (const std::string_view heic : {"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"}) {
            is_heic |= brand == heic;
        }
    }
    return is_heic ? std::optional(PictureFormat::Heic) : std::nullopt;
}

} // namespace

std::optional<PictureFormat> picture_format(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (starts_at(bytes, 0, "\xff\xd8\xff"sv)) {
        return PictureFormat::Jpeg;
    }
    if (starts_at(bytes, 0, "\x89PNG\r\n\x1a\n"sv)) {
        return PictureFormat::Png;
    }
    if (starts_at(bytes, 0, "RIFF"sv) && starts_at(bytes, 8, "WEBP"sv)) {
        return PictureFormat::Webp;
    }
    if (starts_at(bytes, 0, "II\x2a\0"sv) || starts_at(bytes, 0, "MM\0\x2a"sv)) {
        return PictureFormat::Tiff;
    }
    return heif_format(bytes);
}

std::string what_would_work(std::string_view bytes) {
    using namespace std::string_view_literals;
    struct Kind {
        std::size_t offset;
        std::string_view begin;
        const char *sentence;
    };
    constexpr const char *video = "is a video. Choose a photo, or save a picture of it as JPEG.";
    constexpr const char *raw =
        "is a camera's raw file. Export it as JPEG or TIFF from the program that develops it.";
    static constexpr Kind kinds[] = {
        {4, "ftypcrx"sv, raw},
        {8, "CR\x02"sv, raw},
        {0, "FUJIFILMCCD-RAW"sv, raw},
        {0, "IIRO"sv, raw},
        {0, "IIU\0"sv, raw},
        {4, "ftyp"sv, video},
        {4, "moov"sv, video},
        {0, "\x1a\x45\xdf\xa3"sv, video},
        {0, "GIF8"sv, "is a GIF, which has too few colours for a photo. Save it as PNG or JPEG."},
        {0, "BM"sv, "is a bitmap. Save it as PNG or JPEG."},
        {0, "8BPS"sv, "is a Photoshop document. Export it as JPEG or PNG."},
        {0, "%PDF"sv, "is a PDF. Export the picture in it as JPEG or PNG."},
        {0, "PK\x03\x04"sv, "is an archive. Unpack it and choose the picture in it."},
        {0, "<svg"sv, "is a drawing (SVG). Export it as PNG."},
        {0, "<?xml"sv, "is a drawing (SVG) or a text. Export it as PNG."},
        {0, "\xff\x0a"sv, "is a JPEG XL picture. Save it as JPEG or PNG."},
        {4, "JXL "sv, "is a JPEG XL picture. Save it as JPEG or PNG."},
        {0, "<!doctype"sv, "is a web page. Open it in a browser and save the picture itself."},
        {0, "<!DOCTYPE"sv, "is a web page. Open it in a browser and save the picture itself."},
        {0, "<html"sv, "is a web page. Open it in a browser and save the picture itself."}};
    for (const Kind &kind : kinds) {
        if (starts_at(bytes, kind.offset, kind.begin)) {
            return kind.sentence;
        }
    }
    return "is not a supported picture. Choose a JPEG, HEIC, PNG, WebP, AVIF or TIFF file.";
}

std::string read_picture_file(const std::filesystem::path &file, std::uintmax_t max_bytes) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        fail(file, errno);
    }
    struct Closer {
        int fd;
        ~Closer() { ::close(fd); }
    } const closer{fd};
    struct stat status {};
    if (::fstat(fd, &status) != 0) {
        fail(file, errno);
    }
    if (!S_ISREG(status.st_mode)) {
        throw Error(ErrorKind::NotAnImage, quoted(file) + " is a folder or a device. Choose a picture file.");
    }
    const auto too_large = [&] {
        return Error(ErrorKind::TooLarge, quoted(file) + " is larger than " +
                                              std::to_string(max_bytes / 1000000) +
                                              " MB. Save a smaller copy and choose that.");
    };
    if (static_cast<std::uintmax_t>(status.st_size) > max_bytes) {
        throw too_large();
    }
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        const ssize_t count = ::read(fd, bytes.data() + filled, bytes.size() - filled);
        if (count < 0 && errno != EINTR) {
            fail(file, errno);
        }
        if (count == 0) {
            break;
        }
        if (count > 0) {
            filled += static_cast<std::size_t>(count);
        }
    }
    bytes.resize(filled);
    if (bytes.empty()) {
        throw Error(ErrorKind::NotAnImage,
                    quoted(file) + " is empty. Copy it again from where it came, then choose the copy.");
    }
    return bytes;
}

SourcePicture read_source_picture(const std::filesystem::path &file) {
    std::string bytes = read_picture_file(file, max_picture_file_bytes);
    const auto format = picture_format(bytes);
    if (!format) {
        throw Error(ErrorKind::NotAnImage, quoted(file) + " " + what_would_work(bytes));
    }
    return {std::move(bytes), *format};
}

} // namespace studio::media
