// SPDX-License-Identifier: Apache-2.0
// A file of what a restored backup must erase again: a heading, then a line for each hash. No plain text of a
// person.
#pragma once

#include "db/privacy_store.h"

#include <filesystem>
#include <string>
#include <vector>

namespace studio::ctl {

std::string erasures_text(const std::vector<db::ErasedSubject> &subjects);
// Throws CommandFailure for a file that is none.
std::vector<db::ErasedSubject> read_erasures(const std::filesystem::path &file);

} // namespace studio::ctl
