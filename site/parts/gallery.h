// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "site/pages/page_context.h"

#include <optional>
#include <vector>

namespace studio::site {

// Which gallery photos stand beside a section rather than in the gallery.
struct PhotoPlan {
    std::optional<std::size_t> about, services, pricing;
    std::vector<std::size_t> gallery;
};
PhotoPlan plan_photos(models::Layout layout, const models::Photos &photos);
void fill_gallery(PageContext &context, Part page, const PhotoPlan &plan);

} // namespace studio::site
