// SPDX-License-Identifier: Apache-2.0
#include "ui/photos/library_record.h"

#include <QCoreApplication>

namespace studio::ui {

db::LibraryPhoto library_photo(const media::ImportedPhoto &imported) {
    db::LibraryPhoto photo;
    photo.picture = imported.picture;
    photo.photo = imported.photo;
    photo.content_hash = imported.content_hash;
    photo.likeness = imported.likeness;
    for (const auto &file : imported.files) {
        photo.files.push_back({file.key, file.content_type, file.bytes, file.original, false});
    }
    return photo;
}

models::Json to_json(const db::LibraryPhoto &photo) {
    auto files = models::Json::array();
    for (const auto &file : photo.files) {
        files.push_back({{"key", file.key},
                         {"type", file.content_type},
                         {"bytes", file.bytes},
                         {"original", file.original}});
    }
    return {{"picture", photo.picture},
            {"photo", models::to_json(photo.photo)},
            {"hash", photo.content_hash},
            {"likeness", photo.likeness},
            {"people", photo.people ? models::Json(*photo.people) : models::Json()},
            {"photographer", photo.photographer},
            {"licence", photo.licence},
            {"files", files}};
}

std::optional<db::LibraryPhoto> read_library_photo(const models::Json &json) {
    try {
        const auto photos = models::read_photos({{"gallery", models::Json::array({json.at("photo")})}});
        if (photos.gallery.empty()) {
            return std::nullopt;
        }
        db::LibraryPhoto photo;
        photo.photo = photos.gallery.front();
        json.at("picture").get_to(photo.picture);
        json.at("hash").get_to(photo.content_hash);
        json.at("likeness").get_to(photo.likeness);
        if (json.at("people").is_number_integer()) {
            photo.people = json.at("people").get<int>();
        }
        json.at("photographer").get_to(photo.photographer);
        json.at("licence").get_to(photo.licence);
        for (const auto &file : json.at("files")) {
            photo.files.push_back({file.at("key").get<std::string>(), file.at("type").get<std::string>(),
                                   file.at("bytes").get<std::uint64_t>(), file.at("original").get<bool>(),
                                   false});
        }
        return photo;
    } catch (const models::Json::exception &) {
        return std::nullopt;
    }
}

void add_to_library(db::Session &session, const models::TenantId &tenant, const db::LibraryPhoto &photo) {
    db::PhotoLibrary library(session);
    const auto before = library.find(tenant, photo.picture);
    library.add(tenant, photo);
    if (!before) {
        return;
    }
    if (photo.people && *photo.people > before->people.value_or(-1)) {
        library.set_people(tenant, photo.picture, *photo.people);
    }
    if (!photo.photographer.empty() || !photo.licence.empty()) {
        library.set_licence(tenant, photo.picture,
                            photo.photographer.empty() ? before->photographer : photo.photographer,
                            photo.licence.empty() ? before->licence : photo.licence);
    }
}

bool set_people(db::Session &session, const models::TenantId &tenant, const std::string &picture, int people,
                std::optional<int> seen) {
    db::PhotoLibrary library(session);
    const auto photo = library.find(tenant, picture);
    if (photo && photo->people && people < *photo->people && seen != photo->people) {
        return false;
    }
    library.set_people(tenant, picture, people);
    return true;
}

QString raised_words() {
    return QCoreApplication::translate(
        "studio::ui::photos",
        "Somebody raised the number of people in this photo meanwhile. That number stays: "
        "lower it again if fewer people can be recognised.");
}

} // namespace studio::ui
