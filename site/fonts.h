// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/theme.h"

#include <string>
#include <string_view>
#include <vector>

namespace studio::site {

// @font-face rules for the theme's two families and for fallbacks with the same metrics.
std::string font_faces(const models::Theme &theme, bool extended_latin);
// The value of font-family for a family by its name.
std::string font_stack(std::string_view family);
int heading_weight(std::string_view family);
int strong_weight(std::string_view family);
// @font-face rules for the headings of one more family, "" where `theme` has that family already.
std::string heading_face(std::string_view family, const models::Theme &theme, bool extended_latin);
// URLs of the two font files that text above the fold uses.
std::vector<std::string> preloaded_fonts(const models::Theme &theme);
// URL of the family's licence.
std::string font_licence(std::string_view family);
// Whether a page's markup has a letter that only the latin-ext font files contain.
bool needs_extended_latin(std::string_view html);

} // namespace studio::site
