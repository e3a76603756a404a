// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/validation_issue.h"
#include "models/json/json.h"

namespace studio::models {

ValidationIssues validate_availability(const Json &document);
ValidationIssues validate_tour(const Json &document);

} // namespace studio::models
