// SPDX-License-Identifier: Apache-2.0
#include "site/fonts.h"

#include "site/static_files.h"
#include "site/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace studio::site {

namespace {

// Metrics of a family in percent of its fallback font (Times New Roman for serif, Arial for sans): the width
// of its Latin letters, weighted by their frequency in English, and the ascent and descent of its hhea table
// divided by that width.
struct Face {
    std::string_view family, slug;
    bool serif;
    int heading_weight, strong_weight;
    double size_adjust, ascent, descent;
};

constexpr std::array faces = {
    Face{"Playfair Display", "playfair-display", true, 500, 600, 113.5, 95.3, 22.1},
    Face{"Cormorant Garamond", "cormorant-garamond", true, 500, 600, 97.8, 94.5, 29.4},
    Face{"DM Serif Display", "dm-serif-display", true, 400, 400, 111.4, 93.0, 30.1},
    Face{"Libre Baskerville", "libre-baskerville", true, 400, 700, 128.4, 75.6, 21.0},
    Face{"Lora", "lora", true, 500, 600, 116.8, 86.2, 23.5},
    Face{"Josefin Sans", "josefin-sans", false, 400, 600, 102.7, 73.0, 24.3},
    Face{"Montserrat", "montserrat", false, 500, 600, 114.5, 84.5, 21.9},
    Face{"Inter", "inter", false, 600, 600, 107.5, 90.1, 22.4},
    Face{"Lato", "lato", false, 700, 700, 98.1, 100.6, 21.7},
    Face{"Nunito Sans", "nunito-sans", false, 600, 600, 101.9, 99.2, 34.6},
    Face{"Source Sans 3", "source-sans-3", false, 600, 600, 94.8, 108.1, 42.2},
    Face{"Work Sans", "work-sans", false, 500, 600, 113.2, 82.1, 21.5},
};

constexpr std::string_view latin_range = "U+0-FF,U+131,U+152-153,U+2BB-2BC,U+2C6,U+2DA,U+2DC,U+304,U+308,U+"
                                         "329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,"
                                         "U+2212,U+2215,U+FEFF,U+FFFD";
constexpr std::string_view extended_range = "U+100-2BA,U+2BD-2C5,U+2C7-2CC,U+2CE-2D7,U+2DD-2FF,U+1D00-1DBF,U+"
                                            "1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,"
                                            "U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF";

const Face &face_of(std::string_view family) {
    const auto found =
        std::find_if(faces.begin(), faces.end(), [&](const Face &face) { return face.family == family; });
    return found == faces.end() ? faces.front() : *found;
}

std::string file_of(const Face &face, std::string_view subset, int weight, bool italic) {
    return std::string(face.slug) + '-' + std::string(subset) + '-' + std::to_string(weight) +
           (italic ? "-italic" : "-normal") + ".woff2";
}

std::string percent(double value) {
    std::string text = std::to_string(std::lround(value * 10));
    text.insert(text.size() - 1, ".");
    if (text.ends_with(".0")) {
        text.resize(text.size() - 2);
    }
    return text + '%';
}

void append_face(std::string &css, const Face &face, int weight, bool italic, bool extended) {
    const auto rule = [&](std::string_view subset, std::string_view range) {
        css += "@font-face{font-family:\"" + std::string(face.family) +
               "\";font-weight:" + std::to_string(weight);
        css += italic ? ";font-style:italic" : "";
        css += ";font-display:swap;src:url(" + static_url(file_of(face, subset, weight, italic)) + ')';
        // Without the latin-ext face no unicode-range is needed.
        if (extended) {
            css.append(";unicode-range:").append(range);
        }
        css += '}';
    };
    if (extended) {
        rule("latin-ext", extended_range);
    }
    rule("latin", latin_range);
}

void append_fallback(std::string &css, const Face &face) {
    css += "@font-face{font-family:\"" + std::string(face.family) + " fallback\";src:local(\"";
    css +=
        face.serif ? "Times New Roman\"),local(\"Liberation Serif\")" : "Arial\"),local(\"Liberation Sans\")";
    css += ";size-adjust:" + percent(face.size_adjust) + ";ascent-override:" + percent(face.ascent) +
           ";descent-override:" + percent(face.descent) + ";line-gap-override:0%}";
}

} // namespace

int heading_weight(std::string_view family) {
    return face_of(family).heading_weight;
}
int strong_weight(std::string_view family) {
    return face_of(family).strong_weight;
}

std::string font_stack(std::string_view family) {
    const Face &face = face_of(family);
    const std::string name(face.family);
    return '"' + name + "\",\"" + name + " fallback\"," +
           (face.serif ? "Georgia,serif" : "system-ui,sans-serif");
}

std::string font_faces(const models::Theme &theme, bool extended_latin) {
    const Face &heading = face_of(theme.heading_font);
    const Face &body = face_of(theme.body_font);
    using Cut = std::tuple<const Face *, int, bool>;
    std::vector<Cut> cuts{{&heading, heading.heading_weight, false}};
    for (const Cut &cut :
         {Cut{&body, 400, false}, Cut{&body, 400, true}, Cut{&body, body.strong_weight, false}}) {
        if (std::find(cuts.begin(), cuts.end(), cut) == cuts.end()) {
            cuts.push_back(cut);
        }
    }
    std::string css;
    for (const auto &[face, weight, italic] : cuts) {
        append_face(css, *face, weight, italic, extended_latin);
    }
    append_fallback(css, heading);
    if (&heading != &body) {
        append_fallback(css, body);
    }
    return css;
}

std::string heading_face(std::string_view family, const models::Theme &theme, bool extended_latin) {
    const Face &face = face_of(family);
    if (&face == &face_of(theme.heading_font)) {
        return {};
    }
    std::string css;
    append_face(css, face, face.heading_weight, false, extended_latin);
    if (&face != &face_of(theme.body_font)) {
        append_fallback(css, face);
    }
    return css;
}

std::vector<std::string> preloaded_fonts(const models::Theme &theme) {
    const Face &heading = face_of(theme.heading_font);
    const Face &body = face_of(theme.body_font);
    std::vector<std::string> urls{static_url(file_of(heading, "latin", heading.heading_weight, false))};
    if (&heading != &body || heading.heading_weight != 400) {
        urls.push_back(static_url(file_of(body, "latin", 400, false)));
    }
    return urls;
}

std::string font_licence(std::string_view family) {
    return static_url(std::string(face_of(family).slug) + "-licence.txt");
}

bool needs_extended_latin(std::string_view html) {
    for (std::size_t position = 0; position < html.size();) {
        if (static_cast<unsigned char>(html[position]) < 0x80) {
            ++position;
            continue;
        }
        const char32_t c = next_code_point(html, position);
        if (c < 0x100 || c == 0x131 || c == 0x152 || c == 0x153) {
            continue;
        }
        if (c < 0x300 || (c >= 0x1D00 && c < 0x1F00) || (c >= 0x20A0 && c <= 0x20C0 && c != 0x20AC) ||
            (c >= 0x2C60 && c <= 0x2C7F) || (c >= 0xA720 && c <= 0xA7FF)) {
            return true;
        }
    }
    return false;
}

} // namespace studio::site
