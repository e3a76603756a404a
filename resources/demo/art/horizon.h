// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "resources/demo/art/scenes.h"

namespace studio::demo {

Image draw_ridges(const Drawing &drawing); // paper-cut hills in evening haze
Image draw_sea(const Drawing &drawing);    // a horizon and its reflection
Image draw_arches(const Drawing &drawing); // receding arches with a low sun

} // namespace studio::demo
