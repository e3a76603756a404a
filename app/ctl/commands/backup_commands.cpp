// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/backup_commands.h"

#include "app/ctl/backup/backup.h"
#include "app/ctl/backup/erasures.h"
#include "app/ctl/backup/programs.h"
#include "app/ctl/backup/restore.h"
#include "app/ctl/backup/restored_labels.h"
#include "app/ctl/failure.h"
#include "app/ctl/files.h"
#include "app/ctl/text.h"
#include "app/workspace/cluster.h"
#include "app/workspace/credentials.h"
#include "app/workspace/schema_setup.h"
#include "db/connection/connection_string.h"
#include "db/connection/error.h"
#include "db/stores/photo_library.h"
#include "db/stores/platform_store.h"
#include "db/stores/privacy_store.h"
#include "db/stores/share_link_store.h"
#include "db/stores/tenant_store.h"

#include <fmt/format.h>

#include <chrono>
#include <functional>

namespace studio::ctl {

namespace fs = std::filesystem;

namespace {

using Arity = Positional::Arity;

app::Credentials credentials_of(const app::Workspace &workspace) {
    return app::Credentials(workspace.directory() / "credentials.json");
}

std::string superuser_url(const app::Credentials &credentials, int port, const char *database) {
    return fmt::format("postgresql://{}:{}@127.0.0.1:{}/{}", app::Cluster::superuser,
                       credentials.password(app::Cluster::superuser), port, database);
}

std::string dump_url(const Context &context) {
    if (!context.uses_workspace()) {
        return context.owner_url();
    }
    context.owner_url(); // throws where the workspace does not run
    const app::Workspace workspace = context.workspace();
    return superuser_url(credentials_of(workspace), workspace.addresses().port, app::database_name);
}

// Logins by label, without the two that belong to the cluster: the superuser and the schema's owner.
std::map<std::string, std::string> labels_of(const Context &context) {
    std::map<std::string, std::string> labels;
    if (!context.uses_workspace()) {
        return labels;
    }
    const app::Credentials credentials = credentials_of(context.workspace());
    for (const auto &[label, login] : credentials.logins()) {
        if (label != app::Cluster::superuser && label != app::schema_owner) {
            labels[label] = login.name;
        }
    }
    return labels;
}

void require_new_file(const fs::path &file, bool may_overwrite) {
    if (fs::exists(file) && !may_overwrite) {
        throw CommandFailure(
            "FILE",
            fmt::format("{} exists: choose another name, or replace it with --overwrite.", file.string()));
    }
    if (!fs::is_directory(file.parent_path())) {
        throw CommandFailure("FILE",
                             fmt::format("The folder {} does not exist.", file.parent_path().string()));
    }
}

// Files of photos that the bucket has and the media folder does not: a restored backup needs that bucket.
std::vector<std::string> files_in_bucket_alone(Context &context, const fs::path &media) {
    std::vector<std::string> keys;
    if (!db::PlatformStore(context.owner_session()).photo_store().bucket) {
        return keys;
    }
    db::PhotoLibrary library(context.owner_session());
    for (const models::TenantSummary &tenant : db::TenantStore(context.owner_session()).list()) {
        for (const db::LibraryPhoto &photo : library.list(tenant.id)) {
            for (const db::LibraryFile &file : photo.files) {
                std::error_code problem;
                if (!fs::is_regular_file(media / file.key, problem)) {
                    keys.push_back(file.key);
                }
            }
        }
    }
    return keys;
}

Report create_backup(Context &context, const Arguments &arguments) {
    const fs::path file = fs::absolute(arguments.text("FILE"));
    require_new_file(file, arguments.has("--overwrite"));
    const auto media = context.media_root();
    const auto needed = files_in_bucket_alone(context, media);
    Report report;
    report.data = write_backup(dump_url(context), media, file, labels_of(context));
    report.text =
        fmt::format("{}: database and {}, {}. Store it safely: it contains personal data.\n", file.string(),
                    counted(report.data["mediaFiles"].get<std::int64_t>(), "media file"),
                    counted(report.data["bytes"].get<std::int64_t>(), "byte"));
    report.data["photosInBucket"] = needed;
    if (!needed.empty()) {
        report.text +=
            fmt::format("It needs the bucket, which alone has {} of photos. Keep it, or copy them into "
                        "the folder first with \"{}\":\n",
                        counted(static_cast<std::int64_t>(needed.size()), "file"),
                        context.command_here("store move --to folder"));
        for (const std::string &key : needed) {
            report.text += key + "\n";
        }
    }
    return report;
}

Report keep_erasures(Context &context, const Arguments &arguments) {
    const fs::path file = fs::absolute(arguments.text("FILE"));
    require_new_file(file, arguments.has("--overwrite"));
    const auto subjects = db::PrivacyStore(context.session()).erasures_to_keep();
    write_file(file, erasures_text({base::now(), subjects}), "FILE");
    return {{{"file", file.string()}, {"erasures", subjects.size()}},
            fmt::format(
                "{}: hashes of what was erased and must stay erased. Restore a backup with --erasures {}.\n",
                file.string(), file.string())};
}

// What must be erased again after restoring a backup. It has no default, because without it people who were
// erased after the backup would be stored again.
using Erasures = std::vector<db::ErasedSubject>;
std::optional<KeptErasures> wanted_erasures(const Arguments &arguments) {
    const auto file = arguments.optional_text("--erasures");
    if (file.has_value() == arguments.has("--no-erasures")) {
        throw UsageError("--erasures",
                         "name the file that \"companionctl backup erasures\" wrote, so that everyone erased "
                         "since the backup is erased again; or use --no-erasures if nobody was.");
    }
    return file ? std::optional(read_erasures(fs::absolute(*file))) : std::nullopt;
}

// The file covers the 90 days before it was written. It must cover the whole time since the backup, or people
// erased in between would be stored again.
void require_erasures_since(const UnpackedBackup &backup, const KeptErasures &erasures) {
    const base::Time written = erasures.written_at;
    const std::string made = backup.manifest.value("createdAt", ""), until = iso_time(written),
                      from = iso_time(written - std::chrono::days(
                                                    90)); // so that both are in the same format when compared
    if (made < from || made > until) {
        throw CommandFailure("--erasures",
                             fmt::format("The file covers erasures from {} to {}, but the backup is from {}: "
                                         "people erased in between would come back. Nothing was changed. "
                                         "Write the file again if you can, or restore with --old-erasures.",
                                         from, until, made));
    }
}

struct Contents {
    std::size_t tenants = 0;
    db::AppliedErasures erased;
    std::size_t links = 0; // number of links to drafts that were revoked
    db::StoppedAfterRestore stopped;
};

Contents fill(Restore &restore, const UnpackedBackup &backup, const Erasures &erasures) {
    restore.read(backup);
    Contents contents;
    contents.tenants = db::TenantStore(restore.session()).list().size();
    if (!erasures.empty()) {
        contents.erased = db::PrivacyStore(restore.session()).apply_erasures(erasures);
    }
    // It is not known which of them were revoked after the backup.
    contents.links = db::ShareLinkStore(restore.session()).revoke_all();
    contents.stopped = db::PrivacyStore(restore.session()).stop_after_restore();
    return contents;
}

Report restored(const Context &context, const fs::path &media, const UnpackedBackup &backup,
                const std::map<std::string, std::string> &passwords, const Contents &contents) {
    models::Json logins = models::Json::object();
    std::string text = fmt::format(
        "Restored {} and {} of {}.\n", counted(static_cast<std::int64_t>(contents.tenants), "tenant"),
        counted(backup.manifest.value("mediaFiles", std::int64_t{0}), "media file"),
        backup.manifest.value("createdAt", ""));
    if (contents.erased.sessions + contents.erased.bookings > 0) {
        text += fmt::format("Erased again: {}, {}.\n", counted(contents.erased.sessions, "visit"),
                            counted(contents.erased.bookings, "booking"));
    }
    if (contents.erased.photos + contents.erased.accounts > 0) {
        text += fmt::format("Withdrawn again: the releases of {}. Disabled again: {}.\n",
                            counted(contents.erased.photos, "photo"),
                            counted(contents.erased.accounts, "account"));
    }
    if (contents.erased.paused_photos > 0) {
        text += fmt::format("Hidden again, as when the erasures were written: {}. Resume those that may be "
                            "shown with \"photo resume\".\n",
                            counted(contents.erased.paused_photos, "photo"));
    }
    text += fmt::format("The photo store is left alone until you confirm that it belongs to this "
                        "installation: \"{}\"\n",
                        context.command_here("store confirm"));
    if (contents.links > 0) {
        text += fmt::format("Revoked: {}. Create new ones where they are still needed.\n",
                            counted(contents.links, "share link to drafts", "share links to drafts"));
    }
    if (contents.stopped.calendar_addresses > 0) {
        text += fmt::format(
            "Revoked: {}. Share them again where they are still needed.\n",
            counted(contents.stopped.calendar_addresses, "calendar address", "calendar addresses"));
    }
    if (contents.stopped.messages > 0) {
        text += fmt::format(
            "Not sent, because they may have been sent since the backup: {}. \"{}\" shows them.\n",
            counted(contents.stopped.messages, "message"), context.command_here("outbox list"));
    }
    for (const auto &[login, password] : passwords) {
        logins[login] = password;
        if (!context.uses_workspace()) {
            text += fmt::format("New password of {}: {}\n", login, password);
        }
    }
    return {{{"tenants", contents.tenants},
             {"media", media.string()},
             {"erasedVisits", contents.erased.sessions},
             {"erasedBookings", contents.erased.bookings},
             {"withdrawnPhotos", contents.erased.photos},
             {"pausedPhotos", contents.erased.paused_photos},
             {"disabledAccounts", contents.erased.accounts},
             {"revokedLinks", contents.links},
             {"revokedCalendars", contents.stopped.calendar_addresses},
             {"unsentMessages", contents.stopped.messages},
             {"passwords", logins}},
            text};
}

// The restore is complete, and the report has passwords that are shown nowhere else. So a failure to tidy up
// is added to the report instead of thrown.
void tidy_up(Report &report, const std::function<void()> &tidy) {
    try {
        tidy();
    } catch (const std::exception &error) {
        report.exit_code = 3;
        report.data["leftOver"] = error.what();
        report.text +=
            fmt::format("The backup is restored, but what it replaced could not be removed: {}\n"
                        "Remove the database whose name ends in \"{}\" by hand; do not restore again.\n",
                        error.what(), Restore::old_suffix);
    }
}

// Replaces the empty database that a workspace without tenants has.
Report restore_into_workspace(const Context &context, const UnpackedBackup &backup,
                              const Erasures &erasures) {
    app::Workspace workspace = context.workspace();
    const auto addresses = workspace.start({false});
    {
        db::Session owner(addresses.logins.at("owner"));
        if (!db::TenantStore(owner).list().empty() || !is_empty_folder(addresses.media)) {
            throw CommandFailure("--workspace",
                                 fmt::format("The workspace {} already has tenants or photos. Nothing was "
                                             "changed. Restore into an empty one: --workspace DIR.",
                                             workspace.directory().string()));
        }
    }
    app::Credentials credentials = credentials_of(workspace);
    Restore restore({superuser_url(credentials, addresses.port, app::database_name),
                     superuser_url(credentials, addresses.port, "postgres"), addresses.media});
    const auto contents = fill(restore, backup, erasures);
    const auto passwords = restore.make_logins();
    RestoredLabels labels(workspace.directory(), restore.session(), backup.manifest, passwords);
    restore.put_in_place(backup, [&] { labels.write(); });
    labels.keep();
    Report report = restored(context, addresses.media, backup, passwords, contents);
    tidy_up(report, [&] {
        restore.drop_old();
        labels.drop_old_logins(restore.server());
    });
    return report;
}

Report restore_into_new_workspace(const Context &context, const UnpackedBackup &backup,
                                  const Erasures &erasures) {
    app::Workspace workspace = context.workspace();
    if (!is_empty_folder(workspace.directory() / "media")) {
        throw CommandFailure("--workspace",
                             fmt::format("The folder {} already has files. Nothing was changed. Restore into "
                                         "an empty one: --workspace DIR.",
                                         (workspace.directory() / "media").string()));
    }
    const bool held_a_part =
        fs::exists(workspace.directory() / "lock") || fs::exists(workspace.directory() / "credentials.json");
    try {
        return restore_into_workspace(context, backup, erasures);
    } catch (...) {
        if (!held_a_part) {
            workspace.remove();
        }
        throw;
    }
}

bool has_schema(const std::string &url) {
    try {
        db::Session session(url);
        db::TenantStore(session).list();
        return true;
    } catch (const db::Error &error) {
        if (error.sqlstate() != "42P01") { // undefined_table, which an empty database answers
            throw;
        }
        return false;
    }
}

Report restore_into_database(Context &context, const UnpackedBackup &backup, const fs::path &media,
                             const Erasures &erasures) {
    if (!is_empty_folder(media)) {
        throw CommandFailure(
            "--media",
            fmt::format("{} already has files. Nothing was changed. Name an empty folder.", media.string()));
    }
    const std::string url = context.owner_url();
    if (has_schema(url)) {
        throw CommandFailure(
            "--database",
            "The database already has a schema. Nothing was changed. Restore into a newly created database.");
    }
    Restore restore({url, db::with_database(url, "postgres"), media});
    const auto contents = fill(restore, backup, erasures);
    const auto passwords = restore.make_logins();
    restore.put_in_place(backup);
    Report report = restored(context, media, backup, passwords, contents);
    tidy_up(report, [&] { restore.drop_old(); });
    return report;
}

Report restore_backup(Context &context, const Arguments &arguments) {
    const auto kept = wanted_erasures(arguments);
    const Erasures erasures = kept ? kept->subjects : Erasures{};
    const fs::path file = fs::absolute(arguments.text("FILE"));
    const fs::path media = context.media_root();
    fs::path parent = media;
    while (!fs::exists(parent)) {
        parent = parent.parent_path();
    }
    const TemporaryDirectory work(parent == media ? media.parent_path() : parent);
    const UnpackedBackup backup = unpack_backup(file, work.path());
    if (kept && !arguments.has("--old-erasures")) {
        require_erasures_since(backup, *kept);
    }
    if (!context.uses_workspace()) {
        return restore_into_database(context, backup, media, erasures);
    }
    return context.workspace().cluster_directory() ? restore_into_workspace(context, backup, erasures)
                                                   : restore_into_new_workspace(context, backup, erasures);
}

} // namespace

std::vector<Command> backup_commands() {
    const Positional file{"FILE", "The backup's file", Arity::Required};
    return {
        {"backup",
         "create",
         "Writes database and media to one file",
         "companionctl backup create studio.backup",
         {file},
         {{"--overwrite", "", "Replace an existing file"}},
         create_backup},
        {"backup",
         "restore",
         "Restores a backup into an empty workspace or database",
         "companionctl backup restore studio.backup --erasures studio.erasures --workspace ~/restored",
         {file},
         {{"--erasures", "FILE",
           "The file that backup erasures wrote, with what was erased since the backup"},
          {"--old-erasures", "", "Restore even if that file does not cover the time since the backup"},
          {"--no-erasures", "", "Confirm that nobody was erased since the backup"}},
         restore_backup},
        {"backup",
         "erasures",
         "Writes hashes of what a restored backup must erase again",
         "companionctl backup erasures studio.erasures --overwrite",
         {{"FILE", "The file to write", Arity::Required}},
         {{"--overwrite", "", "Replace an existing file"}},
         keep_erasures},
    };
}

} // namespace studio::ctl
