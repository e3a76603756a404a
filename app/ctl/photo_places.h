// SPDX-License-Identifier: Apache-2.0
// The places where a draft shows photos, and the photo that a command line names.
#pragma once

#include "app/ctl/context.h"
#include "db/stores/photo_library.h"
#include "models/documents/photos.h"

#include <string>
#include <vector>

namespace studio::ctl {

struct PhotoPlace {
    std::string where; // "hero", "variant", "gallery", "testimonial"
    models::Photo photo;
    std::string pointer;
};

std::vector<PhotoPlace> places_of(const models::Json &photos_document);

// The photo of the companion's library with that address (of any size) or id. Throws CommandFailure where
// there is none.
db::LibraryPhoto library_photo(Context &context, const models::Tenant &tenant, const std::string &wanted);

} // namespace studio::ctl
