// SPDX-License-Identifier: Apache-2.0
// What a person chose for a photo before it was imported, as the file of waiting photos keeps it.
#pragma once

#include "models/json/json.h"
#include "ui/editor/photos/photo_imports.h"

namespace studio::ui {

// Its edits, people, photographer and licence.
models::Json choices_of(const PhotoImport &wanted);
// Leaves what the JSON does not have. Covers are never dropped: where they cannot be read, this gives false
// and the photo must not be imported.
bool read_choices(const models::Json &json, PhotoImport &wanted);

} // namespace studio::ui
