// SPDX-License-Identifier: Apache-2.0
#include "models/documents/photos.h"

#include "models/json/json_read.h"
#include "models/values/web_address.h"

#include <algorithm>
#include <cmath>

namespace studio::models {

namespace {

constexpr int max_pixels = 100'000;

int pixels_member(const Json &object, const char *key) {
    const double value = number_member(object, key).value_or(0);
    return value >= 1 && value <= max_pixels ? static_cast<int>(value) : 0;
}

std::string picture_url(const std::string &url) {
    return is_safe_picture_url(url) ? url : std::string();
}

std::vector<Derivative> read_derivatives(const Json &list) {
    std::vector<Derivative> derivatives;
    for (const auto &element : list) {
        Derivative derivative{picture_url(text_member(element, "url")), pixels_member(element, "width"),
                              text_member(element, "format")};
        if (!derivative.url.empty() && derivative.width > 0) {
            derivatives.push_back(std::move(derivative));
        }
    }
    return derivatives;
}

// "rrggbb" twelve times in lower case, or nothing.
std::string placeholder_member(const Json &object) {
    const std::string text = text_member(object, "placeholder");
    const bool known = text.size() == 72 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
    return known ? text : std::string();
}

std::optional<TextLuminance> luminance_member(const Json &object) {
    const Json &luminance = object_member(object, "luminance");
    const auto phone = number_member(luminance, "phone"), desktop = number_member(luminance, "desktop");
    if (!phone || !desktop) {
        return std::nullopt;
    }
    return TextLuminance{std::clamp(*phone, 0.0, 1.0), std::clamp(*desktop, 0.0, 1.0)};
}

Photo read_photo_object(const Json &object) {
    Photo photo;
    photo.id = id_member(object);
    photo.url = picture_url(text_member(object, "url"));
    photo.alt = line_member(object, "alt");
    photo.caption = line_member(object, "caption");
    photo.width = pixels_member(object, "width");
    photo.height = pixels_member(object, "height");
    const Json &focal_point = object_member(object, "focalPoint");
    photo.focal_point.x = std::clamp(number_member(focal_point, "x").value_or(0.5), 0.0, 1.0);
    photo.focal_point.y = std::clamp(number_member(focal_point, "y").value_or(0.5), 0.0, 1.0);
    photo.derivatives = read_derivatives(list_member(object, "derivatives"));
    photo.placeholder = placeholder_member(object);
    photo.luminance = luminance_member(object);
    return photo;
}

// Reads a photo stored as a plain URL or as an object. For a plain URL alt, width and so on are read from
// `around`, the object that contains it.
Photo read_photo(const Json *value, const Json &around) {
    if (value && value->is_object()) {
        return read_photo_object(*value);
    }
    Photo photo = read_photo_object(around);
    photo.id.clear();
    photo.url = value && value->is_string() ? picture_url(value->get<std::string>()) : std::string();
    return photo;
}

Json derivatives_json(const std::vector<Derivative> &derivatives) {
    Json list = Json::array();
    for (const auto &derivative : derivatives) {
        list.push_back({{"url", derivative.url}, {"width", derivative.width}, {"format", derivative.format}});
    }
    return list;
}

void write_photo_object(const Photo &photo, Json &object) {
    const Photo before = read_photo_object(object);
    put_changed(object, "id", photo.id, before.id);
    put_changed(object, "url", photo.url, before.url);
    put_changed(object, "alt", photo.alt, before.alt);
    put_changed(object, "caption", photo.caption, before.caption);
    put_changed(object, "width", photo.width, before.width);
    put_changed(object, "height", photo.height, before.height);
    if (!(photo.focal_point == before.focal_point)) {
        object["focalPoint"] = {{"x", photo.focal_point.x}, {"y", photo.focal_point.y}};
    }
    if (photo.derivatives != before.derivatives) {
        object["derivatives"] = derivatives_json(photo.derivatives);
    }
    put_changed(object, "placeholder", photo.placeholder, before.placeholder);
    if (photo.luminance != before.luminance && photo.luminance) {
        object["luminance"] = {{"phone", photo.luminance->phone}, {"desktop", photo.luminance->desktop}};
    } else if (photo.luminance != before.luminance) {
        object.erase("luminance");
    }
}

// A photo that is stored as a plain URL stays one, unless it has more than a URL.
void write_photo(const Photo &photo, Json &owner, const char *key) {
    if (Json &value = owner[key]; value.is_object()) {
        write_photo_object(photo, value);
    } else {
        Photo plain;
        plain.url = photo.url;
        value = photo == plain ? Json(photo.url) : to_json(photo);
    }
}

void write_variant(const HeroVariant &variant, const HeroVariant &before, Json &element) {
    put_changed(element, "id", variant.id, before.id);
    if (!(variant.photo == before.photo)) {
        write_photo(variant.photo, element, "url");
    }
    put_changed(element, "weight", variant.weight, before.weight);
}

HeroVariant read_variant(const Json &element) {
    return {id_member(element), read_photo(member(element, "url"), element),
            std::clamp(number_member(element, "weight").value_or(0), 0.0, 1.0)};
}

Photo read_testimonial_photo(const Json &element) {
    Photo photo = read_photo(member(element, "photo"), element);
    photo.id = id_member(element);
    return photo;
}

void write_testimonial_photo(const Photo &photo, Json &element) {
    const Photo before = read_testimonial_photo(element);
    put_changed(element, "id", photo.id, before.id);
    Photo without_id = photo;
    Photo before_without_id = before;
    without_id.id.clear();
    before_without_id.id.clear();
    if (!(without_id == before_without_id)) {
        if (const Json *old = member(element, "photo"); old && old->is_object()) {
            without_id.id = id_member(*old);
        }
        write_photo(without_id, element, "photo");
    }
}

template <class Item, class Read> std::vector<Item> read_elements(const Json &list, Read read) {
    std::vector<Item> items;
    for (const auto &element : list) {
        if (element.is_object()) {
            items.push_back(read(element));
        }
    }
    return items;
}

std::string photo_id(const Photo &photo) {
    return photo.id;
}

} // namespace

std::string variant_letter(std::size_t place) {
    return place < 26 ? std::string(1, static_cast<char>('A' + place)) : std::to_string(place + 1);
}

double Hero::control_weight() const {
    double sum = 0;
    for (const auto &variant : variants) {
        sum += variant.weight;
    }
    const double rest = 1 - sum;
    return rest < 1e-9 ? 0 : rest;
}

Photos read_photos(const Json &document) {
    const Json &hero = object_member(document, "hero");
    Photos photos;
    photos.hero.control = read_photo(member(hero, "control"), Json::object());
    photos.hero.variants = read_elements<HeroVariant>(list_member(hero, "variants"), read_variant);
    photos.gallery = read_elements<Photo>(list_member(document, "gallery"), read_photo_object);
    photos.testimonials = read_elements<Photo>(list_member(document, "testimonials"), read_testimonial_photo);
    return photos;
}

Json write_photos(const Photos &photos, Json document) {
    if (!document.is_object()) {
        document = Json::object();
    }
    const Photos before = read_photos(document);
    if (!(photos.hero.control == before.hero.control)) {
        write_photo(photos.hero.control, writable_object(document, "hero"), "control");
    }
    if (photos.hero.variants != before.hero.variants) {
        Json &hero = writable_object(document, "hero");
        hero["variants"] = write_elements(
            photos.hero.variants, before.hero.variants, list_member(hero, "variants"),
            [](const HeroVariant &variant) { return variant.id; },
            [](const HeroVariant &variant, Json &element) {
                write_variant(variant, read_variant(element), element);
            });
    }
    if (photos.gallery != before.gallery) {
        document["gallery"] = write_elements(photos.gallery, before.gallery, list_member(document, "gallery"),
                                             photo_id, write_photo_object);
    }
    if (photos.testimonials != before.testimonials) {
        document["testimonials"] =
            write_elements(photos.testimonials, before.testimonials, list_member(document, "testimonials"),
                           photo_id, write_testimonial_photo);
    }
    return document;
}

Json to_json(const Photo &photo) {
    Json object = Json::object();
    if (!photo.id.empty()) {
        object["id"] = photo.id;
    }
    object["url"] = photo.url;
    object["alt"] = photo.alt;
    Json rest = object;
    write_photo_object(photo, rest);
    return rest;
}

} // namespace studio::models
