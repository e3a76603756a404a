// SPDX-License-Identifier: Apache-2.0
#include "renderer/pages/media_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace studio::renderer {

namespace {

struct ContentType {
    std::string_view extension, type;
};

constexpr std::array<ContentType, 7> content_types{{
    {".webp", "image/webp"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".png", "image/png"},
    {".avif", "image/avif"},
    {".gif", "image/gif"},
    {".mp4", "video/mp4"},
}};

std::string_view content_type(std::string_view path) {
    for (const ContentType &each : content_types) {
        if (path.ends_with(each.extension)) {
            return each.type;
        }
    }
    return "application/octet-stream";
}

// Originals of photos are private.
constexpr std::string_view originals_folder = "originals";

int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

} // namespace

std::optional<std::string> decode_path(std::string_view encoded) {
    std::string path;
    for (std::size_t i = 0; i < encoded.size(); ++i) {
        char c = encoded[i];
        if (c == '%') {
            if (i + 2 >= encoded.size()) {
                return std::nullopt;
            }
            const int high = hex_digit(encoded[i + 1]), low = hex_digit(encoded[i + 2]);
            if (high < 0 || low < 0) {
                return std::nullopt;
            }
            c = static_cast<char>(high * 16 + low);
            i += 2;
            if (c == '/' || c == '\0') {
                return std::nullopt;
            }
        }
        path.push_back(c);
    }
    return path;
}

MediaFiles::MediaFiles(const std::string &root, ExtraFields common_fields)
    : m_root(::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)),
      m_common_fields(std::move(common_fields)) {
    if (m_root < 0) {
        throw std::system_error(errno, std::generic_category(), root);
    }
}

MediaFiles::~MediaFiles() {
    ::close(m_root);
}

int MediaFiles::open(std::string_view path) const {
    int folder = m_root;
    const auto leave = [&](int result) {
        if (folder != m_root) {
            ::close(folder);
        }
        return result;
    };
    for (;;) {
        const auto slash = path.find('/');
        const std::string name(path.substr(0, slash));
        if (name.empty() || name.front() == '.' || name == originals_folder || name.size() > 255 ||
            name.find('\0') != std::string::npos) {
            return leave(-1);
        }
        const bool last = slash == std::string_view::npos;
        // O_NONBLOCK, because opening a pipe in the folder would otherwise wait.
        const int flags = last ? O_RDONLY | O_NONBLOCK : O_PATH | O_DIRECTORY;
        const int opened = ::openat(folder, name.c_str(), flags | O_NOFOLLOW | O_CLOEXEC);
        if (opened < 0 || last) {
            return leave(opened);
        }
        leave(0);
        folder = opened;
        path.remove_prefix(slash + 1);
    }
}

std::optional<http::Reply> MediaFiles::reply(const http::Request &request,
                                             std::string_view encoded_path) const {
    const auto path = decode_path(encoded_path);
    if (!path) {
        return std::nullopt;
    }
    const int descriptor = open(*path);
    if (descriptor < 0) {
        return std::nullopt;
    }
    const auto file = std::make_shared<http::OpenFile>(descriptor);
    struct stat status {};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        return std::nullopt;
    }

    const auto size = static_cast<std::uint64_t>(status.st_size);
    const std::string etag =
        fmt::format("\"{:x}-{:x}{:08x}\"", size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
    http::RangeChoice range;
    if (request.if_range.empty() || request.if_range == etag) {
        range = http::choose_range(request.range, size);
    }
    const bool unchanged = http::matches_etag(request.if_none_match, etag);
    const bool beyond = !unchanged && range.kind == http::RangeChoice::Kind::Unsatisfiable;
    const bool part = !unchanged && range.kind == http::RangeChoice::Kind::Part;
    const std::uint64_t offset = part ? range.range.first : 0;
    const std::uint64_t length = unchanged || beyond ? 0 : part ? range.range.length : size;

    struct Head {
        std::string text;
    };
    const int code = unchanged ? 304 : beyond ? 416 : part ? 206 : 200;
    http::HeadBuilder head(code);
    if (!unchanged) {
        head.field("Content-Type", content_type(*path)).length(length);
    }
    if (part) {
        head.field("Content-Range", fmt::format("bytes {}-{}/{}", offset, offset + length - 1, size));
    }
    if (beyond) {
        head.field("Content-Range", fmt::format("bytes */{}", size));
    }
    head.field("Accept-Ranges", "bytes").field("ETag", etag).field("Cache-Control", media_cache);
    head.field("Content-Security-Policy", "default-src 'none'; sandbox");
    for (const auto &[name, value] : m_common_fields) {
        head.field(name, value);
    }

    const auto owned = std::make_shared<Head>(Head{head.take()});
    http::Reply reply;
    reply.status = code;
    reply.route = Route::Media;
    reply.head = owned->text;
    reply.owner = owned;
    if (length > 0 && !request.head_only()) {
        reply.file = file;
        reply.file_offset = offset;
        reply.file_length = length;
    }
    return reply;
}

} // namespace studio::renderer
