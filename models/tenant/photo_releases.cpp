// SPDX-License-Identifier: Apache-2.0
#include "models/tenant/photo_releases.h"

#include "models/json/json_read.h"

#include <algorithm>

namespace studio::models {

namespace {

using Shown = std::function<bool(const std::string &picture)>;

bool is_shown(const std::string &url, const Shown &shown) {
    return !url.empty() && shown(picture_of(url));
}

void keep_own_sizes(Photo &photo) {
    const std::string picture = picture_of(photo.url);
    std::erase_if(photo.derivatives, [&](const Derivative &size) { return picture_of(size.url) != picture; });
}

void keep_list(std::vector<Photo> &list, const Shown &shown) {
    std::erase_if(list, [&](const Photo &photo) { return !is_shown(photo.url, shown); });
    std::for_each(list.begin(), list.end(), keep_own_sizes);
}

// The photo in a variant's config; without an address where there is none.
Photo photo_of(const Variant &arm) {
    if (!arm.config.is_object() || !arm.config.contains("photo")) {
        return {};
    }
    return read_photos({{"hero", {{"control", arm.config["photo"]}}}}).hero.control;
}

// The address of the photo that a variant shows; "" where it shows the published one.
std::string photo_of(const Variant &arm, const Photos &photos) {
    if (const auto photo = arm.config.is_object() ? arm.config.find("photo") : arm.config.end();
        arm.config.is_object() && photo != arm.config.end()) {
        return photo->is_string() ? photo->get<std::string>() : text_member(*photo, "url");
    }
    const std::string id = text_member(arm.config, "variant");
    const auto variant = std::find_if(photos.hero.variants.begin(), photos.hero.variants.end(),
                                      [&](const HeroVariant &each) { return each.id == id; });
    return variant == photos.hero.variants.end() ? std::string() : variant->photo.url;
}

bool may_run(const Experiment &experiment, const Photos &photos, const Shown &shown) {
    if (experiment.element != ExperimentElement::HeroPhoto) {
        return true;
    }
    const std::string &control = photos.hero.control.url;
    return (control.empty() || is_shown(control, shown)) &&
           std::all_of(experiment.variants.begin(), experiment.variants.end(), [&](const Variant &arm) {
               const std::string url = photo_of(arm, photos);
               return url.empty() || is_shown(url, shown);
           });
}

// Removes the sizes of another picture from the photos in the variants' configs.
void keep_own_sizes(Experiment &experiment) {
    for (Variant &arm : experiment.variants) {
        if (!arm.config.is_object() || !arm.config.contains("photo") || !arm.config["photo"].is_object()) {
            continue;
        }
        Photo photo = photo_of(arm);
        keep_own_sizes(photo);
        arm.config["photo"] = to_json(photo);
    }
}

} // namespace

std::string picture_of(std::string_view url) {
    const auto dot = url.rfind('.');
    const auto dash = url.rfind('-');
    if (dot == std::string_view::npos || dash == std::string_view::npos || dash + 1 >= dot ||
        dot + 1 == url.size() || url.find('/', dash) != std::string_view::npos) {
        return std::string(url);
    }
    const auto all_of = [](std::string_view text, std::string_view characters) {
        return text.find_first_not_of(characters) == std::string_view::npos;
    };
    // A hash of so many digits stands before the width, and this character before the hash.
    const auto hashed = [&](std::size_t digits, char before) {
        return dash > digits && url[dash - digits - 1] == before &&
               all_of(url.substr(dash - digits, digits), "0123456789abcdef");
    };
    const bool sized =
        all_of(url.substr(dash + 1, dot - dash - 1), "0123456789") && (hashed(8, '-') || hashed(32, '/'));
    return std::string(sized ? url.substr(0, dash) : url);
}

void keep_shown_photos(Photos &photos, Content &content, std::vector<Experiment> &experiments,
                       const Shown &shown) {
    std::erase_if(experiments, [&](const Experiment &each) { return !may_run(each, photos, shown); });
    for (Experiment &experiment : experiments) {
        if (experiment.element == ExperimentElement::HeroPhoto) {
            keep_own_sizes(experiment);
        }
    }
    if (!is_shown(photos.hero.control.url, shown)) {
        photos.hero.control = {};
    }
    keep_own_sizes(photos.hero.control);
    std::erase_if(photos.hero.variants,
                  [&](const HeroVariant &each) { return !is_shown(each.photo.url, shown); });
    for (HeroVariant &variant : photos.hero.variants) {
        keep_own_sizes(variant.photo);
    }
    keep_list(photos.gallery, shown);
    keep_list(photos.testimonials, shown);
    if (!is_shown(content.seo.og_image, shown)) {
        content.seo.og_image.clear();
    }
}

std::vector<ReachingPhoto> photos_that_reach_visitors(const Photos &photos, const Content &content,
                                                      const std::vector<Experiment> &tests) {
    std::vector<ReachingPhoto> found;
    const auto add = [&](const Photo &photo, PhotoPlace place, const std::string &detail = {}) {
        const auto same =
            std::ranges::find(found, photo.url, [](const auto &each) { return each.photo.url; });
        if (!photo.url.empty() && same == found.end()) {
            found.push_back({photo, place, detail});
        }
    };
    add(photos.hero.control, PhotoPlace::Hero);
    for (const HeroVariant &variant : photos.hero.variants) {
        add(variant.photo, PhotoPlace::HeroVariant, variant.id);
    }
    for (const Photo &photo : photos.gallery) {
        add(photo, PhotoPlace::Gallery);
    }
    for (const Photo &photo : photos.testimonials) {
        add(photo, PhotoPlace::Testimonial);
    }
    Photo sharing;
    sharing.url = content.seo.og_image;
    add(sharing, PhotoPlace::Sharing);
    for (const Experiment &test : tests) {
        if (test.element != ExperimentElement::HeroPhoto || test.status == ExperimentStatus::Completed) {
            continue;
        }
        for (const Variant &arm : test.variants) {
            add(photo_of(arm), PhotoPlace::Test, test.name);
        }
    }
    return found;
}

std::vector<ReachingPhoto> photos_that_reach_visitors(const Documents &documents,
                                                      const std::vector<Experiment> &tests) {
    return photos_that_reach_visitors(read_photos(documents.photos), read_content(documents.content), tests);
}

} // namespace studio::models
