// SPDX-License-Identifier: Apache-2.0
#include "media/picture_edits.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace studio::media {
namespace {

// The same in every language, and exact.
std::string text_of(double number) {
    std::array<char, 32> digits{};
    const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    return {digits.data(), result.ptr};
}

std::string text_of(const Region &region) {
    return text_of(region.x) + "," + text_of(region.y) + "," + text_of(region.width) + "," +
           text_of(region.height);
}

} // namespace

std::string to_text(const PictureEdits &edits) {
    std::string text;
    for (const Cover &cover : edits.covers) {
        text += cover.kind == Cover::Kind::Fill ? "fill " : "mosaic ";
        text += cover.shape == Cover::Shape::Ellipse ? "ellipse " : "rectangle ";
        text += text_of(cover.region) + " " + cover.color + "\n";
    }
    if (edits.quarter_turns % 4 != 0) {
        text += "turn " + std::to_string(edits.quarter_turns % 4) + "\n";
    }
    if (edits.straighten != 0) {
        text += "straighten " + text_of(edits.straighten) + "\n";
    }
    if (edits.crop) {
        text += "crop " + text_of(*edits.crop) + "\n";
    }
    return text;
}

} // namespace studio::media
