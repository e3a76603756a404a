// SPDX-License-Identifier: Apache-2.0
#include "ui/charts/chart_palette.h"

#include <cmath>

namespace studio::ui {

const std::array<QColor, chart_color_count> &chart_colors(const Tokens &colors) {
    static const std::array<QColor, chart_color_count> light{"#8b4789", "#c96a00", "#2f7fd6",
                                                             "#327d4e", "#552e00", "#519e93"};
    static const std::array<QColor, chart_color_count> dark{"#c888c6", "#f0a13a", "#6ecfff",
                                                            "#2fbf94", "#f2ea9c", "#7a7ae0"};
    return colors.dark ? dark : light;
}

QColor chart_color(const Tokens &colors, int index) {
    return chart_colors(colors)[static_cast<std::size_t>(index) % chart_color_count];
}

QColor before_color(const Tokens &colors) {
    return colors.dark ? QColor("#85858f") : QColor("#a2a2ac");
}

QColor chart_tint(const Tokens &colors, double strength) {
    const auto from = colors.dark ? colors.raised : colors.window;
    const auto to = chart_color(colors, 0);
    const auto mix = [strength](int first, int second) {
        return qRound(first + (second - first) * strength);
    };
    return {mix(from.red(), to.red()), mix(from.green(), to.green()), mix(from.blue(), to.blue())};
}

QColor text_on(const QColor &ground) {
    // Relative luminance, WCAG 2: above this black has the higher contrast.
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    const double luminance =
        0.2126 * linear(ground.redF()) + 0.7152 * linear(ground.greenF()) + 0.0722 * linear(ground.blueF());
    return luminance > 0.179 ? QColor("#1f1f24") : QColor("#ffffff");
}

} // namespace studio::ui
