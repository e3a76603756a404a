// SPDX-License-Identifier: Apache-2.0
// Finds where a companion's photos are used, and replaces one photo by another.
#pragma once

#include "models/tenant/photo_releases.h"

#include <map>
#include <string>
#include <vector>

namespace studio::models {

// One place that shows a photo. `detail` is the number of a gallery or testimonial photo counted from 1, the
// id of a variant of the hero photo, or the name of a test.
struct PhotoUse {
    enum class In { Draft, Published, Test };
    In in = In::Draft;
    PhotoPlace place = PhotoPlace::Hero;
    std::string detail;
    bool operator==(const PhotoUse &) const = default;
};

// The key is picture_of() of the photo's address.
using PhotoUses = std::map<std::string, std::vector<PhotoUse>>;

// Uses in the newest draft, in the published documents, and in experiments with the hero photo that are not
// over. A control without a photo of its own shows the published hero photo.
PhotoUses photo_uses(const Documents &draft, const Documents &published,
                     const std::vector<Experiment> &tests);

// Puts `by` wherever the documents show the picture, the share picture included. Each place keeps its id.
// Returns the number of places.
int replace_photo(Documents &documents, const std::string &picture, const Photo &by);

} // namespace studio::models
