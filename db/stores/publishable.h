// SPDX-License-Identifier: Apache-2.0
// Inside db only: the full validation before anything goes live.
#pragma once

#include "models/documents/documents.h"

namespace studio::db {

// Throws Error{Invalid} naming the first problems.
void require_publishable(const models::Documents &documents, int revision_number);

} // namespace studio::db
