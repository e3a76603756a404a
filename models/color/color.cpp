// SPDX-License-Identifier: Apache-2.0
#include "models/color/color.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace studio::models {

namespace {

int hex_digit(char character) {
    if (character >= '0' && character <= '9') {
        return character - '0';
    }
    if (character >= 'a' && character <= 'f') {
        return character - 'a' + 10;
    }
    if (character >= 'A' && character <= 'F') {
        return character - 'A' + 10;
    }
    return -1;
}

std::array<double, 256> linear_channels() {
    std::array<double, 256> table{};
    for (std::size_t channel = 0; channel < table.size(); ++channel) {
        const double value = static_cast<double>(channel) / 255.0;
        table[channel] = value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    }
    return table;
}

} // namespace

std::optional<Color> Color::parse(std::string_view text) {
    if (text.size() != 7 || text[0] != '#') {
        return std::nullopt;
    }
    int channels[3] = {};
    for (std::size_t at = 0; at < 3; ++at) {
        const int high = hex_digit(text[1 + 2 * at]);
        const int low = hex_digit(text[2 + 2 * at]);
        if (high < 0 || low < 0) {
            return std::nullopt;
        }
        channels[at] = high * 16 + low;
    }
    return Color(static_cast<std::uint8_t>(channels[0]), static_cast<std::uint8_t>(channels[1]),
                 static_cast<std::uint8_t>(channels[2]));
}

std::string Color::to_hex() const {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text = "#";
    for (const std::uint8_t channel : {m_red, m_green, m_blue}) {
        text += digits[channel >> 4];
        text += digits[channel & 15];
    }
    return text;
}

Color Color::mixed_with(Color other, double share) const {
    share = std::clamp(share, 0.0, 1.0);
    const auto mix = [share](std::uint8_t from, std::uint8_t to) {
        return static_cast<std::uint8_t>(std::lround(from * (1 - share) + to * share));
    };
    return Color(mix(m_red, other.m_red), mix(m_green, other.m_green), mix(m_blue, other.m_blue));
}

double Color::luminance() const {
    static const std::array<double, 256> linear = linear_channels();
    return 0.2126 * linear[m_red] + 0.7152 * linear[m_green] + 0.0722 * linear[m_blue];
}

double contrast_ratio(Color first, Color second) {
    const double one = first.luminance();
    const double two = second.luminance();
    return (std::max(one, two) + 0.05) / (std::min(one, two) + 0.05);
}

} // namespace studio::models
