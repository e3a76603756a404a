// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace studio::app {

// The directory with initdb and pg_ctl of the given major version, or of the newest one for 0.
std::filesystem::path postgresql_programs(int major_version = 0);

// The user that the server runs as: postgres for root, else this user.
unsigned int server_user_id();

// Makes the user that the server runs as the owner of the path; does nothing if that is this user.
void give_to_server_user(const std::filesystem::path &path);

} // namespace studio::app
