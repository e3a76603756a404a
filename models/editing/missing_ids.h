// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/json/json.h"

namespace studio::models {

// Gives an id to every service and rate of a content document that has none, so that edits, comparisons and
// merges identify elements by id. The id is that of the equal element in `like`, if there is one, else
// "rate-1" and so on by position. `like` is the revision that both sides of a merge began with, its own ids
// already filled in.
void add_missing_ids(Json &content, const Json &like = Json());

} // namespace studio::models
