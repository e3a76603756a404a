// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/color/color.h"
#include "models/json/json.h"

#include <string>
#include <string_view>
#include <vector>

namespace studio::models {

enum class Layout { Elegant, Modern, Minimal };
enum class Spacing { Compact, Comfortable, Spacious };
enum class Shadow { Light, Medium, Strong };

std::string_view to_string(Layout layout);
std::string_view to_string(Spacing spacing);
std::string_view to_string(Shadow shadow);

struct ThemeColors {
    Color primary{0x8b, 0x47, 0x89};
    Color secondary{0xd4, 0xaf, 0x37};
    Color accent{0xf4, 0xe6, 0xd8};
    Color background{0xff, 0xff, 0xff};
    Color text{0x2c, 0x2c, 0x2c};
    Color text_light{0x6b, 0x6b, 0x6b};
    Color success{0x2e, 0x7d, 0x32};
    Color error{0xb3, 0x26, 0x1e};
    Color warning{0x8a, 0x5a, 0x00};
    bool operator==(const ThemeColors &) const = default;
};

// The theme document as the page renderer uses it. Every value is valid.
struct Theme {
    ThemeColors colors;
    std::string heading_font = "Playfair Display"; // a family of font_families()
    std::string body_font = "Montserrat";
    Layout layout = Layout::Elegant;
    Spacing spacing = Spacing::Comfortable;
    int border_radius_px = 8; // 0..32
    Shadow shadow = Shadow::Medium;
    std::string custom_css; // as typed; site/ sanitises and scopes it
    bool operator==(const Theme &) const = default;
};

// Lenient: a missing or invalid field takes its default, so that a preview can follow unfinished input. When
// colors.textLight is absent it is derived from text and background so that it passes 4.5:1.
Theme read_theme(const Json &document);

// Writes the typed values over `document`, keeping its unknown keys and the order of its keys.
Json write_theme(const Theme &theme, Json document);

} // namespace studio::models
