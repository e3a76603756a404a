// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/json/json.h"

#include <string>
#include <vector>

namespace studio::models {

struct FocalPoint {
    double x = 0.5, y = 0.5; // 0..1 from the left and the top
    bool operator==(const FocalPoint &) const = default;
};

struct Derivative {
    std::string url;
    int width = 0;      // pixels
    std::string format; // "webp", "jpeg"
    bool operator==(const Derivative &) const = default;
};

// A picture. `url` is http(s) or a path "/media/…" of the platform's own media.
struct Photo {
    std::string id;
    std::string url, alt, caption;
    int width = 0, height = 0; // pixels, 0 when unknown
    FocalPoint focal_point;
    std::vector<Derivative> derivatives;
    bool operator==(const Photo &) const = default;
};

struct HeroVariant {
    std::string id;
    Photo photo;
    double weight = 0; // share of visitors, 0..1
    bool operator==(const HeroVariant &) const = default;
};

struct Hero {
    Photo control;
    std::vector<HeroVariant> variants;
    // Share of visitors that see the control: 1 minus the variants' weights, never below 0.
    double control_weight() const;
    bool operator==(const Hero &) const = default;
};

struct Photos {
    Hero hero;
    std::vector<Photo> gallery;
    std::vector<Photo> testimonials; // from testimonials[]{id, photo}
    bool operator==(const Photos &) const = default;
};

// Lenient. A hero photo, a variant's url and a testimonial's photo may each be a plain URL, as in the
// reference, or an object {url, alt, width, height, focalPoint, derivatives}. Numeric ids are read as text.
Photos read_photos(const Json &document);
Json write_photos(const Photos &photos, Json document);
Json to_json(const Photo &photo);

} // namespace studio::models
