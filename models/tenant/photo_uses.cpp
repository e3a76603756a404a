// SPDX-License-Identifier: Apache-2.0
#include "models/tenant/photo_uses.h"

#include "models/documents/write_content.h"
#include "models/json/json_read.h"

#include <algorithm>

namespace studio::models {

namespace {

class Collector final {
public:
    void add(const std::string &url, PhotoUse use) {
        if (!url.empty()) {
            auto &uses = m_uses[picture_of(url)];
            if (std::ranges::find(uses, use) == uses.end()) {
                uses.push_back(std::move(use));
            }
        }
    }
    void add_list(const std::vector<Photo> &photos, PhotoUse::In in, PhotoPlace place) {
        for (std::size_t index = 0; index < photos.size(); ++index) {
            add(photos[index].url, {in, place, std::to_string(index + 1)});
        }
    }
    void add_documents(const Documents &documents, PhotoUse::In in) {
        const Photos photos = read_photos(documents.photos);
        add(photos.hero.control.url, {in, PhotoPlace::Hero, {}});
        for (const HeroVariant &variant : photos.hero.variants) {
            add(variant.photo.url, {in, PhotoPlace::HeroVariant, variant.id});
        }
        add_list(photos.gallery, in, PhotoPlace::Gallery);
        add_list(photos.testimonials, in, PhotoPlace::Testimonial);
        add(read_content(documents.content).seo.og_image, {in, PhotoPlace::Sharing, {}});
    }
    PhotoUses take() { return std::move(m_uses); }

private:
    PhotoUses m_uses;
};

// The address of the photo that the visitors of a test's variant get.
std::string photo_of(const Variant &arm, const Photos &published) {
    if (arm.config.is_object() && arm.config.contains("photo")) {
        const Json &photo = arm.config["photo"];
        return photo.is_string() ? photo.get<std::string>() : text_member(photo, "url");
    }
    const std::string id = text_member(arm.config, "variant");
    if (id.empty()) {
        return published.hero.control.url;
    }
    const auto variant =
        std::ranges::find(published.hero.variants, id, [](const HeroVariant &each) { return each.id; });
    return variant == published.hero.variants.end() ? std::string() : variant->photo.url;
}

Photo in_place_of(const Photo &before, Photo by) {
    by.id = before.id;
    return by;
}

} // namespace

PhotoUses photo_uses(const Documents &draft, const Documents &published,
                     const std::vector<Experiment> &tests) {
    Collector collector;
    collector.add_documents(draft, PhotoUse::In::Draft);
    collector.add_documents(published, PhotoUse::In::Published);
    const Photos photos = read_photos(published.photos);
    for (const Experiment &test : tests) {
        if (test.element != ExperimentElement::HeroPhoto || test.status == ExperimentStatus::Completed) {
            continue;
        }
        for (const Variant &arm : test.variants) {
            collector.add(photo_of(arm, photos), {PhotoUse::In::Test, PhotoPlace::Test, test.name});
        }
    }
    return collector.take();
}

int replace_photo(Documents &documents, const std::string &picture, const Photo &by) {
    Photos photos = read_photos(documents.photos);
    int places = 0;
    const auto replace = [&](Photo &photo) {
        if (!photo.url.empty() && picture_of(photo.url) == picture) {
            photo = in_place_of(photo, by);
            ++places;
        }
    };
    replace(photos.hero.control);
    for (HeroVariant &variant : photos.hero.variants) {
        replace(variant.photo);
    }
    std::ranges::for_each(photos.gallery, replace);
    std::ranges::for_each(photos.testimonials, replace);
    if (places > 0) {
        documents.photos = write_photos(photos, documents.photos);
    }
    Content content = read_content(documents.content);
    if (!content.seo.og_image.empty() && picture_of(content.seo.og_image) == picture) {
        content.seo.og_image = by.url;
        documents.content = write_content(content, documents.content);
        ++places;
    }
    return places;
}

} // namespace studio::models
