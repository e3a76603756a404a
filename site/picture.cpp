// SPDX-License-Identifier: Apache-2.0
#include "site/picture.h"

#include "site/text.h"

#include <array>
#include <cstdlib>

namespace studio::site {

namespace {

struct Format {
    std::string_view name, mime;
};
// In the order in which a browser is to try them; the img element has the JPEG.
constexpr std::array modern_formats = {Format{"avif", "image/avif"}, Format{"webp", "image/webp"}};

// The derivative's stated format, or else the one that the ending of its address means.
std::string_view format_of(const models::Derivative &derivative) {
    if (!derivative.format.empty()) {
        return derivative.format == "jpg" ? std::string_view("jpeg") : std::string_view(derivative.format);
    }
    return derivative.url.ends_with(".avif") ? "avif" : derivative.url.ends_with(".webp") ? "webp" : "jpeg";
}

// The URL of the derivative of this format that is nearest to `width`.
std::string nearest_derivative(const SiteSettings &settings, const models::Photo &photo,
                               std::string_view format, int width) {
    const models::Derivative *nearest = nullptr;
    for (const models::Derivative &derivative : photo.derivatives) {
        const bool nearer = !nearest || std::abs(derivative.width - width) < std::abs(nearest->width - width);
        if (format_of(derivative) == format && nearer) {
            nearest = &derivative;
        }
    }
    return nearest ? picture_url(settings, nearest->url) : std::string();
}

void add_source(Part picture, std::string_view mime, const std::string &set, const std::string &sizes) {
    Part source = picture.section("SOURCE");
    source.text("TYPE", mime);
    source.text("SET", set);
    source.optional("SIZES", sizes);
}

// One file of each format. The img has the smallest file that every browser shows: WebP where there is one.
std::string fill_single(PageContext &context, Part image, const models::Photo &photo, int width) {
    const auto nearest = [&](std::string_view format) {
        return nearest_derivative(context.settings, photo, format, width);
    };
    if (const std::string avif = nearest("avif"); !avif.empty()) {
        add_source(image.section("PICTURE"), "image/avif", avif, "");
    }
    const std::string webp = nearest("webp");
    return webp.empty() ? nearest("jpeg") : webp;
}

void fill_sources(PageContext &context, Part image, const models::Photo &photo, const PictureUse &use) {
    bool opened = false;
    Part picture = image;
    for (const Format &format : modern_formats) {
        const std::string set = source_set(context.settings, photo, format.name, use.widest);
        if (set.empty()) {
            continue;
        }
        if (!opened) {
            picture = image.section("PICTURE");
        }
        opened = true;
        add_source(picture, format.mime, set, use.sizes);
    }
    // Where modern formats are offered, one JPEG is enough as the fallback.
    const std::string jpegs =
        opened ? std::string() : source_set(context.settings, photo, "jpeg", use.widest);
    if (!jpegs.empty()) {
        Part section = image.section("SRCSET");
        section.text("SET", jpegs);
        section.text("SIZES", use.sizes);
    }
}

std::string classes_of(PageContext &context, const models::Photo &photo, const PictureUse &use) {
    std::string classes = use.css_class;
    for (const std::string &more : {context.rules.focal_point(photo.focal_point),
                                    context.rules.placeholder(photo.placeholder, use.only > 0)}) {
        if (!more.empty()) {
            classes += (classes.empty() ? "" : " ") + more;
        }
    }
    return classes;
}

} // namespace

std::string picture_url(const SiteSettings &settings, const std::string &url) {
    constexpr std::string_view media = "/media/";
    // A picture on another server would tell that server about the visit before the visitor was asked. The
    // platform's bucket by its own address would be shown whatever became of the picture and its release.
    return url.starts_with(media) ? safe_url(settings.media_base + url.substr(media.size() - 1))
                                  : std::string();
}

std::string absolute_url(const std::string &origin, const std::string &url) {
    return url.starts_with('/') ? origin + url : url;
}

std::string source_set(const SiteSettings &settings, const models::Photo &photo, std::string_view format,
                       int widest) {
    std::string set;
    for (const models::Derivative &derivative : photo.derivatives) {
        const std::string url = picture_url(settings, derivative.url);
        if (url.empty() || derivative.width <= 0 || derivative.width > widest ||
            format_of(derivative) != format) {
            continue;
        }
        set += (set.empty() ? "" : ", ") + url + ' ' + std::to_string(derivative.width) + 'w';
    }
    return set;
}

std::string preload_header(const SiteSettings &settings, const models::Photo &photo,
                           const std::string &sizes) {
    std::string address = picture_url(settings, photo.url), type = "image/jpeg", set;
    for (const Format &format : modern_formats) {
        set = source_set(settings, photo, format.name, PictureUse().widest);
        if (!set.empty()) {
            address = nearest_derivative(settings, photo, format.name, 960);
            type = format.mime;
            break;
        }
    }
    if (set.empty()) {
        set = source_set(settings, photo, "jpeg", PictureUse().widest);
    }
    std::string header = '<' + address + ">; rel=preload; as=image; fetchpriority=high";
    if (!set.empty()) {
        header += "; type=\"" + type + "\"; imagesrcset=\"" + set + "\"; imagesizes=\"" + sizes + '"';
    }
    return header;
}

bool fill_picture(PageContext &context, Part parent, const char *name, const models::Photo &photo,
                  const PictureUse &use) {
    const std::string url = picture_url(context.settings, photo.url);
    if (url.empty()) {
        return false;
    }
    Part image = parent.include(name, "image.tpl");
    std::string single;
    if (use.only > 0) {
        single = fill_single(context, image, photo, use.only);
    } else {
        fill_sources(context, image, photo, use);
    }
    image.text("SRC", single.empty() ? url : single);
    image.text("ALT", use.decorative ? "" : photo.alt.empty() ? use.fallback_alt : photo.alt);
    image.optional("FIELD", use.pointer);
    if (photo.width > 0 && photo.height > 0) {
        Part size = image.section("SIZE");
        size.number("WIDTH", photo.width);
        size.number("HEIGHT", photo.height);
    }
    image.optional("CLASS", classes_of(context, photo, use));
    image.section(use.eager ? "EAGER" : "LAZY");
    return true;
}

} // namespace studio::site
