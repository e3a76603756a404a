// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "site/pages/page_context.h"
#include "site/parts/gallery.h"

namespace studio::site {

void fill_about(PageContext &context, Part page, const PhotoPlan &plan);
void fill_testimonials(PageContext &context, Part page);

} // namespace studio::site
