// SPDX-License-Identifier: Apache-2.0
// The input of `companionctl experiment evaluate`. docs/statistics.md gives its keys.
#pragma once

#include "models/documents/validation_issue.h"
#include "models/statistics/evaluation.h"

#include <optional>
#include <string_view>

namespace studio::statistics {

// The input, or what is wrong with it: each issue names its field by JSON pointer. A key that is not known is
// an issue too, so that a misspelt one is never ignored.
struct ParsedInput {
    std::optional<EvaluationInput> input;
    models::ValidationIssues issues;
};

constexpr std::size_t max_variants = 20, max_looks = 2000;

ParsedInput parse_evaluation_input(std::string_view text);

} // namespace studio::statistics
