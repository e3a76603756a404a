// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace studio::models {

enum class Severity { Error, Warning };

// One thing wrong with a document. `pointer` is an RFC 6901 JSON pointer into that document ("" is the
// whole), `message` is a full English sentence that names what would be right.
struct ValidationIssue {
    std::string pointer;
    std::string message;
    Severity severity = Severity::Error;
    bool operator==(const ValidationIssue &) const = default;
};

using ValidationIssues = std::vector<ValidationIssue>;

bool has_errors(const ValidationIssues &issues);

} // namespace studio::models
