// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace studio::models {

// An opaque sRGB colour, 8 bits a channel.
class Color final {
public:
    constexpr Color() = default;
    constexpr Color(std::uint8_t red, std::uint8_t green, std::uint8_t blue)
        : m_red(red), m_green(green), m_blue(blue) {}

    // Accepts exactly #RRGGBB, either case.
    static std::optional<Color> parse(std::string_view text);
    std::string to_hex() const; // "#8b4789", lower case

    constexpr std::uint8_t red() const { return m_red; }
    constexpr std::uint8_t green() const { return m_green; }
    constexpr std::uint8_t blue() const { return m_blue; }

    // `share` of `other` (0..1) mixed into this one, linearly in sRGB as CSS color-mix(in srgb) does.
    Color mixed_with(Color other, double share) const;
    // WCAG 2.2 relative luminance, 0..1.
    double luminance() const;

    constexpr bool operator==(const Color &) const = default;

private:
    std::uint8_t m_red = 0;
    std::uint8_t m_green = 0;
    std::uint8_t m_blue = 0;
};

// WCAG 2.2 contrast ratio, 1..21. Source: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
double contrast_ratio(Color first, Color second);

} // namespace studio::models
