// SPDX-License-Identifier: Apache-2.0
// The JSON value used for documents everywhere: it keeps the order of keys as read.
#pragma once

#include <nlohmann/json.hpp>

namespace studio::models {

using Json = nlohmann::ordered_json;

} // namespace studio::models
