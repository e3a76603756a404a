// SPDX-License-Identifier: Apache-2.0
#include "resources/demo/drawing_file.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <stdexcept>

namespace studio::demo {

std::vector<Drawing> read_drawings(const std::filesystem::path &file) {
    std::ifstream stream(file);
    const auto document = nlohmann::json::parse(stream);
    std::vector<Drawing> drawings;
    for (const auto &entry : document.at("pictures")) {
        Drawing drawing;
        drawing.name = entry.at("name");
        drawing.scene = entry.at("scene");
        drawing.width = entry.at("size").at(0);
        drawing.height = entry.at("size").at(1);
        drawing.seed = entry.at("seed");
        drawing.palette = document.at("palettes").at(entry.at("palette").get<std::string>());
        drawing.angle = entry.value("angle", drawing.angle);
        drawing.scale = entry.value("scale", drawing.scale);
        drawing.place = entry.value("place", drawing.place);
        drawing.finish.exposure = entry.value("exposure", drawing.finish.exposure);
        drawing.finish.vignette = entry.value("vignette", drawing.finish.vignette);
        drawing.finish.grain = entry.value("grain", drawing.finish.grain);
        drawings.push_back(std::move(drawing));
    }
    if (drawings.empty()) {
        throw std::runtime_error(file.string() + " names no picture");
    }
    return drawings;
}

} // namespace studio::demo
