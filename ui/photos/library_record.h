// SPDX-License-Identifier: Apache-2.0
// An imported photo as the library has it, and as a file keeps it until the database has it.
#pragma once

#include "db/stores/photo_library.h"
#include "media/photo_importer.h"
#include "models/json/json.h"

#include <QString>

#include <optional>
#include <string>

namespace studio::ui {

db::LibraryPhoto library_photo(const media::ImportedPhoto &imported);

models::Json to_json(const db::LibraryPhoto &photo);
// nullopt where this is not such a photo.
std::optional<db::LibraryPhoto> read_library_photo(const models::Json &json);

// Adds the photo. Of one that is there already, the photographer and the licence become what `photo` says of
// them, unless it says nothing; the number of people too, unless it is lower: `photo` may be older. Throws
// db::Error; repeating it does no harm.
void add_to_library(db::Session &session, const models::TenantId &tenant, const db::LibraryPhoto &photo);

// Sets how many people can be recognised. False, and nothing is changed, where the number would fall and is
// not the one that was `seen` when the person said so: somebody raised it meanwhile.
bool set_people(db::Session &session, const models::TenantId &tenant, const std::string &picture, int people,
                std::optional<int> seen);
QString raised_words();

} // namespace studio::ui
