// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/editing/difference.h"

#include <string>
#include <vector>

namespace studio::models {

// What a change means to a person: "Services › Dinner Date › Price: 1,500 → 1,600".
std::string describe(const Change &change, const Documents &before, const Documents &after);
// All changes, a line each. What the program writes for a photo (address, sizes, luminance) is one line of
// the photo: "Hero photo: another photo (“At the harbour”)".
std::vector<std::string> describe_all(const Documents &before, const Documents &after);

} // namespace studio::models
