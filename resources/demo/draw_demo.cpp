// SPDX-License-Identifier: Apache-2.0
// studio_demo_draw DRAWINGS.json FOLDER [DIVISOR]: draws every picture as FOLDER/NAME.jpg. A divisor makes
// small ones, to look at.
#include "resources/demo/drawing_file.h"

#include <vips/vips8>

#include <algorithm>
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>

namespace {

void write_jpeg(const studio::demo::Drawing &drawing, const std::filesystem::path &folder) {
    std::string pixels = studio::demo::draw(drawing);
    const auto image = vips::VImage::new_from_memory(pixels.data(), pixels.size(), drawing.width,
                                                     drawing.height, 3, VIPS_FORMAT_UCHAR)
                           .copy(vips::VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
    const auto file = folder / (drawing.name + ".jpg");
    image.jpegsave(file.c_str(), vips::VImage::option()->set("Q", 95)->set("strip", true));
}

// What a drawing will look like, at an eighth of its size: tells whether code or description changed since
// the last time.
std::string sketch(studio::demo::Drawing drawing) {
    const std::string size = std::to_string(drawing.width) + "x" + std::to_string(drawing.height) + "\n";
    drawing.width = std::max(1, drawing.width / 8);
    drawing.height = std::max(1, drawing.height / 8);
    return size + studio::demo::draw(drawing);
}

void draw_if_changed(const studio::demo::Drawing &drawing, const std::filesystem::path &folder) {
    const auto mark = folder / "sketches" / drawing.name;
    const std::string wanted = sketch(drawing);
    std::ifstream stream(mark, std::ios::binary);
    const std::string before{std::istreambuf_iterator<char>(stream), {}};
    if (before == wanted && std::filesystem::exists(folder / (drawing.name + ".jpg"))) {
        return;
    }
    write_jpeg(drawing, folder);
    std::ofstream(mark, std::ios::binary) << wanted;
}

} // namespace

int main(int count, char **arguments) {
    if (count < 3 || VIPS_INIT(arguments[0]) != 0) {
        std::cerr << "usage: studio_demo_draw DRAWINGS.json FOLDER [DIVISOR]\n";
        return 2;
    }
    try {
        const std::filesystem::path folder = arguments[2];
        const int divisor = count > 3 ? std::stoi(arguments[3]) : 1;
        std::filesystem::create_directories(folder / "sketches");
        for (auto drawing : studio::demo::read_drawings(arguments[1])) {
            drawing.width /= divisor;
            drawing.height /= divisor;
            draw_if_changed(drawing, folder);
        }
        return 0;
    } catch (const std::exception &error) {
        std::cerr << "studio_demo_draw: " << error.what() << '\n';
        return 1;
    }
}
