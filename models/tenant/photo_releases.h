// SPDX-License-Identifier: Apache-2.0
// The photos that visitors of a companion's site get, and her documents without the photos that have no
// release.
#pragma once

#include "models/documents/content.h"
#include "models/documents/photos.h"
#include "models/tenant/experiment.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace studio::models {

// What all sizes of one picture have in common: "/media/claire/bondi-1a2b3c4d" for
// "/media/claire/bondi-1a2b3c4d-480.webp", and "/media/FOLDER/HASH" for "/media/FOLDER/HASH-480.webp" where
// HASH has 32 hex digits; an address without a size is returned unchanged.
std::string picture_of(std::string_view url);

// Removes every photo whose picture is not in `shown`: hero, variants, gallery, testimonials and the sharing
// picture, and any size that belongs to another picture than its photo. Experiments with the hero photo that
// would show a removed photo are left out, since their counts would be wrong.
void keep_shown_photos(Photos &photos, Content &content, std::vector<Experiment> &experiments,
                       const std::function<bool(const std::string &picture)> &shown);

// The place from which a photo reaches visitors; `detail` is the variant's id or the test's name.
enum class PhotoPlace { Hero, HeroVariant, Gallery, Testimonial, Sharing, Test };

struct ReachingPhoto {
    Photo photo;
    PhotoPlace place = PhotoPlace::Hero;
    std::string detail;
};

// Every photo that visitors get from these documents, or may get from these tests of the hero photo that are
// not over: each needs a release. An address comes once. The database's gate asks for those of running tests
// (db/schema/publishing.sql).
std::vector<ReachingPhoto> photos_that_reach_visitors(const Photos &photos, const Content &content,
                                                      const std::vector<Experiment> &tests);
std::vector<ReachingPhoto> photos_that_reach_visitors(const Documents &documents,
                                                      const std::vector<Experiment> &tests);

} // namespace studio::models
