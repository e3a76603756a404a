// SPDX-License-Identifier: Apache-2.0
// What a picture's file tells beside its pixels, in words for the person who is about to publish it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace studio::media {

struct GeoPoint {
    double latitude = 0, longitude = 0; // degrees, WGS 84
};

struct FileFacts {
    std::optional<GeoPoint> place;
    std::string place_words; // "near Sydney, Australia, 4 km from its centre", or a place's name that the
                             // file has; "" without
    std::string taken_at;    // "14 March 2026, 18:20", by the camera's clock; "" without
    std::string device;      // "Apple iPhone 14, number F2LX…"; "" without
    std::vector<std::string> names; // of people, owners and authors, as they stand in the file
    bool empty() const {
        return !place && place_words.empty() && taken_at.empty() && device.empty() && names.empty();
    }
};

// Nothing of it is published. Facts that cannot be read are left out. Throws Error where the file cannot be
// read.
FileFacts facts_of(const std::filesystem::path &file);

} // namespace studio::media
