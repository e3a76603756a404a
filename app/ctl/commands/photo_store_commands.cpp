// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/photo_store_commands.h"

#include "app/ctl/drafts.h"
#include "app/ctl/failure.h"
#include "app/ctl/photo_places.h"
#include "app/ctl/photo_releases.h"
#include "app/ctl/platform_photos.h"
#include "app/ctl/step_receipt.h"
#include "app/ctl/text.h"
#include "db/stores/store_files.h"
#include "media/asset_key.h"
#include "media/s3/reconcile.h"
#include "models/tenant/photo_releases.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace studio::ctl {

namespace {

using Arity = Positional::Arity;

constexpr std::string_view media_path = "/media/";

Report upload_photos(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const SentPhotos sent = PlatformPhotos(context).send(tenant.id);
    Report report;
    report.data = {{"tenant", tenant.subdomain},
                   {"stored", sent.stored},
                   {"bytes", sent.bytes},
                   {"left", models::Json::array()}};
    report.text =
        sent.stored.empty() && sent.left.empty()
            ? "Everything is in the platform's store.\n"
            : fmt::format("{} stored.\n", counted(static_cast<std::int64_t>(sent.stored.size()), "file"));
    for (const auto &[key, message] : sent.left) {
        report.data["left"].push_back({{"key", key}, {"problem", message}});
        report.text += fmt::format("{}: {}\n", key, message);
        report.exit_code = 3;
    }
    return report;
}

using Change = void (db::PhotoLibrary::*)(const models::TenantId &, const std::string &);

Report change_photo(Context &context, const Arguments &arguments, Change change, const std::string &said) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const db::LibraryPhoto photo = library_photo(context, tenant, arguments.text("PHOTO"));
    db::PhotoLibrary library(context.session());
    (library.*change)(tenant.id, photo.picture);
    Report report;
    report.data = {{"tenant", tenant.subdomain}, {"photo", photo.photo.url}};
    report.text = fmt::format("{}: {}\n", photo.photo.url, said);
    carry_out_and_tell(context, tenant.id, photo.picture, report);
    return report;
}

Report take_down(Context &context, const Arguments &arguments) {
    if (!arguments.has("--yes")) {
        throw UsageError("--yes", "is required: the photo is removed for ever, its files at the store, too. "
                                  "\"photo pause\" hides it until it is resumed.");
    }
    const std::string said = "gone from every page, test, draft link and sharing picture within seconds.";
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const std::string picture = models::picture_of(arguments.text("PHOTO"));
    db::PhotoLibrary library(context.session());
    if (library.find(tenant.id, picture) || library.steps(tenant.id, picture).empty()) {
        return change_photo(context, arguments, &db::PhotoLibrary::take_down, said);
    }
    // It was taken down before; steps may be left.
    Report report{{{"tenant", tenant.subdomain}, {"photo", arguments.text("PHOTO")}},
                  fmt::format("{}: {}\n", arguments.text("PHOTO"), said)};
    carry_out_and_tell(context, tenant.id, picture, report);
    return report;
}

Report pause(Context &context, const Arguments &arguments) {
    return change_photo(context, arguments, &db::PhotoLibrary::pause,
                        "hidden from every page within seconds, until it is resumed.");
}

Report resume(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const db::LibraryPhoto photo = library_photo(context, tenant, arguments.text("PHOTO"));
    const auto steps = db::PhotoLibrary(context.session()).steps(tenant.id, photo.picture);
    const bool has_left = std::ranges::any_of(steps, [](const db::PhotoStep &step) { return !step.done_at; });
    if (!photo.paused && !has_left) {
        return {{{"tenant", tenant.subdomain},
                 {"photo", photo.photo.url},
                 {"steps", models::Json::array()},
                 {"left", 0}},
                fmt::format("{} is not paused: nothing was changed.\n", photo.photo.url)};
    }
    return change_photo(context, arguments, &db::PhotoLibrary::resume, "shown again within seconds.");
}

std::vector<media::s3::ExpectedObject> expected_of(Context &context, const models::TenantId &tenant) {
    std::vector<media::s3::ExpectedObject> expected;
    for (const models::StoreFile &file : db::StoreFiles(context.session()).of(tenant).files) {
        const std::string type = file.library ? file.content_type : media::content_type_of_key(file.key);
        expected.push_back({file.key, type, file.bytes, file.seen(), file.withheld && !file.stored});
    }
    return expected;
}

