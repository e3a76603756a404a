// SPDX-License-Identifier: Apache-2.0
// The one inline style sheet of a page: theme variables, fonts, our CSS, rules made for this page, the
// tenant's custom CSS.
#pragma once

#include "models/color/palette.h"
#include "models/documents/photos.h"
#include "models/documents/theme.h"

#include <map>
#include <set>
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
    // Sets --r, width divided by height in steps of a twentieth; "" where the size is unknown.
    std::string ratio(int width, int height);
    // The colours of a showcase card, and the face and the colour of the name on it, readable on `page`.
    std::string accent(const models::Theme &theme, const models::Palette &palette, models::Color page);
    // What is shown until a photo is there: a gradient from top to bottom or from left to right, whichever is
    // nearer to its twelve colours, or their mean as one colour where `plain`; "" where they are unknown.
    // More gradients beside each other would meet in visible seams.
    std::string placeholder(const std::string &colors, bool plain);
    // The class of a city's cards. While the radio button with the class's name as its id is checked, cards
    // without that class are hidden.
    std::string city(std::size_t number);
    std::string css() const;
    const std::set<std::string> &families() const { return m_families; } // of names on cards

private:
    std::string shared(const char *prefix, const std::string &declarations);

    std::map<std::string, std::string> m_rules; // class → declarations
    std::map<std::string, std::string> m_names; // declarations → class, of numbered classes
    std::set<std::string> m_families;
    std::string m_filters;
};

struct StyleInput {
    const models::Theme &theme;
    const models::Palette &palette;       // derive_palette(theme)
    std::vector<std::string_view> sheets; // "elegant.css" …: those that follow base.css
    const PageRules &rules;
    bool extended_latin = false; // the page has letters outside the basic font files
    bool custom_css = true;
    models::TextLuminance behind_text = {}; // of the hero's photo
};

std::string page_style(const StyleInput &input);

// The least opacity of palette.scrim, in percent, at which text in palette.on_scrim has a contrast of 4.5:1
// over a photo whose relative luminance behind the text is at most `luminance`; 1 is any photo.
// https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio: (L1 + 0.05) / (L2 + 0.05), L by #dfn-relative-luminance.
// Of all colours of one luminance, grey stays the lightest below a scrim, so the calculation uses grey.
int scrim_percent(const models::Palette &palette, double luminance = 1);

} // namespace studio::site
