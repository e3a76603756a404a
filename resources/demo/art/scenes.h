// SPDX-License-Identifier: Apache-2.0
// The drawings: each an abstract motif that a seed, a palette (dark to light) and a few words vary. Never a
// person.
#pragma once

#include "resources/demo/art/canvas.h"

#include <string>
#include <vector>

namespace studio::demo {

struct Drawing {
    std::string name;  // becomes the file's name: "evening-silk"
    std::string scene; // one of scene_names()
    int width = 1920, height = 1280;
    std::uint64_t seed = 1;
    std::vector<std::string> palette; // dark to light, "#RRGGBB"
    float angle = 0;                  // degrees, where a scene has a direction
    float scale = 1;                  // of the motif; larger is closer
    float place = 0.5f;               // where along the width the motif's weight lies
    Finish finish;
};

// 8-bit sRGB, three bytes a pixel, row by row. The same drawing always gives the same bytes. Throws
// std::invalid_argument for a scene that does not exist.
std::string draw(const Drawing &drawing);
std::vector<std::string> scene_names();

} // namespace studio::demo
