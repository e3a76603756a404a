// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace studio::ui {

// The smallest step that divides `span` into at most `max_steps`: 1, 2 or 5 times a power of ten.
double round_step(double span, int max_steps);

// An axis from one round number to another, which includes everything between `low` and `high`.
struct AxisScale {
    double low = 0, high = 1, step = 1;
    int decimals = 0; // needed to distinguish neighbouring steps
};
// About four steps; with `whole` none is smaller than 1.
AxisScale axis_scale(double low, double high, bool whole);

} // namespace studio::ui
