// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/photo_commands.h"

#include "app/ctl/drafts.h"
#include "app/ctl/failure.h"
#include "app/ctl/text.h"
#include "db/stores/compliance_store.h"
#include "media/local_asset_store.h"
#include "media/new_files.h"
#include "media/photo_importer.h"
#include "models/editing/edit.h"
#include "models/editing/element_id.h"
#include "models/tenant/photo_releases.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace studio::ctl {

namespace {

using Arity = Positional::Arity;
using Kind = models::Edit::Kind;

struct Place {
    std::string where; // "hero", "variant", "gallery", "testimonial"
    models::Photo photo;
    std::string pointer;
};

std::vector<Place> places_of(const models::Json &document) {
    const models::Photos photos = models::read_photos(document);
    std::vector<Place> places;
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

Report list_photos(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const auto revision = latest_revision(context, tenant);
    std::set<std::string> released;
    for (const auto &release : db::ComplianceStore(context.session()).releases(tenant.id)) {
        released.insert(models::picture_of(release.photo_url));
    }
    Report report;
    report.data = models::Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const auto &place : places_of(revision.documents.photos)) {
        const bool is_released = released.contains(models::picture_of(place.photo.url));
        report.data.push_back({{"place", place.where},
                               {"id", place.photo.id},
                               {"url", place.photo.url},
                               {"alt", place.photo.alt},
                               {"released", is_released}});
        rows.push_back({place.where, place.photo.id, is_released ? "released" : "no release", place.photo.url,
                        place.photo.alt});
    }
    report.text = table({"PLACE", "ID", "RELEASE", "ADDRESS", "ALT TEXT"}, rows);
    return report;
}

double weight_of(const Arguments &arguments) {
    const std::string &text = arguments.text("--weight");
    char *end = nullptr;
    const double weight = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0' || !(weight >= 0 && weight <= 1)) {
        throw UsageError("--weight",
                         fmt::format("must be a share from 0 to 1, such as 0.25, not \"{}\".", text));
    }
    return weight;
}

std::string wanted_place(const Arguments &arguments) {
    const std::string where = arguments.text_or("--place", "gallery");
    for (const char *known : {"gallery", "hero", "variant", "testimonial"}) {
        if (where == known) {
            if ((where == "variant") != arguments.has("--weight")) {
                throw UsageError("--weight",
                                 where == "variant"
                                     ? "is required for a variant: its share of visitors, such as 0.25."
                                     : "is for hero variants only.");
            }
            return where;
        }
    }
    throw UsageError("--place",
                     fmt::format("must be gallery, hero, variant or testimonial, not \"{}\".", where));
}

void put_photo(models::Documents &documents, models::Photo photo, const std::string &where, double weight) {
    const auto edit = [&](Kind kind, const std::string &pointer, models::Json value) {
        apply(documents, {kind, models::DocumentKind::Photos, pointer, std::move(value), 0});
    };
    const auto append = [&](const std::string &list, models::Json value) {
        const auto pointer = models::Json::json_pointer(list);
        if (!documents.photos.contains(pointer) || !documents.photos[pointer].is_array()) {
            edit(Kind::Set, list, models::Json::array());
        }
        edit(Kind::Insert, list + "/-", std::move(value));
    };
    photo.id = models::new_element_id(photo.id);
    if (where == "hero") {
        edit(Kind::Set, "/hero/control", to_json(photo));
    } else if (where == "gallery") {
        append("/gallery", to_json(photo));
    } else {
        const std::string id = std::exchange(photo.id, {});
        if (where == "variant") {
            append("/hero/variants", {{"id", id}, {"url", to_json(photo)}, {"weight", weight}});
        } else {
            append("/testimonials", {{"id", id}, {"photo", to_json(photo)}});
        }
    }
}

Report add_photo(Context &context, const Arguments &arguments) {
    const std::string where = wanted_place(arguments);
    const double weight = where == "variant" ? weight_of(arguments) : 0;
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const auto base = latest_revision(context, tenant);
    media::LocalAssetStore store(context.media_root());
    media::NewFiles files(store, [](const std::string &reason) {
        fmt::print(stderr, "companionctl: files of the import could not be removed: {}\n", reason);
    });
    models::Photo photo = media::PhotoImporter(files).import_file(arguments.text("FILE"), tenant.subdomain);
    photo.alt = arguments.text("--alt");
    photo.caption = arguments.text_or("--caption", "");
    models::Documents changed = base.documents;
    put_photo(changed, photo, where, weight);
    if (const auto errors = new_errors(base.documents, changed); !errors.empty()) {
        throw CommandFailure("Nothing was saved: the photo is not valid.", errors);
    }
    Report report =
        save_draft(context, tenant, base, changed, fmt::format("Added a photo ({})", where), false);
    files.keep();
    report.data["url"] = photo.url;
    report.data["place"] = where;
    report.text += photo.url + "\n";
    return report;
}

Report remove_photo(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const std::string &wanted = arguments.text("PHOTO");
    const auto base = latest_revision(context, tenant);
    std::vector<Place> found;
    for (auto &place : places_of(base.documents.photos)) {
        const bool in_place = !arguments.has("--place") || arguments.text("--place") == place.where;
        if (in_place && (place.photo.id == wanted || place.photo.url == wanted)) {
            found.push_back(std::move(place));
        }
    }
    if (found.size() != 1) {
        throw CommandFailure(
            "PHOTO",
            found.empty()
                ? fmt::format("{} has no photo \"{}\". \"{}\" shows them.", tenant.subdomain, wanted,
                              context.command_here("photo list " + tenant.subdomain))
                : fmt::format("\"{}\" is in {} places: choose one with --place.", wanted, found.size()));
    }
    models::Documents changed = base.documents;
    apply(changed, {Kind::Remove, models::DocumentKind::Photos, found.front().pointer, nullptr, 0});
    if (const auto errors = new_errors(base.documents, changed); !errors.empty()) {
        throw CommandFailure("Nothing was removed: the photo is in use.", errors);
    }
    Report report =
        save_draft(context, tenant, base, changed, fmt::format("Removed the photo {}", wanted), false);
    report.text += "The file is kept for older revisions.\n";
    return report;
}

} // namespace

std::vector<Command> photo_commands() {
    const Positional tenant{"TENANT", "The tenant's subdomain", Arity::Required};
    return {
        {"photo",
         "add",
         "Adds a photo in a new draft",
         "companionctl photo add claire evening.jpg --alt \"Evening light over water\"",
         {tenant, {"FILE", "A JPEG, PNG, WebP, AVIF or TIFF file", Arity::Required}},
         {{"--alt", "TEXT", "Alt text: what the photo shows, for people who cannot see it", true},
          {"--caption", "TEXT", "Caption"},
          {"--place", "PLACE", "gallery (default), hero, variant or testimonial"},
          {"--weight", "SHARE", "A variant's share of visitors, 0 to 1"}},
         add_photo},
        {"photo",
         "list",
         "Photos of the latest draft",
         "companionctl photo list claire",
         {tenant},
         {},
         list_photos},
        {"photo",
         "remove",
         "Removes a photo in a new draft",
         "companionctl photo remove claire last-light",
         {tenant, {"PHOTO", "Its id or its address", Arity::Required}},
         {{"--place", "PLACE", "gallery, hero, variant or testimonial"}},
         remove_photo},
    };
}

} // namespace studio::ctl
