// SPDX-License-Identifier: Apache-2.0
#include "resources/demo/art/scenes.h"

#include "resources/demo/art/cloth.h"
#include "resources/demo/art/horizon.h"
#include "resources/demo/art/light.h"

#include <stdexcept>

namespace studio::demo {
namespace {

struct Scene {
    const char *name;
    Image (*draw)(const Drawing &);
};

constexpr Scene scenes[] = {
    {"silk", draw_silk},     {"ribbons", draw_ribbons}, {"ridges", draw_ridges},       {"sea", draw_sea},
    {"lights", draw_lights}, {"harbour", draw_harbour}, {"botanical", draw_botanical}, {"ink", draw_ink},
    {"glow", draw_glow},     {"arches", draw_arches},   {"contours", draw_contours},
};

} // namespace

std::vector<std::string> scene_names() {
    std::vector<std::string> names;
    for (const auto &scene : scenes) {
        names.emplace_back(scene.name);
    }
    return names;
}

std::string draw(const Drawing &drawing) {
    for (const auto &scene : scenes) {
        if (drawing.scene == scene.name) {
            return to_srgb_bytes(scene.draw(drawing), drawing.finish, drawing.seed);
        }
    }
    throw std::invalid_argument("there is no scene “" + drawing.scene + "”");
}

} // namespace studio::demo
