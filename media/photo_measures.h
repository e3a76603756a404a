// SPDX-License-Identifier: Apache-2.0
// What is measured on a photo's pixels, after the edits.
#pragma once

#include "media/picture.h"
#include "models/documents/photos.h"

#include <cstdint>
#include <string>

namespace studio::media {

// models::Photo::placeholder: the mean colours of four columns and three rows.
std::string placeholder_of(const Picture &picture);

// models::Photo::luminance. The crops are the largest 9:16 (phone) and 16:9 (desktop) rectangles in the
// middle of the picture, as a hero shows them with the focal point in the middle; the text stands on the
// lower half of each, over its whole width. Measured on a copy 480 px wide, so that single bright pixels do
// not count.
models::TextLuminance text_luminance_of(const Picture &picture);

// dHash: for each of eight rows, whether each of nine columns is darker than the one right of it.
std::uint64_t likeness_of(const Picture &picture);

} // namespace studio::media
