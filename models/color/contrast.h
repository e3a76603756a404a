// SPDX-License-Identifier: Apache-2.0
// Finding readable shades.
#pragma once

#include "models/color/color.h"

#include <vector>

namespace studio::models {

// Distance in OKLab, about 0.02 is just visible, black to white is 1. Source:
// https://bottosson.github.io/posts/oklab/
double perceptual_distance(Color first, Color second);

struct ContrastDemand {
    Color background;
    double ratio = 4.5;
};

bool passes(Color foreground, const std::vector<ContrastDemand> &demands);

// The shade of `color` (same hue, other lightness) that is closest to it and meets every demand; `color`
// itself if it does. If no shade does, black or white, whichever comes closer to meeting all demands.
Color nearest_passing(Color color, const std::vector<ContrastDemand> &demands);

} // namespace studio::models
