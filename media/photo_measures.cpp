// SPDX-License-Identifier: Apache-2.0
#include "media/photo_measures.h"

#include "models/color/color.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace studio::media {
namespace {

constexpr int columns = 4, rows = 3;
constexpr int cell = 16; // pixels of a placeholder's cell over which its mean is taken
constexpr int luminance_width = 480;
constexpr double share_not_brighter = 0.95;

models::Color color_at(const Pixels &pixels, int x, int y) {
    const auto [red, green, blue] = pixels.at(x, y);
    return {red, green, blue};
}

models::Color mean_of_cell(const Pixels &pixels, int column, int row) {
    std::array<int, 3> sums{};
    for (int y = row * cell; y < (row + 1) * cell; ++y) {
        for (int x = column * cell; x < (column + 1) * cell; ++x) {
            const auto color = pixels.at(x, y);
            for (std::size_t i = 0; i < 3; ++i) {
                sums[i] += color[i];
            }
        }
    }
    const auto mean = [&](std::size_t i) {
        return static_cast<std::uint8_t>((sums[i] + cell * cell / 2) / (cell * cell));
    };
    return {mean(0), mean(1), mean(2)};
}

// In the lower half of the largest rectangle of the shape width:height in the middle.
double luminance_in(const Pixels &pixels, double shape) {
    const int width =
        std::max(1, std::min(pixels.width, static_cast<int>(std::lround(pixels.height * shape))));
    const int height =
        std::max(1, std::min(pixels.height, static_cast<int>(std::lround(pixels.width / shape))));
    const int left = (pixels.width - width) / 2, top = (pixels.height - height) / 2;
    std::vector<double> luminances;
    for (int y = top + height / 2; y < top + height; ++y) {
        for (int x = left; x < left + width; ++x) {
            luminances.push_back(color_at(pixels, x, y).luminance());
        }
    }
    const auto at = static_cast<std::ptrdiff_t>(
        std::ceil(share_not_brighter * static_cast<double>(luminances.size())) - 1);
    std::nth_element(luminances.begin(), luminances.begin() + at, luminances.end());
    return std::round(luminances[static_cast<std::size_t>(at)] * 1000) / 1000; // as much as a scrim needs
}

int brightness(const Pixels &pixels, int x, int y) {
    const auto [red, green, blue] = pixels.at(x, y);
    return 299 * red + 587 * green + 114 * blue; // ITU-R BT.601
}

} // namespace

std::string placeholder_of(const Picture &picture) {
    const Pixels pixels = picture.stretched(columns * cell, rows * cell);
    std::string colors;
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            colors += mean_of_cell(pixels, column, row).to_hex().substr(1);
        }
    }
    return colors;
}

models::TextLuminance text_luminance_of(const Picture &picture) {
    const int width = std::min(luminance_width, picture.width());
    const int height = std::max(
        1, static_cast<int>(std::lround(static_cast<double>(picture.height()) * width / picture.width())));
    const Pixels pixels = picture.stretched(width, height);
    return {luminance_in(pixels, 9.0 / 16), luminance_in(pixels, 16.0 / 9)};
}

std::uint64_t likeness_of(const Picture &picture) {
    const Pixels pixels = picture.stretched(9, 8);
    std::uint64_t bits = 0;
    for (int y = 0; y < 8; ++y) {
        for (int x = 0; x < 8; ++x) {
            bits = bits << 1U | (brightness(pixels, x, y) < brightness(pixels, x + 1, y) ? 1U : 0U);
        }
    }
    return bits;
}

} // namespace studio::media
