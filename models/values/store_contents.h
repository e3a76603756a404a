// SPDX-License-Identifier: Apache-2.0
// What the platform's photo store should have, as the database says it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace studio::models {

struct StoreFile {
    std::string key; // "<media folder>/…"
    std::string content_type;
    std::uint64_t bytes = 0; // 0: not known
    bool original = false;   // for nobody without keys
    bool withheld = false;   // of a photo that nobody may see: paused, withdrawn, or its release is over
    bool library = true;     // else only a document names it, as it was added before there was a library
    bool stored = false;     // the store has it; of a photo in no library: a published page or an active test
                             // shows it
    bool seen() const { return !original && !withheld; }
};

struct StoreContents {
    std::vector<StoreFile> files;     // each key once, in order
    std::vector<std::string> folders; // of the companions: "<media folder>", and that of older photos
};

} // namespace studio::models
