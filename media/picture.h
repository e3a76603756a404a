// SPDX-License-Identifier: Apache-2.0
// The one place that talks to libvips.
#pragma once

#include "media/picture_edits.h"
#include "media/picture_file.h"
#include "media/pixels.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace studio::media {

inline constexpr int max_picture_width = 2560;
inline constexpr int plain_picture_width = 1920; // of the JPEG for programs that know nothing newer, at most
inline constexpr int max_picture_height = 8000;  // below what WebP can hold
inline constexpr long max_picture_pixels = 100'000'000;
// Edits are made on at most so many pixels; a larger picture is made smaller before.
inline constexpr long max_edited_pixels = 32'000'000;

// In which widths a picture of this width is offered: its own, and those of 320, 640, 960, 1280, 1920 and
// 2560 pixels that are at least a tenth smaller.
std::vector<int> derivative_widths(int width);

// A decoded picture: upright, 8-bit sRGB without transparency (white behind it), at most max_picture_width
// wide, without any of the metadata that its file had. Throws Error, whose message speaks of `name`.
class Picture final {
public:
    // Decodes with shrink-on-load, or at full size where there are edits. An animation gives its first frame,
    // a TIFF or a HEIC with several pictures the first.
    Picture(std::string_view bytes, PictureFormat format, const std::string &name,
            const PictureEdits &edits = {});
    ~Picture();
    Picture(Picture &&) noexcept;
    Picture &operator=(Picture &&) noexcept;

    int width() const;
    int height() const;
    Picture resized(int target_width) const;       // never wider than the picture is
    Pixels stretched(int width, int height) const; // exactly so large, whatever the picture's shape

    // No metadata, no colour profile.
    std::string webp() const;
    std::string jpeg() const;
    std::string avif() const; // one at a time in the process: the encoder takes much memory

private:
    struct Data;
    explicit Picture(std::unique_ptr<Data> data);

    std::unique_ptr<Data> m_data;
};

// The picture upright and at most `max_width` wide, for edits and previews. Throws Error.
Pixels upright_pixels(std::string_view bytes, PictureFormat format, const std::string &name, int max_width);

// What the file holds besides its pixels, as it stands there; "" where there is nothing or it cannot be read.
struct Metadata {
    std::string exif, xmp, iptc;
};
Metadata metadata_of(std::string_view bytes, PictureFormat format);

} // namespace studio::media
