// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace studio::media {

// A decoded picture in sRGB.
struct Pixels {
    int width = 0, height = 0;
    std::vector<unsigned char> rgb; // red, green, blue of each pixel, row by row from the top, without gaps

    std::size_t index(int x, int y) const {
        return 3 *
               (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x));
    }
    std::array<unsigned char, 3> at(int x, int y) const {
        const std::size_t i = index(x, y);
        return {rgb[i], rgb[i + 1], rgb[i + 2]};
    }
    bool operator==(const Pixels &) const = default;
};

} // namespace studio::media
