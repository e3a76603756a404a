// SPDX-License-Identifier: Apache-2.0
#include "models/documents/fonts.h"

namespace studio::models {

const std::vector<FontFamily> &font_families() {
    static const std::vector<FontFamily> families = {
        {"Playfair Display", "playfair-display", FontStyle::Serif, true, false},
        {"Cormorant Garamond", "cormorant-garamond", FontStyle::Serif, true, true},
        {"DM Serif Display", "dm-serif-display", FontStyle::Serif, true, false},
        {"Libre Baskerville", "libre-baskerville", FontStyle::Serif, true, true},
        {"Lora", "lora", FontStyle::Serif, true, true},
        {"Josefin Sans", "josefin-sans", FontStyle::Sans, true, false},
        {"Montserrat", "montserrat", FontStyle::Sans, true, true},
        {"Inter", "inter", FontStyle::Sans, true, true},
        {"Lato", "lato", FontStyle::Sans, true, true},
        {"Nunito Sans", "nunito-sans", FontStyle::Sans, true, true},
        {"Source Sans 3", "source-sans-3", FontStyle::Sans, true, true},
        {"Work Sans", "work-sans", FontStyle::Sans, true, true},
    };
    return families;
}

} // namespace studio::models
