// SPDX-License-Identifier: Apache-2.0
#include "models/color/palette.h"

#include "models/color/contrast.h"

#include <algorithm>

namespace studio::models {

namespace {

constexpr Color black(0, 0, 0);
constexpr Color white(255, 255, 255);
constexpr double text_ratio = 4.5;
constexpr double control_ratio = 3.0;

// `base` tinted with `tint`, by at most `share` and at most `distance` in OKLab, and never so far that
// neither black nor white text could be read on it.
Color tinted(Color base, Color tint, double share, double distance) {
    for (int step = 0; step < 24; ++step, share *= 0.85) {
        const Color mixed = base.mixed_with(tint, share);
        if (perceptual_distance(base, mixed) <= distance) {
            return mixed;
        }
    }
    return base;
}

struct Surfaces {
    Color background, surface, strong;

    std::vector<ContrastDemand> demands(double ratio) const {
        return {{background, ratio}, {surface, ratio}, {strong, ratio}};
    }
};

// The three surfaces are chosen so that one text colour is readable on all of them.
Surfaces derive_surfaces(const ThemeColors &colors) {
    double scale = 1;
    for (int step = 0; step < 12; ++step, scale *= 0.7) {
        const Surfaces surfaces{colors.background,
                                tinted(colors.background, colors.accent, 0.55 * scale, 0.045 * scale),
                                tinted(colors.background, colors.accent, 0.8 * scale, 0.075 * scale)};
        const auto demands = surfaces.demands(text_ratio);
        if (passes(black, demands) || passes(white, demands)) {
            return surfaces;
        }
    }
    return {colors.background, colors.background, colors.background};
}

Color text_on(Color fill, Color preferred) {
    if (contrast_ratio(white, fill) >= text_ratio) {
        return white;
    }
    if (contrast_ratio(preferred, fill) >= text_ratio) {
        return preferred;
    }
    return black;
}

Color derive_scrim(Color primary) {
    double share = 0.22;
    Color scrim = black.mixed_with(primary, share);
    while (contrast_ratio(white, scrim) < 15 && share > 0.01) {
        share *= 0.7;
        scrim = black.mixed_with(primary, share);
    }
    return scrim;
}

} // namespace

Palette derive_palette(const Theme &theme) {
    const ThemeColors &colors = theme.colors;
    const Surfaces surfaces = derive_surfaces(colors);
    const auto text_demands = surfaces.demands(text_ratio);
    const auto control_demands = surfaces.demands(control_ratio);

    Palette palette;
    palette.background = surfaces.background;
    palette.surface = surfaces.surface;
    palette.surface_strong = surfaces.strong;
    palette.text = nearest_passing(colors.text, text_demands);
    palette.text_light = nearest_passing(colors.text_light, text_demands);
    palette.heading = passes(colors.primary, text_demands) ? colors.primary : palette.text;
    palette.link = nearest_passing(colors.primary, text_demands);
    palette.link_hover = nearest_passing(palette.link.mixed_with(palette.text, 0.45), text_demands);
    palette.border = surfaces.background.mixed_with(palette.text, 0.14);
    palette.control_border =
        nearest_passing(surfaces.background.mixed_with(palette.text, 0.45), control_demands);
    palette.button = colors.primary;
    palette.on_button = text_on(colors.primary, palette.text);
    // Moves away from the colour of the button's text, so that the contrast increases.
    palette.button_hover = colors.primary.mixed_with(
        palette.on_button.luminance() > colors.primary.luminance() ? black : white, 0.14);
    palette.button_disabled = colors.primary.mixed_with(surfaces.background, 0.6);
    palette.accent = colors.accent;
    palette.secondary = colors.secondary;
    palette.on_secondary = text_on(colors.secondary, palette.text);
    palette.focus = nearest_passing(colors.primary, control_demands);
    palette.success = nearest_passing(colors.success, text_demands);
    palette.error = nearest_passing(colors.error, text_demands);
    palette.warning = nearest_passing(colors.warning, text_demands);
    palette.scrim = derive_scrim(colors.primary);
    palette.on_scrim = white;
    return palette;
}

std::vector<ContrastPair> contrast_report(const Theme &theme) {
    const ThemeColors &colors = theme.colors;
    const Surfaces surfaces = derive_surfaces(colors);
    struct Use {
        const char *name;
        const char *pointer;
        Color color;
        std::vector<std::pair<const char *, ContrastDemand>> places;
    };
    using Places = std::vector<std::pair<const char *, ContrastDemand>>;
    const Places in_forms = {{"background", {surfaces.background, text_ratio}},
                             {"cards and bands", {surfaces.surface, text_ratio}}};
    Places everywhere = in_forms;
    everywhere.push_back({"footer", {surfaces.strong, text_ratio}});
    const Use uses[] = {
        {"Text", "/colors/text", colors.text, everywhere},
        {"Light text", "/colors/textLight", colors.text_light, everywhere},
        {"Headings and links", "/colors/primary", colors.primary, everywhere},
        {"Success messages", "/colors/success", colors.success, in_forms},
        {"Error messages", "/colors/error", colors.error, in_forms},
        {"Warning messages", "/colors/warning", colors.warning, in_forms},
    };
    std::vector<ContrastPair> report;
    for (const auto &use : uses) {
        std::vector<ContrastDemand> demands;
        for (const auto &[place, demand] : use.places) {
            demands.push_back(demand);
        }
        const Color nearest = nearest_passing(use.color, demands);
        for (const auto &[place, demand] : use.places) {
            ContrastPair pair;
            pair.name = std::string(use.name) + " on " + place;
            pair.foreground_pointer = use.pointer;
            pair.foreground = use.color;
            pair.background = demand.background;
            pair.ratio = contrast_ratio(use.color, demand.background);
            pair.required = demand.ratio;
            pair.passes = pair.ratio >= pair.required;
            pair.nearest_passing = nearest;
            report.push_back(std::move(pair));
        }
    }
    return report;
}

} // namespace studio::models
