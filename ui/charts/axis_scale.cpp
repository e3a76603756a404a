// SPDX-License-Identifier: Apache-2.0
#include "ui/charts/axis_scale.h"

#include <algorithm>
#include <cmath>

namespace studio::ui {

double round_step(double span, int max_steps) {
    const double raw = std::max(span, 1e-12) / max_steps;
    const double power = std::pow(10, std::floor(std::log10(raw)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (factor * power >= raw * 0.999999) {
            return factor * power;
        }
    }
    return 10 * power;
}

AxisScale axis_scale(double low, double high, bool whole) {
    const double step = std::max(round_step(high - low, 4), whole ? 1.0 : 0.0);
    return {std::floor(low / step + 1e-9) * step, std::ceil(high / step - 1e-9) * step, step,
            std::clamp(static_cast<int>(-std::floor(std::log10(step) + 1e-9)), 0, 4)};
}

} // namespace studio::ui
