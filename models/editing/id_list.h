// SPDX-License-Identifier: Apache-2.0
// Lists whose elements all are objects with an "id" that no other element has: they are compared by id.
#pragma once

#include "models/json/json.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace studio::models {

// The ids of a list in order, as JSON text so that 1 and "1" differ; nullopt if the value is no list whose
// elements have ids. An empty list gives an empty result.
std::optional<std::vector<std::string>> list_ids(const Json &value);

std::map<std::string, std::size_t> index_by_id(const std::vector<std::string> &ids);

// Whether two values are equal, apart from the order of keys in objects.
bool same_value(const Json &first, const Json &second);

} // namespace studio::models
