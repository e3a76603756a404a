// SPDX-License-Identifier: Apache-2.0
// The file of what must be erased again after restoring a backup: a heading, the time at which it was
// written, then a line for each hash. It contains no personal data in plain text.
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
