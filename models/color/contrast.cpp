// SPDX-License-Identifier: Apache-2.0
#include "models/color/contrast.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace studio::models {

namespace {

struct Oklab {
    double lightness = 0, a = 0, b = 0;
};

double to_linear(double value) {
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double to_srgb(double value) {
    return value <= 0.0031308 ? value * 12.92 : 1.055 * std::pow(value, 1 / 2.4) - 0.055;
}

Oklab to_oklab(Color color) {
    const double red = to_linear(color.red() / 255.0);
    const double green = to_linear(color.green() / 255.0);
    const double blue = to_linear(color.blue() / 255.0);
    const double l = std::cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
    const double m = std::cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
    const double s = std::cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

// nullopt where the colour is outside of sRGB.
std::optional<Color> to_color(Oklab lab) {
    const double l = std::pow(lab.lightness + 0.3963377774 * lab.a + 0.2158037573 * lab.b, 3);
    const double m = std::pow(lab.lightness - 0.1055613458 * lab.a - 0.0638541728 * lab.b, 3);
    const double s = std::pow(lab.lightness - 0.0894841775 * lab.a - 1.2914855480 * lab.b, 3);
    const double channels[] = {4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
                               -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
                               -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
    std::uint8_t bytes[3] = {};
    for (std::size_t at = 0; at < 3; ++at) {
        if (channels[at] < -0.002 || channels[at] > 1.002) {
            return std::nullopt;
        }
        bytes[at] = static_cast<std::uint8_t>(std::lround(to_srgb(std::clamp(channels[at], 0.0, 1.0)) * 255));
    }
    return Color(bytes[0], bytes[1], bytes[2]);
}

// The colour at another lightness, with as much of the chroma as sRGB has at that lightness.
Color at_lightness(Oklab lab, double lightness) {
    double chroma = 1;
    for (int step = 0; step < 12; ++step) {
        if (const auto color = to_color({lightness, lab.a * chroma, lab.b * chroma})) {
            return *color;
        }
        chroma *= 0.8;
    }
    return to_color({lightness, 0, 0}).value_or(lightness > 0.5 ? Color(255, 255, 255) : Color(0, 0, 0));
}

double worst_margin(Color foreground, const std::vector<ContrastDemand> &demands) {
    double margin = 21;
    for (const auto &demand : demands) {
        margin = std::min(margin, contrast_ratio(foreground, demand.background) / demand.ratio);
    }
    return margin;
}

} // namespace

double perceptual_distance(Color first, Color second) {
    const Oklab one = to_oklab(first);
    const Oklab two = to_oklab(second);
    return std::hypot(one.lightness - two.lightness, one.a - two.a, one.b - two.b);
}

bool passes(Color foreground, const std::vector<ContrastDemand> &demands) {
    return std::all_of(demands.begin(), demands.end(), [foreground](const ContrastDemand &demand) {
        return contrast_ratio(foreground, demand.background) >= demand.ratio;
    });
}

Color nearest_passing(Color color, const std::vector<ContrastDemand> &demands) {
    if (passes(color, demands)) {
        return color;
    }
    const Color black(0, 0, 0);
    const Color white(255, 255, 255);
    const bool prefer_white = worst_margin(white, demands) > worst_margin(black, demands);
    Color best = prefer_white ? white : black;
    double best_distance = passes(best, demands) ? perceptual_distance(color, best) : 10;
    const Oklab lab = to_oklab(color);
    constexpr double step = 1.0 / 256;
    for (const double direction : {-step, step}) {
        for (double at = lab.lightness + direction; at > 0 && at < 1; at += direction) {
            const Color shade = at_lightness(lab, at);
            if (!passes(shade, demands)) {
                continue;
            }
            const double distance = perceptual_distance(color, shade);
            if (distance < best_distance) {
                best = shade;
                best_distance = distance;
            }
            break;
        }
    }
    return best;
}

} // namespace studio::models
