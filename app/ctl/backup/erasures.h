// SPDX-License-Identifier: Apache-2.0
// A file of what a restored backup must erase again: a heading, when it was written,
// then a line for each hash. No plain text of a
// person.
#pragma once

#include "db/stores/privacy_store.h"

#include <filesystem>
#include <string>
#include <vector>

namespace studio::ctl {

struct KeptErasures {
    base::Time written_at{};
    std::vector<db::ErasedSubject> subjects;
};

std::string erasures_text(const KeptErasures &erasures);
// Throws CommandFailure for a file that is no list of erasures.
KeptErasures read_erasures(const std::filesystem::path &file);

} // namespace studio::ctl
