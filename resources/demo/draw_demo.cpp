// SPDX-License-Identifier: Apache-2.0
// studio_demo_draw DRAWINGS.json FOLDER [DIVISOR]: draws every picture as FOLDER/NAME.jpg. A divisor makes
// small ones, to look at.
#include "resources/demo/drawing_file.h"

#include <vips/vips8>

#include <exception>
#include <iostream>

namespace {

void write_jpeg(const studio::demo::Drawing &drawing, const std::filesystem::path &folder) {
    std::string pixels = studio::demo::draw(drawing);
    const auto image = vips::VImage::new_from_memory(pixels.data(), pixels.size(), drawing.width,
                                                     drawing.height, 3, VIPS_FORMAT_UCHAR)
                           .copy(vips::VImage::option()->set("interpretation", VIPS_INTERPRETATION_sRGB));
    const auto file = folder / (drawing.name + ".jpg");
    image.jpegsave(file.c_str(), vips::VImage::option()->set("Q", 95)->set("strip", true));
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
        std::filesystem::create_directories(folder);
        for (auto drawing : studio::demo::read_drawings(arguments[1])) {
            drawing.width /= divisor;
            drawing.height /= divisor;
            write_jpeg(drawing, folder);
        }
        return 0;
    } catch (const std::exception &error) {
        std::cerr << "studio_demo_draw: " << error.what() << '\n';
        return 1;
    }
}
