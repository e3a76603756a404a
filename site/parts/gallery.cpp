// SPDX-License-Identifier: Apache-2.0
#include "site/parts/gallery.h"

#include "site/picture.h"

#include <algorithm>
#include <cmath>

namespace studio::site {

namespace {

// With more photos than this each is shown small and offers one file instead of several sizes, to keep the
// page short.
constexpr std::size_t many_photos = 24;

std::string sizes_of(models::Layout layout, const models::Photo &photo) {
    switch (layout) {
    case models::Layout::Modern:
        return "(min-width:48em) 30vw,50vw";
    case models::Layout::Minimal: { // the strip's height is at most 27rem
        const double ratio = photo.height > 0 ? static_cast<double>(photo.width) / photo.height : 1;
        return "min(80vw," + std::to_string(std::lround(27 * std::clamp(ratio, 0.4, 3.0))) + "rem)";
    }
    default:
        return "(min-width:60em) 33vw,50vw";
    }
}

} // namespace

PhotoPlan plan_photos(models::Layout layout, const models::Photos &photos) {
    PhotoPlan plan;
    const std::size_t count = photos.gallery.size();
    std::size_t taken = 0;
    if (layout != models::Layout::Minimal && count >= 3) {
        plan.about = taken++;
    }
    if (layout == models::Layout::Elegant && count >= 5) {
        plan.services = taken++;
    }
    if (layout == models::Layout::Elegant && count >= 7) {
        plan.pricing = taken++;
    }
    for (; taken < count; ++taken) {
        plan.gallery.push_back(taken);
    }
    return plan;
}

void fill_gallery(PageContext &context, Part page, const PhotoPlan &plan) {
    const auto &photos = context.page.photos.gallery;
    std::vector<std::size_t> shown;
    std::copy_if(plan.gallery.begin(), plan.gallery.end(), std::back_inserter(shown),
                 [&](std::size_t i) { return !picture_url(context.settings, photos[i].url).empty(); });
    if (shown.empty()) {
        return;
    }
    const models::Layout layout = context.page.theme.layout;
    Part part = page.include("GALLERY", "gallery.tpl");
    page.include("LIGHTBOX", "lightbox.tpl");
    part.text("SIZE_CLASS", shown.size() <= 3 ? "few" : shown.size() > many_photos ? "lots" : "some");
    if (layout == models::Layout::Minimal) {
        part.section("STRIP");
    }
    // Below some photos only, captions would tear holes into the rows: the large view has them.
    const bool all_captioned =
        std::all_of(shown.begin(), shown.end(), [&](std::size_t i) { return !photos[i].caption.empty(); });
    for (std::size_t number = 0; number < shown.size(); ++number) {
        const std::size_t i = shown[number];
        const models::Photo &photo = photos[i];
        Part item = part.section("PHOTO");
        const std::string index = std::to_string(i);
        item.text("INDEX", index);
        item.text("HREF", picture_url(context.settings, photo.url));
        item.text("ID", photo.id);
        item.optional("RATIO", context.rules.ratio(photo.width, photo.height));
        if (all_captioned) {
            item.section("CAPTION").text("CAPTION", photo.caption);
        } else {
            item.optional("LARGE_CAPTION", photo.caption);
        }
        if (layout == models::Layout::Minimal) {
            Part count = item.section("COUNT");
            count.number("NUMBER", static_cast<long>(number + 1));
            count.number("TOTAL", static_cast<long>(shown.size()));
        }
        PictureUse use{"/photos/gallery/" + index,
                       sizes_of(layout, photo),
                       "",
                       "Photo " + std::to_string(number + 1),
                       false,
                       960,
                       0};
        if (shown.size() > many_photos) {
            use.only = layout == models::Layout::Minimal ? 960 : 480;
        }
        fill_picture(context, item, "IMAGE", photo, use);
    }
}

} // namespace studio::site
