// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/photo_commands.h"

#include "app/ctl/drafts.h"
#include "app/ctl/failure.h"
#include "app/ctl/photo_places.h"
#include "app/ctl/photo_releases.h"
#include "app/ctl/platform_photos.h"
#include "app/ctl/text.h"
#include "db/stores/photo_library.h"
#include "media/new_files.h"
#include "media/photo_importer.h"
#include "models/editing/edit.h"
#include "models/editing/element_id.h"
#include "models/tenant/photo_releases.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>

namespace studio::ctl {

namespace {

using Arity = Positional::Arity;
using Kind = models::Edit::Kind;

constexpr int most_people = 100; // that can be recognised in one photo

// A row of the list: a place of the latest draft, or a library photo that the draft does not show.
struct ListedPhoto {
    std::string place;
    models::Photo photo;
    std::string picture;
    std::vector<std::string> used; // all places of the picture
};

std::vector<ListedPhoto> listed_photos(const std::vector<PhotoPlace> &places,
                                       const std::vector<db::LibraryPhoto> &library) {
    std::map<std::string, std::vector<std::string>> used;
    for (const PhotoPlace &place : places) {
        used[models::picture_of(place.photo.url)].push_back(place.where);
    }
    std::vector<ListedPhoto> listed;
    for (const PhotoPlace &place : places) {
        const std::string picture = models::picture_of(place.photo.url);
        listed.push_back({place.where, place.photo, picture, used[picture]});
    }
    for (const db::LibraryPhoto &photo : library) {
        if (!used.contains(photo.picture)) {
            listed.push_back({"", photo.photo, photo.picture, {}});
        }
    }
    return listed;
}

models::Json text_or_null(const std::string &text) {
    return text.empty() ? models::Json() : models::Json(text);
}

bool was_taken_down(Context &context, const models::TenantId &tenant, const std::string &picture) {
    const auto steps = db::PhotoLibrary(context.session()).steps(tenant, picture);
    return std::ranges::any_of(steps, [](const db::PhotoStep &step) { return step.reason == "deleted"; });
}

Report list_photos(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const auto revision = latest_revision(context, tenant);
    const auto library = db::PhotoLibrary(context.session()).list(tenant.id);
    const PhotoReleases releases(context, tenant.id);
    Report report;
    report.data = models::Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const auto &[where, photo, picture, used] :
         listed_photos(places_of(revision.documents.photos), library)) {
        const auto known = std::find_if(library.begin(), library.end(),
                                        [&name = picture](const auto &each) { return each.picture == name; });
        const bool in_library = known != library.end();
        const models::Json people =
            in_library && known->people ? models::Json(*known->people) : models::Json();
        const bool is_paused = in_library && known->paused;
        const bool is_released = releases.released(picture);
        const bool is_taken_down = !in_library && was_taken_down(context, tenant.id, picture);
        report.data.push_back({{"place", text_or_null(where)},
                               {"id", photo.id},
                               {"url", photo.url},
                               {"alt", photo.alt},
                               {"used", used},
                               {"released", is_released},
                               {"stored", in_library ? models::Json(known->stored()) : models::Json()},
                               {"people", people},
                               {"paused", is_paused},
                               {"takenDown", is_taken_down}});
        rows.push_back({where.empty() ? "unused" : where, photo.id,
                        is_taken_down ? "taken down"
                        : is_paused   ? "paused"
                        : is_released ? "released"
                                      : "no release",
                        people.is_null() ? "unknown" : std::to_string(*known->people),
                        is_taken_down     ? "removed"
                        : !in_library     ? "unknown"
                        : known->stored() ? "stored"
                                          : "not yet",
                        photo.url, photo.alt});
    }
    report.text = table({"PLACE", "ID", "RELEASE", "PEOPLE", "IN STORE", "ADDRESS", "ALT TEXT"}, rows);
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

// The photo as a row of the library.
db::LibraryPhoto library_entry(const media::ImportedPhoto &imported, const Arguments &arguments,
                               bool stored) {
    db::LibraryPhoto entry;
    entry.picture = imported.picture;
    entry.photo = imported.photo;
    entry.content_hash = imported.content_hash;
    entry.likeness = imported.likeness;
    if (arguments.has("--people")) {
        entry.people = arguments.number("--people", 0, most_people);
    }
    entry.photographer = arguments.text_or("--photographer", "");
    entry.licence = arguments.text_or("--licence", "");
    for (const media::ImportedFile &file : imported.files) {
        entry.files.push_back({file.key, file.content_type, file.bytes, file.original, stored});
    }
    return entry;
}

// For a photo that is in the library already, the options given now replace the stored values.
void add_to_library(Context &context, const models::Tenant &tenant, const db::LibraryPhoto &entry,
                    const Arguments &arguments) {
    db::PhotoLibrary library(context.session());
    const bool is_there = library.find(tenant.id, entry.picture).has_value();
    library.add(tenant.id, entry);
    if (is_there && entry.people) {
        library.set_people(tenant.id, entry.picture, *entry.people);
    }
    if (is_there && (arguments.has("--photographer") || arguments.has("--licence"))) {
        library.set_licence(tenant.id, entry.picture, entry.photographer, entry.licence);
    }
}

// Called after the draft is saved: a failure here only delays the upload, and the report says so.
void send_added(Context &context, PlatformPhotos &photos, const models::Tenant &tenant,
                const std::string &picture, Report &report) {
    std::string problem;
    try {
        const SentPhotos sent = photos.send(tenant.id, picture);
        const auto added = db::PhotoLibrary(context.session()).find(tenant.id, picture);
        problem = !sent.left.empty()         ? sent.left.front().message
                  : added && added->stored() ? ""
                                             : "It is paused, or its release was withdrawn or is over: "
                                               "resume it, or record a new one first.";
    } catch (const std::exception &error) {
        problem = error.what();
    }
    report.data["stored"] = problem.empty();
    if (problem.empty()) {
        return;
    }
    report.exit_code = 3;
    report.data["problem"] = problem;
    report.text += fmt::format("The draft is saved, but the photo is not in the platform's store yet, and "
                               "publishing will name it. {}\nThen send it with \"{}\".\n",
                               problem, context.command_here("photo upload " + tenant.subdomain));
}

Report add_photo(Context &context, const Arguments &arguments) {
    const std::string where = wanted_place(arguments);
    std::error_code unreadable;
    if (!std::filesystem::exists(arguments.text("FILE"), unreadable)) {
        throw CommandFailure("FILE", fmt::format("\"{}\" does not exist.", arguments.text("FILE")));
    }
    const double weight = where == "variant" ? weight_of(arguments) : 0;
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const auto base = latest_revision(context, tenant);
    PlatformPhotos photos(context);
    media::NewFiles files(photos.folder(), [](const std::string &reason) {
        fmt::print(stderr, "companionctl: files of the import could not be removed: {}\n", reason);
    });
    media::ImportOptions options;
    options.keep_original =
        arguments.has("--keep-original") || db::PhotoLibrary(context.session()).keeps_originals(tenant.id);
    media::ImportedPhoto imported =
        media::PhotoImporter(files).import_file(arguments.text("FILE"), tenant.media_folder, options);
    imported.photo.alt = arguments.text("--alt");
    imported.photo.caption = arguments.text_or("--caption", "");
    const db::LibraryPhoto entry = library_entry(imported, arguments, !photos.in_bucket());
    models::Documents changed = base.documents;
    put_photo(changed, imported.photo, where, weight);
    if (const auto errors = new_errors(base.documents, changed); !errors.empty()) {
        throw CommandFailure("Nothing was saved: the photo is not valid.", errors);
    }
    add_to_library(context, tenant, entry, arguments);
    files.keep(); // the library has rows for them
    Report report =
        save_draft(context, tenant, base, changed, fmt::format("Added a photo ({})", where), false);
    report.data["url"] = imported.photo.url;
    report.data["place"] = where;
    report.text += imported.photo.url + "\n";
    send_added(context, photos, tenant, imported.picture, report);
    return report;
}

Report remove_photo(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const std::string &wanted = arguments.text("PHOTO");
    const auto base = latest_revision(context, tenant);
    std::vector<PhotoPlace> found;
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
    report.text += "It stays in the library, and its files for older revisions.\n";
    return report;
}

} // namespace

std::vector<Command> photo_commands() {
    const Positional tenant{"TENANT", "The tenant's subdomain", Arity::Required};
    return {
        {"photo",
         "add",
         "Adds a photo to the library and to a new draft",
         "companionctl photo add claire evening.jpg --alt \"Evening light over water\"",
         {tenant, {"FILE", "A JPEG, HEIC, PNG, WebP, AVIF or TIFF file", Arity::Required}},
         {{"--alt", "TEXT", "Alt text: what the photo shows, for people who cannot see it", true},
          {"--caption", "TEXT", "Caption"},
          {"--place", "PLACE", "gallery (default), hero, variant or testimonial"},
          {"--weight", "SHARE", "A variant's share of visitors, 0 to 1"},
          {"--people", "NUMBER", "How many people can be recognised: each needs a release"},
          {"--photographer", "NAME", "Who took it"},
          {"--licence", "TEXT", "What the photographer allows"},
          {"--keep-original", "", "Keep the file as it came, privately. Default: the companion's setting"}},
         add_photo},
        {"photo",
         "list",
         "Photos of the latest draft and of the library",
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
