// SPDX-License-Identifier: Apache-2.0
// A backup is a tar file of manifest.json, database.dump (pg_dump's custom format) and media/.
#pragma once

#include "models/json/json.h"

#include <filesystem>
#include <map>
#include <string>

namespace studio::ctl {

// Writes a backup completely or not at all. The login of `url` must be able to read every row: the schema's
// owner or a superuser. `labels` are those of a workspace's logins, so that a restore can give them back.
// Throws CommandFailure.
models::Json write_backup(const std::string &url, const std::filesystem::path &media,
                          const std::filesystem::path &file,
                          const std::map<std::string, std::string> &labels);

// A backup's parts, unpacked into a folder. Throws CommandFailure for a file that is no backup.
struct UnpackedBackup {
    models::Json manifest;
    std::filesystem::path dump, media;
};
UnpackedBackup unpack_backup(const std::filesystem::path &file, const std::filesystem::path &into);

// Restores into an empty database, in one transaction: afterwards everything is there or nothing.
void restore_database(const std::string &url, const std::filesystem::path &dump);

// Whether the folder has no files or does not exist.
bool is_empty_folder(const std::filesystem::path &path);

} // namespace studio::ctl
