// SPDX-License-Identifier: Apache-2.0
#include "models/documents/theme.h"

#include "models/color/contrast.h"
#include "models/documents/fonts.h"
#include "models/json/json_read.h"

#include <algorithm>
#include <cmath>

namespace studio::models {

namespace {

struct ColorKey {
    const char *key;
    Color ThemeColors::*color;
};

constexpr ColorKey color_keys[] = {
    {"primary", &ThemeColors::primary}, {"secondary", &ThemeColors::secondary},
    {"accent", &ThemeColors::accent},   {"background", &ThemeColors::background},
    {"text", &ThemeColors::text},       {"textLight", &ThemeColors::text_light},
    {"success", &ThemeColors::success}, {"error", &ThemeColors::error},
    {"warning", &ThemeColors::warning},
};

template <class Choice> Choice choice_member(const Json &document, const char *key, Choice otherwise) {
    const std::string text = text_member(document, key);
    for (const Choice choice : {Choice(0), Choice(1), Choice(2)}) {
        if (to_string(choice) == text) {
            return choice;
        }
    }
    return otherwise;
}

std::string font_member(const Json &fonts, const char *key, const std::string &otherwise) {
    const std::string name = text_member(fonts, key);
    const auto &families = font_families();
    const bool known = std::any_of(families.begin(), families.end(),
                                   [&](const FontFamily &family) { return family.name == name; });
    return known ? name : otherwise;
}

ThemeColors read_colors(const Json &colors) {
    ThemeColors read;
    bool has_text_light = false;
    for (const auto &[key, color] : color_keys) {
        if (const auto parsed = Color::parse(text_member(colors, key))) {
            read.*color = *parsed;
            has_text_light = has_text_light || color == &ThemeColors::text_light;
        }
    }
    if (!has_text_light) {
        read.text_light =
            nearest_passing(read.text.mixed_with(read.background, 0.3), {{read.background, 4.5}});
    }
    return read;
}

} // namespace

std::string_view to_string(Layout layout) {
    switch (layout) {
    case Layout::Modern:
        return "modern";
    case Layout::Minimal:
        return "minimal";
    default:
        return "elegant";
    }
}

std::string_view to_string(Spacing spacing) {
    switch (spacing) {
    case Spacing::Compact:
        return "compact";
    case Spacing::Spacious:
        return "spacious";
    default:
        return "comfortable";
    }
}

std::string_view to_string(Shadow shadow) {
    switch (shadow) {
    case Shadow::Light:
        return "light";
    case Shadow::Strong:
        return "strong";
    default:
        return "medium";
    }
}

Theme read_theme(const Json &document) {
    Theme theme;
    theme.colors = read_colors(object_member(document, "colors"));
    const Json &fonts = object_member(document, "fonts");
    theme.heading_font = font_member(fonts, "heading", theme.heading_font);
    theme.body_font = font_member(fonts, "body", theme.body_font);
    theme.layout = choice_member(document, "layout", theme.layout);
    theme.spacing = choice_member(document, "spacing", theme.spacing);
    theme.shadow = choice_member(document, "shadow", theme.shadow);
    if (const auto radius = number_member(document, "borderRadius")) {
        theme.border_radius_px = static_cast<int>(std::lround(std::clamp(*radius, 0.0, 32.0)));
    }
    theme.custom_css = text_member(document, "customCss");
    return theme;
}

Json write_theme(const Theme &theme, Json document) {
    if (!document.is_object()) {
        document = Json::object();
    }
    const Theme before = read_theme(document);
    for (const auto &[key, color] : color_keys) {
        if (theme.colors.*color != before.colors.*color) {
            writable_object(document, "colors")[key] = (theme.colors.*color).to_hex();
        }
    }
    if (theme.heading_font != before.heading_font) {
        writable_object(document, "fonts")["heading"] = theme.heading_font;
    }
    if (theme.body_font != before.body_font) {
        writable_object(document, "fonts")["body"] = theme.body_font;
    }
    put_changed(document, "layout", to_string(theme.layout), to_string(before.layout));
    put_changed(document, "spacing", to_string(theme.spacing), to_string(before.spacing));
    put_changed(document, "borderRadius", theme.border_radius_px, before.border_radius_px);
    put_changed(document, "shadow", to_string(theme.shadow), to_string(before.shadow));
    put_changed(document, "customCss", theme.custom_css, before.custom_css);
    return document;
}

} // namespace studio::models
