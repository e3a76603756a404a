// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "site/pages/page_context.h"
#include "site/parts/gallery.h"

namespace studio::site {

bool has_pricing(const models::Pricing &pricing);
void fill_services(PageContext &context, Part page, const PhotoPlan &plan);
void fill_pricing(PageContext &context, Part page, const PhotoPlan &plan);

} // namespace studio::site
