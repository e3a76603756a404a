// SPDX-License-Identifier: Apache-2.0
// The one inline style sheet of a page: theme variables, fonts, our CSS, rules made for this page, the
// tenant's custom CSS.
#pragma once

#include "models/color/palette.h"
#include "models/documents/photos.h"
#include "models/documents/theme.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace studio::site {

// Rules that a page uses in place of style attributes. Each function returns a class name; equal rules are
// written once.
class PageRules final {
public:
    // object-position for a focal point, in whole percents; "" for the middle.
    std::string focal_point(const models::FocalPoint &point);
    // --r, width over height in steps of a twentieth; "" where the size is unknown.
    std::string ratio(int width, int height);
    // The three colours of a showcase card.
    std::string accent(const models::Palette &palette);
    std::string css() const;

private:
    std::map<std::string, std::string> m_rules; // class → declarations
};

struct StyleInput {
    const models::Theme &theme;
    const models::Palette &palette;       // derive_palette(theme)
    std::vector<std::string_view> sheets; // "elegant.css" …: those that follow base.css
    const PageRules &rules;
    bool extended_latin = false; // the page has letters outside the basic font files
    bool custom_css = true;
};

std::string page_style(const StyleInput &input);

// The opacity of palette.scrim, in percent, at which text in palette.on_scrim has a contrast of 4.5:1 over
// any photo.
int scrim_percent(const models::Palette &palette);

} // namespace studio::site