// What the repair found out about the store's files becomes what the database says of them.
void note_repaired(Context &context, const models::TenantId &tenant, const models::PhotoStore &store,
                   media::s3::Reconciliation &found) {
    if (!found.stored.empty()) {
        db::PhotoLibrary(context.session()).mark_stored(tenant, found.stored, store);
    }
    const auto files = db::StoreFiles(context.session()).of(tenant).files;
    std::size_t stored = 0, lost = 0;
    for (const models::StoreFile &file : files) {
        stored += file.stored ? 1 : 0;
        lost += file.stored && std::ranges::binary_search(found.lost, file.key) ? 1 : 0;
    }
    if (!store.bucket && stored > 0 && lost == stored) {
        for (auto &each : found.unrepaired) {
            each.reason =
                "This media folder has none of her photos, so that it may not be the one that the public "
                "service serves: name that one with --media. If it is, add the photo again. Nothing "
                "was changed in the database.";
        }
    } else if (!found.lost.empty()) {
        db::StoreFiles(context.session()).mark_missing(tenant, found.lost);
    }
}

void add_finding(Report &report, const char *name, const std::vector<std::string> &keys) {
    report.data[name] = keys;
    for (const std::string &key : keys) {
        report.text += fmt::format("{}: {}\n", name, key);
    }
}

Report reconcile(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const auto expected = [&] { return expected_of(context, tenant.id); };
    const media::s3::ReconcileOptions options{arguments.has("--repair")};
    if (options.repair) {
        require_confirmed_store(context);
    }
    PlatformPhotos photos(context);
    auto found = photos.in_bucket()
                     ? media::s3::reconcile_bucket(photos.bucket(), photos.folder(), tenant.media_folder,
                                                   expected, options)
                     : media::s3::reconcile_folder(photos.folder(), tenant.media_folder, expected, options);
    if (options.repair) {
        note_repaired(context, tenant.id, photos.store(), found);
    }
    Report report;
    add_finding(report, "missing", found.missing);
    add_finding(report, "orphan", found.orphan);
    add_finding(report, "wrong_acl", found.wrong_acl);
    add_finding(report, "wrong_caching", found.wrong_caching);
    add_finding(report, "damaged", found.damaged);
    if (found.all_right()) {
        report.text = "The store has what it should have.\n";
        return report;
    }
    if (!options.repair) {
        report.exit_code = 1;
        report.text += fmt::format("Nothing was changed. \"{}\" repairs it.\n",
                                   context.command_here("photo reconcile " + tenant.subdomain + " --repair"));
        return report;
    }
    report.exit_code = found.unrepaired.empty() ? 0 : 3;
    report.text += found.unrepaired.empty() ? "All of it is repaired.\n"
                                            : "Repaired, but for these. Pages leave out what is missing:\n";
    for (const auto &[key, reason] : found.unrepaired) {
        report.text += fmt::format("{}: {}\n", key, reason);
    }
    if (!found.unrepaired.empty()) {
        report.data["unrepaired"] = models::Json::array();
        for (const auto &[key, reason] : found.unrepaired) {
            report.data["unrepaired"].push_back({{"key", key}, {"reason", reason}});
        }
    }
    return report;
}

} // namespace

std::vector<Command> photo_store_commands() {
    const Positional tenant{"TENANT", "The tenant's subdomain", Arity::Required};
    const Positional photo{"PHOTO", "Its id or its address", Arity::Required};
    const std::string some_photo = " claire /media/0c9d…/5b1e….jpg";
    return {
        {"photo",
         "upload",
         "Sends what is not in the platform's store yet",
         "companionctl photo upload claire",
         {tenant},
         {},
         upload_photos},
        {"photo",
         "takedown",
         "Takes a photo from every page, the store and the CDN, for ever",
         "companionctl photo takedown" + some_photo + " --yes",
         {tenant, photo},
         {{"--yes", "", "Confirm that it is removed for ever"}},
         take_down},
        {"photo",
         "pause",
         "Hides a photo everywhere until it is resumed",
         "companionctl photo pause" + some_photo,
         {tenant, photo},
         {},
         pause},
        {"photo",
         "resume",
         "Shows a paused photo again",
         "companionctl photo resume" + some_photo,
         {tenant, photo},
         {},
         resume},
        {"photo",
         "reconcile",
         "Compares what should be in the store with what is there",
         "companionctl photo reconcile claire",
         {tenant},
         {{"--repair", "", "Repair what can be repaired; without it nothing is changed"}},
         reconcile},
    };
}

} // namespace studio::ctl
