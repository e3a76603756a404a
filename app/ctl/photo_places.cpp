// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/photo_places.h"

#include "app/ctl/drafts.h"
#include "app/ctl/failure.h"
#include "models/tenant/photo_releases.h"

#include <fmt/format.h>

namespace studio::ctl {

std::vector<PhotoPlace> places_of(const models::Json &photos_document) {
    const models::Photos photos = models::read_photos(photos_document);
    std::vector<PhotoPlace> places;
    if (!photos.hero.control.url.empty()) {
        places.push_back({"hero", photos.hero.control, "/hero/control"});
    }
    for (std::size_t at = 0; at < photos.hero.variants.size(); ++at) {
        models::Photo photo = photos.hero.variants[at].photo;
        photo.id = photos.hero.variants[at].id;
        places.push_back({"variant", photo, fmt::format("/hero/variants/{}", at)});
    }
    for (std::size_t at = 0; at < photos.gallery.size(); ++at) {
        places.push_back({"gallery", photos.gallery[at], fmt::format("/gallery/{}", at)});
    }
    for (std::size_t at = 0; at < photos.testimonials.size(); ++at) {
        places.push_back({"testimonial", photos.testimonials[at], fmt::format("/testimonials/{}", at)});
    }
    return places;
}

db::LibraryPhoto library_photo(Context &context, const models::Tenant &tenant, const std::string &wanted) {
    std::string picture = models::picture_of(wanted);
    for (const PhotoPlace &place : places_of(latest_revision(context, tenant).documents.photos)) {
        if (place.photo.id == wanted) {
            picture = models::picture_of(place.photo.url);
        }
    }
    for (db::LibraryPhoto &photo : db::PhotoLibrary(context.session()).list(tenant.id)) {
        if (photo.picture == picture || photo.picture == wanted || photo.photo.id == wanted) {
            return std::move(photo);
        }
    }
    throw CommandFailure(
        "PHOTO", fmt::format("{}'s library has no photo \"{}\". \"{}\" shows them; one that was added before "
                             "there was a library is hidden by \"{}\".",
                             tenant.subdomain, wanted, context.command_here("photo list " + tenant.subdomain),
                             context.command_here("tenant withdraw-release " + tenant.subdomain + " PHOTO")));
}

} // namespace studio::ctl
