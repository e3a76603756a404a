// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/photos/photo_place.h"

#include "models/editing/element_id.h"
#include "ui/editor/draft/draft_document.h"
#include "ui/editor/draft/pointer.h"
#include "ui/editor/photos/photo_field.h"

namespace studio::ui {

PhotoPlace place_of_photo(const DraftDocument &document, const QString &pointer) {
    return {PhotoPlace::Kind::Replace, element_path(document.documents(), pointer), {}};
}

PhotoPlace place_in_list(const DraftDocument &document, const QString &list, int row) {
    PhotoPlace place{PhotoPlace::Kind::Insert, element_path(document.documents(), list), {}};
    const auto index = static_cast<std::size_t>(std::max(0, row));
    if (index < document.size(list)) {
        place.before = element_path(document.documents(), child(list, index)).back();
    }
    return place;
}

namespace {

std::optional<QString> insert_photo(DraftDocument &document, const PhotoPlace &place,
                                    const models::Photo &photo) {
    const auto list = find_pointer(document.documents(), place.path);
    if (!list) {
        return std::nullopt;
    }
    auto element = models::to_json(photo);
    element["id"] = models::new_element_id(photo.id);
    element["alt"] = photo.alt;
    auto at = document.size(*list);
    if (!place.before.is_null()) {
        auto path = place.path;
        path.push_back(place.before);
        if (const auto neighbour = find_pointer(document.documents(), path)) {
            at = neighbour->section(QLatin1Char('/'), -1).toULongLong();
        }
    }
    document.insert(*list, at, element, DraftDocument::tr("Add photo"));
    return child(*list, at);
}

} // namespace

std::optional<QString> put_photo(DraftDocument &document, const PhotoPlace &place,
                                 const models::Photo &photo) {
    if (place.kind == PhotoPlace::Kind::Insert) {
        return insert_photo(document, place, photo);
    }
    const auto pointer = find_pointer(document.documents(), place.path);
    if (pointer) {
        document.set(*pointer, imported_photo(photo, photo_object(document, *pointer)),
                     DraftDocument::tr("Photo"));
    }
    return pointer;
}

models::Json to_json(const PhotoPlace &place) {
    return {{"kind", place.kind == PhotoPlace::Kind::Insert ? "insert" : "replace"},
            {"path", place.path},
            {"before", place.before}};
}

std::optional<PhotoPlace> read_photo_place(const models::Json &json) {
    if (!json.is_object() || !json.contains("path") || !json["path"].is_array() || !json.contains("kind")) {
        return std::nullopt;
    }
    PhotoPlace place;
    place.kind = json["kind"] == "insert" ? PhotoPlace::Kind::Insert : PhotoPlace::Kind::Replace;
    place.path = json["path"].get<ElementPath>();
    place.before = json.value("before", models::Json());
    return place;
}

} // namespace studio::ui
