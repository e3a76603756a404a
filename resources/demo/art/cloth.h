// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "resources/demo/art/scenes.h"

namespace studio::demo {

Image draw_silk(const Drawing &drawing);     // folds of satin under a soft light
Image draw_ribbons(const Drawing &drawing);  // wide curved bands, one above the other
Image draw_glow(const Drawing &drawing);     // fields of colour flowing into each other
Image draw_contours(const Drawing &drawing); // fine lines over a swell

} // namespace studio::demo
