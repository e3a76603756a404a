// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace studio::media {

enum class PictureFormat { Jpeg, Png, Webp, Avif, Heic, Tiff };

inline constexpr std::uintmax_t max_picture_file_bytes = 80'000'000;

// By the file's first bytes, never by its name.
std::optional<PictureFormat> picture_format(std::string_view bytes);
// For a file whose format picture_format() does not recognise: the end of a sentence that says what the file
// is and what to do, such as "is a video. Choose a photo, or save a picture of it as JPEG.".
std::string what_would_work(std::string_view bytes);

// The whole file, read once so that what was checked is what is decoded. Follows links (photo libraries are
// full of them) but opens regular files only, so that a pipe or a device cannot block. Throws Error.
std::string read_picture_file(const std::filesystem::path &file, std::uintmax_t max_bytes);

// A file of at most 80 MB with a format that there is a decoder for. Throws Error, which says what would
// work.
struct SourcePicture {
    std::string bytes;
    PictureFormat format;
};
SourcePicture read_source_picture(const std::filesystem::path &file);

} // namespace studio::media
