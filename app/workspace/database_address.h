// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace studio::app {

// Reads the value of --database: a postgresql:// URL, or @FILE for a file that contains one, so that no list
// of processes shows its password. Throws WorkspaceError for a file that cannot be read.
std::string read_database_address(const std::string &words);

// Overwrites this process's arguments that contain a password, because every user of the machine can read
// them. Copy them before.
void hide_passwords(int count, char **words);

} // namespace studio::app
