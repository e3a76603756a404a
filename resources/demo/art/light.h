// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "resources/demo/art/scenes.h"

namespace studio::demo {

Image draw_lights(const Drawing &drawing);    // out-of-focus lights
Image draw_harbour(const Drawing &drawing);   // out-of-focus lights above their reflections
Image draw_botanical(const Drawing &drawing); // shadows of leaves on plaster
Image draw_ink(const Drawing &drawing);       // washes on paper

} // namespace studio::demo
