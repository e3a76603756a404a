// SPDX-License-Identifier: Apache-2.0
// What a person chose for a photo before it was imported, as the file of waiting photos keeps it.
#pragma once

#include "models/json/json.h"
#include "ui/editor/photos/photo_imports.h"

namespace studio::ui {

// The edits, people, photographer and licence of an import, as JSON for the journal.
models::Json choices_of(const PhotoImport &wanted);
// Members that the JSON lacks stay unchanged. Returns false if the covered areas cannot be read: then the
// photo must not be imported, because it would be shown uncovered.
bool read_choices(const models::Json &json, PhotoImport &wanted);

} // namespace studio::ui
