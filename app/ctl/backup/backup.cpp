// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/backup/backup.h"

#include "app/ctl/backup/programs.h"
#include "app/ctl/failure.h"
#include "app/ctl/files.h"
#include "app/ctl/text.h"
#include "app/workspace/server_user.h"
#include "db/connection/connection_string.h"
#include "models/documents/parse_document.h"

#include <fmt/format.h>

#include <chrono>
#include <fstream>

namespace studio::ctl {

namespace fs = std::filesystem;

namespace {

constexpr const char *format_name = "companion-studio backup";
constexpr int format_version = 1;

void require_success(const ProgramResult &result, const char *field, const std::string &what) {
    if (result.exit_code == 0) {
        return;
    }
    std::string reason = result.output.substr(0, 600);
    while (!reason.empty() && reason.back() == '\n') {
        reason.pop_back();
    }
    throw CommandFailure(field, fmt::format("{}: {}", what, reason));
}

struct Folder {
    std::uintmax_t files = 0, bytes = 0;
};

Folder measure(const fs::path &path) {
    Folder folder;
    if (!fs::exists(path)) {
        return folder;
    }
    for (const auto &entry : fs::recursive_directory_iterator(path)) {
        if (entry.is_regular_file()) {
            ++folder.files;
            folder.bytes += entry.file_size();
        }
    }
    return folder;
}

// Refuses links, which could lead a later write out of the folder.
void require_plain_files(const fs::path &path) {
    for (const auto &entry : fs::recursive_directory_iterator(path)) {
        if (entry.is_symlink() || !(entry.is_regular_file() || entry.is_directory())) {
            throw CommandFailure("FILE", fmt::format("The backup contains \"{}\", which is neither file nor "
                                                     "folder: it was not made by this program.",
                                                     entry.path().filename().string()));
        }
    }
}

} // namespace

models::Json write_backup(const std::string &url, const fs::path &media, const fs::path &file,
                          const std::map<std::string, std::string> &labels) {
    const TemporaryDirectory work(file.parent_path());
    const db::ProgramAddress address = db::program_address(url);
    require_success(
        run_program({(app::postgresql_programs() / "pg_dump").string(), "--format=custom", "--no-password",
                     "--no-unlogged-table-data",
                     "--exclude-schema=pg_catalog", // its grants are made when a database is created
                     "--file=" + (work.path() / "database.dump").string(), address.database},
                    address.environment),
        "--database", "The database could not be dumped");
    const Folder folder = measure(media);
    models::Json manifest = {
        {"format", format_name},      {"formatVersion", format_version}, {"createdAt", iso_time(base::now())},
        {"mediaFiles", folder.files}, {"mediaBytes", folder.bytes},      {"labels", labels}};
    write_file(work.path() / "manifest.json", manifest.dump(2) + "\n", "FILE");
    fs::create_directory(work.path() / "empty");
    const fs::path archive = work.path() / "archive.tar";
    require_success(run_program({"tar", "--create", "--file", archive.string(), "--owner=0", "--group=0",
                                 "--transform=flags=r;s,^\\.,media,", "-C", work.path().string(),
                                 "manifest.json", "database.dump", "-C",
                                 (fs::exists(media) ? media : work.path() / "empty").string(), "."}),
                    "FILE", "The backup could not be written");
    fs::permissions(archive, fs::perms::owner_read | fs::perms::owner_write);
    std::error_code error;
    fs::rename(archive, file, error);
    if (error) {
        throw CommandFailure("FILE",
                             fmt::format("{} could not be written: {}.", file.string(), error.message()));
    }
    manifest["file"] = file.string();
    manifest["bytes"] = fs::file_size(file);
    return manifest;
}

UnpackedBackup unpack_backup(const fs::path &file, const fs::path &into) {
    if (!fs::is_regular_file(file)) {
        throw CommandFailure("FILE", fmt::format("{} is not a file.", file.string()));
    }
    if (!std::ifstream(file)) {
        throw CommandFailure("FILE", fmt::format("{} cannot be read.", file.string()));
    }
    if (run_program({"tar", "--list", "--file", file.string()}).exit_code != 0) {
        throw CommandFailure("FILE", fmt::format("{} is not a backup, or is damaged.", file.string()));
    }
    require_success(run_program({"tar", "--extract", "--file", file.string(), "-C", into.string(),
                                 "--no-same-owner", "--no-same-permissions"}),
                    "FILE", fmt::format("{} could not be unpacked", file.string()));
    require_plain_files(into);
    UnpackedBackup backup{{}, into / "database.dump", into / "media"};
    if (!fs::exists(into / "manifest.json") || !fs::exists(backup.dump)) {
        throw CommandFailure(
            "FILE",
            fmt::format("{} is not a backup: manifest.json or database.dump is missing.", file.string()));
    }
    auto parsed = models::parse_document(read_file((into / "manifest.json").string(), "FILE", 65'536));
    if (!parsed.issues.empty() || !parsed.document.is_object() ||
        parsed.document.value("format", "") != format_name) {
        throw CommandFailure("FILE", fmt::format("{} is not a backup of this program.", file.string()));
    }
    if (parsed.document.value("formatVersion", 0) != format_version) {
        throw CommandFailure("FILE", "The backup was made by a newer version of this program: update it.");
    }
    backup.manifest = std::move(parsed.document);
    return backup;
}

void restore_database(const std::string &url, const fs::path &dump) {
    const db::ProgramAddress address = db::program_address(url);
    require_success(
        run_program({(app::postgresql_programs() / "pg_restore").string(), "--exit-on-error",
                     "--single-transaction", "--no-password", "--dbname=" + address.database, dump.string()},
                    address.environment),
        "--database", "The database could not be restored; nothing was changed");
}

bool is_empty_folder(const fs::path &path) {
    return !fs::exists(path) || measure(path).files == 0;
}

} // namespace studio::ctl
