// SPDX-License-Identifier: Apache-2.0
// The parts of a tenant's page. Each fills its own template into `page`, or leaves its place empty where the
// documents have nothing to show.
#pragma once

#include "site/page_context.h"

#include <optional>
#include <vector>

namespace studio::site {

// Which gallery photos stand beside a section rather than in the gallery.
struct PhotoPlan {
    std::optional<std::size_t> about, services, pricing;
    std::vector<std::size_t> gallery;
};
PhotoPlan plan_photos(models::Layout layout, const models::Photos &photos);

// The photo of the variant, or the control's.
struct HeroPhoto {
    const models::Photo &photo;
    std::string pointer;
};
HeroPhoto hero_photo(const TenantPage &page);

std::string call_to_action(const models::Content &content);
// "Claire" of "Claire Hamilton"; a name of one or of more than two words stays whole.
std::string short_name(const models::Content &content);
bool has_pricing(const models::Pricing &pricing);
// The numbers of the contact details, one by one.
struct PhoneLine {
    std::string text;   // as typed
    std::string number; // "+61412345678"; "" where no phone could dial it
};
std::vector<PhoneLine> phone_lines(const models::Content &content);

void fill_header(PageContext &context, Part page, const PhotoPlan &plan);
void fill_hero(PageContext &context, Part page, const PhotoPlan &plan);
void fill_about(PageContext &context, Part page, const PhotoPlan &plan);
void fill_services(PageContext &context, Part page, const PhotoPlan &plan);
void fill_pricing(PageContext &context, Part page, const PhotoPlan &plan);
void fill_gallery(PageContext &context, Part page, const PhotoPlan &plan);
void fill_testimonials(PageContext &context, Part page);
void fill_booking(PageContext &context, Part page);
void fill_contact(PageContext &context, Part page);
void fill_footer(PageContext &context, Part page);
void fill_notices(PageContext &context, Part page, bool asks_age);

} // namespace studio::site
