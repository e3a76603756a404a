// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/validation_issue.h"

#include <string>

namespace studio::ctl {

// Finds amounts in a JSON text for the content document's field at `pointer` that are ambiguous: JSON reads
// 1.500 as 1.5, but the person who typed it may have meant 1500. `prefix` goes before the pointers of the
// issues.
models::ValidationIssues ambiguous_amounts(const std::string &json, const std::string &pointer,
                                           const std::string &prefix);

// The same for a whole exported tenant, whose content document is the member "content"; the issues' pointers
// are into the file.
models::ValidationIssues ambiguous_amounts_of_export(const std::string &json);

} // namespace studio::ctl
