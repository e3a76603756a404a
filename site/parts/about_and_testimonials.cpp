// SPDX-License-Identifier: Apache-2.0
// The parts about the companion: the bio, and the testimonials.
#include "site/parts/about_and_testimonials.h"

#include "site/markdown.h"
#include "site/parts/gallery.h"
#include "site/picture.h"

#include <algorithm>

namespace studio::site {

namespace {

constexpr std::size_t long_bio_bytes = 1400;

bool fill_figure(PageContext &context, Part part, const std::optional<std::size_t> &index) {
    if (!index) {
        return false;
    }
    const models::Photo &photo = context.page.photos.gallery[*index];
    if (picture_url(context.settings, photo.url).empty()) {
        return false;
    }
    return fill_picture(
        context, part.section("PICTURED"), "PHOTO", photo,
        {"/photos/gallery/" + std::to_string(*index), "(min-width:60em) 42vw,100vw", "", "", false, 1440});
}

const models::Photo *testimonial_photo(const models::Photos &photos, const std::string &id,
                                       std::size_t &index) {
    for (index = 0; index < photos.testimonials.size(); ++index) {
        if (!id.empty() && photos.testimonials[index].id == id) {
            return &photos.testimonials[index];
        }
    }
    return nullptr;
}

} // namespace

void fill_about(PageContext &context, Part page, const PhotoPlan &plan) {
    const models::Content &content = context.page.content;
    const bool lead_in_hero = context.page.theme.layout == models::Layout::Modern;
    if (content.bio.empty() && (content.short_bio.empty() || lead_in_hero)) {
        return;
    }
    Part about = page.include("ABOUT", "about.tpl");
    fill_figure(context, about, plan.about);
    if (content.bio.size() > long_bio_bytes) {
        about.section("LONG");
    }
    if (!lead_in_hero) {
        about.optional("LEAD", content.short_bio);
    }
    if (!content.bio.empty()) {
        about.section("BIO").markup("HTML", markdown_to_html(content.bio));
    }
}

void fill_testimonials(PageContext &context, Part page) {
    const auto &testimonials = context.page.content.testimonials;
    const bool any =
        std::any_of(testimonials.begin(), testimonials.end(),
                    [](const models::Testimonial &testimonial) { return !testimonial.quote.empty(); });
    if (!any) {
        return;
    }
    Part part = page.include("TESTIMONIALS", "testimonials.tpl");
    part.text("COUNT_CLASS", testimonials.size() == 1 ? "one" : "many");
    if (testimonials.size() > 1) {
        part.section("SCROLLS");
    }
    for (std::size_t i = 0; i < testimonials.size(); ++i) {
        if (testimonials[i].quote.empty()) {
            continue;
        }
        Part quote = part.section("QUOTE");
        quote.text("INDEX", std::to_string(i));
        quote.text("TEXT", testimonials[i].quote);
        quote.optional("AUTHOR", testimonials[i].author);
        std::size_t index = 0;
        if (const auto *photo = testimonial_photo(context.page.photos, testimonials[i].photo_id, index)) {
            fill_picture(
                context, quote, "PHOTO", *photo,
                {"/photos/testimonials/" + std::to_string(index), "6rem", "portrait", "", false, 480});
        }
    }
}

} // namespace studio::site
