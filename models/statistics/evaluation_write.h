// SPDX-License-Identifier: Apache-2.0
// The JSON of `companionctl experiment evaluate`. docs/statistics.md gives its keys.
#pragma once

#include "models/json/json.h"
#include "models/statistics/evaluation.h"

namespace studio::statistics {

// Undefined figures are null.
models::Json to_json(const Evaluation &evaluation);

} // namespace studio::statistics
