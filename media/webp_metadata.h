// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace studio::media {

// The same picture without its EXIF, XMP and colour profile chunks, bit for bit (nothing is encoded again).
// Debian 12's libvips writes them although it is asked not to: https://github.com/libvips/libvips/issues/3340
// Throws std::runtime_error where the bytes are no WebP file.
std::string without_webp_metadata(std::string_view webp);

} // namespace studio::media
