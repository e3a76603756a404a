// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/photos.h"
#include "ui/editor/draft/element_path.h"

#include <QString>

#include <optional>

namespace studio::ui {

class DraftDocument;

// Where an imported photo belongs, described so that it stays valid while the draft is edited.
struct PhotoPlace {
    enum class Kind { Replace, Insert };
    Kind kind = Kind::Replace;
    ElementPath path;    // Replace: the photo's path; Insert: the list's path
    models::Json before; // Insert: the path step of the element before which it goes; null for the end
    bool operator==(const PhotoPlace &) const = default;
};

PhotoPlace place_of_photo(const DraftDocument &document, const QString &pointer);
PhotoPlace place_in_list(const DraftDocument &document, const QString &list, int row);

// Puts the photo there as one edit and returns its pointer; nullopt where the place does not exist.
std::optional<QString> put_photo(DraftDocument &document, const PhotoPlace &place,
                                 const models::Photo &photo);

models::Json to_json(const PhotoPlace &place);
std::optional<PhotoPlace> read_photo_place(const models::Json &json);

} // namespace studio::ui
