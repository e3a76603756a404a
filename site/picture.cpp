// SPDX-License-Identifier: Apache-2.0
#include "site/picture.h"

#include "site/text.h"

#include <cstdlib>

namespace studio::site {

std::string picture_url(const SiteSettings &settings, const std::string &url) {
    constexpr std::string_view media = "/media/";
    if (url.compare(0, media.size(), media) == 0) {
        return safe_url(settings.media_base + url.substr(media.size() - 1));
    }
    // A picture on another server would tell that server about the visit before the visitor was asked.
    const bool own = url_origin(settings.media_base) != "" && url.starts_with(settings.media_base + "/");
    return own ? safe_url(url) : std::string();
}

std::string absolute_url(const std::string &origin, const std::string &url) {
    return url.starts_with('/') ? origin + url : url;
}

std::string source_set(const SiteSettings &settings, const models::Photo &photo, int widest) {
    std::string set;
    for (const models::Derivative &derivative : photo.derivatives) {
        const std::string url = picture_url(settings, derivative.url);
        if (url.empty() || derivative.width <= 0 || derivative.width > widest) {
            continue;
        }
        set += (set.empty() ? "" : ", ") + url + ' ' + std::to_string(derivative.width) + 'w';
    }
    return set;
}

namespace {

std::string nearest_derivative(const SiteSettings &settings, const models::Photo &photo, int width) {
    const models::Derivative *nearest = nullptr;
    for (const models::Derivative &derivative : photo.derivatives) {
        if (!nearest || std::abs(derivative.width - width) < std::abs(nearest->width - width)) {
            nearest = &derivative;
        }
    }
    return nearest ? picture_url(settings, nearest->url) : std::string();
}

} // namespace

bool fill_picture(PageContext &context, Part parent, const char *name, const models::Photo &photo,
                  const PictureUse &use) {
    const std::string url = picture_url(context.settings, photo.url);
    if (url.empty()) {
        return false;
    }
    Part image = parent.include(name, "image.tpl");
    const std::string single =
        use.only > 0 ? nearest_derivative(context.settings, photo, use.only) : std::string();
    image.text("SRC", single.empty() ? url : single);
    image.text("ALT", photo.alt.empty() ? use.fallback_alt : photo.alt);
    image.text("FIELD", use.pointer);
    if (const std::string set =
            !single.empty() ? std::string() : source_set(context.settings, photo, use.widest);
        !set.empty()) {
        Part section = image.section("SRCSET");
        section.text("SET", set);
        section.text("SIZES", use.sizes);
    }
    if (photo.width > 0 && photo.height > 0 && use.only == 0) {
        Part size = image.section("SIZE");
        size.number("WIDTH", photo.width);
        size.number("HEIGHT", photo.height);
    }
    std::string classes = use.css_class;
    if (const std::string focal = context.rules.focal_point(photo.focal_point); !focal.empty()) {
        classes += (classes.empty() ? "" : " ") + focal;
    }
    image.optional("CLASS", classes);
    image.section(use.eager ? "EAGER" : "LAZY");
    return true;
}

} // namespace studio::site
