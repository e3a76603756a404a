// SPDX-License-Identifier: Apache-2.0
// Every colour that the pages really use, derived from the nine theme colours. The style sheet in site/ takes
// all its colours from here, so that the contrast report below is about the colours that visitors see.
#pragma once

#include "models/documents/theme.h"

#include <string>
#include <string_view>
#include <vector>

namespace studio::models {

struct Palette {
    Color background;     // page
    Color surface;        // cards and alternating sections: background tinted with accent
    Color surface_strong; // footer, table heads: a stronger tint
    Color border;         // hairlines (decorative)
    Color control_border; // form fields: 3:1 against background and surface
    Color text;
    Color text_light;
    Color heading; // heading colour: primary where it passes on background, else text
    Color link;    // primary where it passes, else nearest passing shade of it
    Color link_hover;
    Color button; // primary button fill
    Color button_hover;
    Color button_disabled;
    Color on_button; // text on button, button_hover
    Color accent;    // ornaments
    Color secondary; // ornaments, small caps rules
    Color on_secondary;
    Color focus;                   // focus ring: 3:1 on background, surface and surface_strong
    Color success, error, warning; // as text on background and surface
    Color scrim;                   // behind text over photos (used with alpha in a gradient)
    Color on_scrim;                // text over photos
    bool operator==(const Palette &) const = default;
};

Palette derive_palette(const Theme &theme);

// One pair of colours that touch on a page.
struct ContrastPair {
    std::string name;               // "Text on background"
    std::string foreground_pointer; // the theme field to change, "/colors/text"
    Color foreground;
    Color background;
    double ratio = 1;
    double required = 4.5; // 4.5 text, 3.0 large text and controls
    bool passes = false;
    Color nearest_passing; // for the field at foreground_pointer: the closest colour that passes
    bool operator==(const ContrastPair &) const = default;
};

std::vector<ContrastPair> contrast_report(const Theme &theme);

} // namespace studio::models
