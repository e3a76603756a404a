// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

namespace studio::models {

// The self-hosted families, in the order in which a person should see them.
enum class FontStyle { Serif, Sans };
struct FontFamily {
    std::string_view name; // "Playfair Display"
    std::string_view slug; // "playfair-display", the npm package @fontsource/<slug>
    FontStyle style;
    bool heading; // suited to headings
    bool body;    // suited to running text
};
const std::vector<FontFamily> &font_families();

} // namespace studio::models
