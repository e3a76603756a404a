// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/editing/difference.h"

namespace studio::models {

// What a change means to a person: "Services › Dinner Date › Price: 1,500 → 1,600".
std::string describe(const Change &change, const Documents &before, const Documents &after);

} // namespace studio::models
