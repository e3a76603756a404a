// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/documents.h"

namespace studio::models {

// Validation of each document on its own. Errors make a document unpublishable; warnings never do.
ValidationIssues validate(DocumentKind kind, const Json &document);

// All three, and what must agree between them (a testimonial's photo exists …). Pointers are prefixed with
// the document: "/theme/colors/primary", "/photos/hero/variants/0/weight".
ValidationIssues validate(const Documents &documents);

} // namespace studio::models
