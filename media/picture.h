// SPDX-License-Identifier: Apache-2.0
// The one place that talks to libvips.
#pragma once

#include "media/picture_file.h"

#include <memory>
#include <string>
#include <string_view>

namespace studio::media {

inline constexpr int max_picture_width = 1920;
inline constexpr int max_picture_height = 8000; // below what WebP can hold
inline constexpr long max_picture_pixels = 100'000'000;

// A decoded picture: upright, 8-bit sRGB without transparency (white behind it), at most max_picture_width
// wide, without any of the metadata that its file had. Throws Error, whose message speaks of `name`.
class Picture final {
public:
    // Decodes with shrink-on-load. An animation gives its first frame, a TIFF its first page.
    Picture(std::string_view bytes, PictureFormat format, const std::string &name);
    ~Picture();
    Picture(Picture &&) noexcept;
    Picture &operator=(Picture &&) noexcept;

    int width() const;
    int height() const;
    // Never wider than the picture is. No metadata, no colour profile.
    std::string webp(int target_width) const;
    std::string jpeg() const;

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace studio::media
