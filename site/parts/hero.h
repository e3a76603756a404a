// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "site/pages/page_context.h"
#include "site/parts/gallery.h"

#include <string>

namespace studio::site {

// The photo of the variant, or the control's.
struct HeroPhoto {
    const models::Photo &photo;
    std::string pointer;
};
HeroPhoto hero_photo(const TenantPage &page);

std::string call_to_action(const models::Content &content);
// "Claire" of "Claire Hamilton"; a name of one or of more than two words stays whole.
std::string short_name(const models::Content &content);

void fill_header(PageContext &context, Part page, const PhotoPlan &plan);
void fill_hero(PageContext &context, Part page, const PhotoPlan &plan);

} // namespace studio::site
