// SPDX-License-Identifier: Apache-2.0
#include "media/imported_pictures.h"

#include "media/asset_key.h"
#include "media/photo_measures.h"
#include "media/picture.h"
#include "models/tenant/photo_releases.h"
#include "models/values/web_address.h"

#include <functional>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace studio::media {

namespace {

constexpr std::string_view media_path = "/media/";

// Calls `use` with every text of the document except those meant for people ("alt" and "caption").
void for_each_text(models::Json &value, const std::function<void(std::string &)> &use) {
    if (value.is_string()) {
        use(value.get_ref<std::string &>());
    } else if (value.is_array()) {
        for (auto &part : value) {
            for_each_text(part, use);
        }
    } else if (value.is_object()) {
        for (auto &[key, part] : value.items()) {
            if (key != "alt" && key != "caption") {
                for_each_text(part, use);
            }
        }
    }
}

// Calls `use` with every text that may be the address of a picture: of the photos, and the share picture.
void for_each_address(models::Documents &documents, const std::function<void(std::string &)> &use) {
    for_each_text(documents.photos, use);
    const models::Json::json_pointer shared("/seo/ogImage");
    if (documents.content.contains(shared)) {
        for_each_text(documents.content[shared], use);
    }
}

std::string owner_of(std::string_view url) {
    url.remove_prefix(media_path.size());
    return std::string(url.substr(0, url.find('/')));
}

std::string key_of(const std::string &url) {
    return url.substr(media_path.size());
}

// The copy of one size of a picture: its address, its key in the store, and its bytes.
struct Copy {
    std::string url, key, bytes;
    bool is_there = false;
};

// The copies of all sizes of a picture, by the original's address; nullopt where one of them cannot be
// copied.
std::optional<std::map<std::string, Copy>> copies_of(AssetStore &store, const std::set<std::string> &sizes,
                                                     const std::string &from, const std::string &to) {
    std::map<std::string, Copy> copies;
    for (const std::string &url : sizes) {
        const auto bytes = store.read(key_of(url));
        if (!bytes || models::picture_of(url) == url) {
            return std::nullopt;
        }
        const std::string key = to + key_of(url).substr(from.size());
        const auto there = store.read(key);
        if (there && *there != *bytes) {
            return std::nullopt;
        }
        copies[url] = {std::string(media_path) + key, key, *bytes, there.has_value()};
    }
    return copies;
}

// The first photo of the documents that shows the picture, or one that has only its address.
models::Photo photo_of(const models::Photos &photos, const std::string &picture, const std::string &url) {
    std::vector<const models::Photo *> all{&photos.hero.control};
    for (const auto &variant : photos.hero.variants) {
        all.push_back(&variant.photo);
    }
    for (const auto *list : {&photos.gallery, &photos.testimonials}) {
        for (const models::Photo &photo : *list) {
            all.push_back(&photo);
        }
    }
    for (const models::Photo *photo : all) {
        if (!photo->url.empty() && models::picture_of(photo->url) == picture) {
            return *photo;
        }
    }
    models::Photo plain;
    plain.url = url;
    return plain;
}

// The file that it was made of is not here: its plain picture stands for it where the same photo is looked
// for. The photo itself follows when the documents show the copies. `copies` are by the original's address.
ImportedPhoto imported_photo(const models::Photos &photos, const std::string &picture,
                             const std::map<std::string, Copy> &copies) {
    ImportedPhoto imported;
    const std::string plain = photo_of(photos, picture, copies.begin()->first).url;
    imported.picture = models::picture_of(copies.begin()->second.url);
    imported.photo.url = copies.begin()->second.url;
    for (const auto &[url, copy] : copies) {
        imported.files.push_back(
            {copy.key, content_type_of_key(copy.key), copy.bytes.size(), is_private_key(copy.key)});
        if (url == plain || imported.content_hash.empty()) {
            imported.content_hash = sha256_hex(copy.bytes);
        }
        if (const auto format = picture_format(copy.bytes); format && url == plain) {
            imported.likeness = likeness_of(Picture(copy.bytes, *format, copy.key));
        }
    }
    return imported;
}

} // namespace

ImportedPictures copy_pictures(AssetStore &store, models::Documents &documents, const std::string &from,
                               const std::string &to, const std::set<std::string> &withheld) {
    std::map<std::string, std::set<std::string>> pictures; // all sizes of each
    for_each_address(documents, [&](std::string &url) {
        if (from != to && models::is_media_path(url) && owner_of(url) == from &&
            !withheld.contains(models::picture_of(url))) {
            pictures[models::picture_of(url)].insert(url);
        }
    });
    const models::Photos originals = models::read_photos(documents.photos);
    std::map<std::string, std::string> copied; // original → copy
    ImportedPictures done;
    const auto held = pictures.empty() ? nullptr : store.hold();
    for (const auto &[picture, sizes] : pictures) { // one at a time: the bytes of a thousand are gigabytes
        const auto copies = copies_of(store, sizes, from, to);
        if (!copies) {
            continue;
        }
        for (const auto &[url, copy] : *copies) {
            if (!copy.is_there) {
                store.put(copy.key, copy.bytes, content_type_of_key(copy.key));
            }
            copied[url] = copy.url;
        }
        done.copies.push_back(imported_photo(originals, picture, *copies));
    }
    for_each_address(documents, [&](std::string &url) {
        if (const auto found = copied.find(url); found != copied.end()) {
            url = found->second;
        }
    });
    const models::Photos shown = models::read_photos(documents.photos);
    for (ImportedPhoto &copy : done.copies) {
        copy.photo = photo_of(shown, copy.picture, copy.photo.url);
    }
    done.copied = static_cast<int>(done.copies.size());
    return done;
}

ImportedPictures find_pictures(const models::Documents &documents, const OwnFolders &own) {
    ImportedPictures found;
    models::Documents shown = documents;
    for_each_address(shown, [&](const std::string &url) {
        if (models::is_media_path(url)) {
            if (const std::string owner = owner_of(url); !own.contains(owner)) {
                found.owners.insert(owner);
            }
        } else if (models::is_http_url(url)) {
            found.foreign.insert(url);
        }
    });
    return found;
}

std::set<std::string> missing_pictures(AssetStore &store, const models::Documents &documents,
                                       const OwnFolders &own) {
    std::set<std::string> missing;
    models::Documents shown = documents;
    for_each_address(shown, [&](const std::string &url) {
        const bool is_media = models::is_media_path(url);
        if (is_media ? !own.contains(owner_of(url)) || !store.read(key_of(url)) : models::is_http_url(url)) {
            missing.insert(models::picture_of(url));
        }
    });
    return missing;
}

} // namespace studio::media
