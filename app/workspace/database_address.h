// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace studio::app {

// What --database says: a postgresql:// URL, or @FILE for a file that holds one, so that its password is
// in no list of processes. Throws WorkspaceError for a file that cannot be read.
std::string read_database_address(const std::string &words);

// Overwrites those of this process's own arguments that hold a password: every user of the machine can read
// them. What needs them must copy them before.
void hide_passwords(int count, char **words);

} // namespace studio::app
