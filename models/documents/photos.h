// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/json/json.h"

#include <optional>
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
    std::string format; // "avif", "webp", "jpeg"
    bool operator==(const Derivative &) const = default;
};

// The relative luminance behind the hero's text: the value that 95 % of those pixels do not exceed, 0 (black)
// to 1 (white), https://www.w3.org/TR/WCAG22/#dfn-relative-luminance, in the crops of a phone and of a
// desktop.
struct TextLuminance {
    double phone = 1, desktop = 1;
    bool operator==(const TextLuminance &) const = default;
};

// A picture. `url` is http(s) or a path "/media/…" of the platform's own media.
struct Photo {
    std::string id;
    std::string url, alt, caption;
    int width = 0, height = 0; // pixels, 0 when unknown
    FocalPoint focal_point;
    std::vector<Derivative> derivatives;
    // Mean colours of four columns and three rows, from the top left, "rrggbb" twelve times: shown until the
    // picture has loaded. "" when unknown.
    std::string placeholder;
    std::optional<TextLuminance> luminance; // nullopt when unknown
    bool operator==(const Photo &) const = default;
};

struct HeroVariant {
    std::string id;
    Photo photo;
    double weight = 0; // share of visitors, 0..1
    bool operator==(const HeroVariant &) const = default;
};

// How people name a variant, by its place in the list: "A" to "Z", then "27".
std::string variant_letter(std::size_t place);

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

// Lenient. A hero photo, a variant's url and a testimonial's photo may each be a plain URL, or an object
// {url, alt, width, height, focalPoint, derivatives}. Numeric ids are read as text.
Photos read_photos(const Json &document);
Json write_photos(const Photos &photos, Json document);
Json to_json(const Photo &photo);

} // namespace studio::models
