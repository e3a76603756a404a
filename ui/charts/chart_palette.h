// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/theme.h"

#include <array>

namespace studio::ui {

constexpr int chart_color_count = 6;
// Distinguishable also without red, green or blue cones, with a contrast of 3:1 to the surface behind them
// (tests/ui/charts); after Okabe and Ito, "Color Universal Design" (2008), led by the studio's plum.
const std::array<QColor, chart_color_count> &chart_colors(const Tokens &colors);
QColor chart_color(const Tokens &colors, int index); // wraps around
// The colour of the previous period's figures.
QColor before_color(const Tokens &colors);
// Between the surface and the first colour; `strength` 0 to 1.
QColor chart_tint(const Tokens &colors, double strength);
// Text that reads on `ground`.
QColor text_on(const QColor &ground);

} // namespace studio::ui
