// SPDX-License-Identifier: Apache-2.0
// What a person did to a photo before anything of it left the machine.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace studio::media {

// Shares of the upright picture's width and height before it is turned or cropped, 0..1 from the left and the
// top.
struct Region {
    double x = 0, y = 0, width = 1, height = 1;
    bool operator==(const Region &) const = default;
};

// A face, a tattoo or a number plate that nobody is to recognise. The pixels below are replaced: by one
// colour, or by at most six by six cells of their mean colours with noise. A blur is not offered, because
// detail can be got back from it.
struct Cover {
    enum class Kind { Fill, Mosaic };
    enum class Shape { Rectangle, Ellipse };
    Kind kind = Kind::Fill;
    Shape shape = Shape::Ellipse;
    Region region;
    std::string color; // of a Fill, "#rrggbb"; "" for the mean colour of the region's rim
    bool operator==(const Cover &) const = default;
};

// Applied in this order: covers, quarter turns, straightening, crop.
struct PictureEdits {
    std::vector<Cover> covers;
    int quarter_turns = 0; // clockwise, 0 to 3
    double straighten = 0; // degrees clockwise, -15 to 15; the corners that this leaves empty are cut off
    std::optional<Region> crop; // of the picture as it is after turning and straightening
    bool operator==(const PictureEdits &) const = default;
};

// The same text for the same edits: part of what a photo's key is made of.
std::string to_text(const PictureEdits &edits);

} // namespace studio::media
