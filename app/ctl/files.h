// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace studio::ctl {

// The whole file; "-" is standard input. Throws CommandFailure naming `field`, also if the file is larger.
std::string read_file(const std::string &path, const char *field, std::size_t max_bytes);

// Writes the file completely or not at all; only this user may read it. Throws CommandFailure naming `field`.
void write_file(const std::filesystem::path &path, const std::string &text, const char *field);

} // namespace studio::ctl
