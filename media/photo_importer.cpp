// SPDX-License-Identifier: Apache-2.0
#include "media/photo_importer.h"

#include "media/asset_key.h"
#include "media/photo_measures.h"
#include "media/picture.h"
#include "media/picture_file.h"

#include <algorithm>
#include <bit>
#include <new>
#include <set>

namespace studio::media {
namespace {

constexpr int smallest_side = 16; // pixels that a crop must leave

struct Output {
    ImportedFile file;
    std::string bytes, format;
    int width = 0;
};

const char *ending_of(PictureFormat format) {
    switch (format) {
    case PictureFormat::Jpeg:
        return ".jpg";
    case PictureFormat::Png:
        return ".png";
    case PictureFormat::Webp:
        return ".webp";
    case PictureFormat::Avif:
        return ".avif";
    case PictureFormat::Heic:
        return ".heic";
    case PictureFormat::Tiff:
        return ".tif";
    }
    return "";
}

// Stores all files or none: when the store fails half way, the files that this call added are removed again.
void put_all(AssetStore &store, const std::vector<Output> &outputs, const std::string &stem,
             const std::string &original) {
    const auto held = store.hold();
    std::set<std::string> present;
    for (const std::string &prefix : {stem + "-", original}) {
        for (const auto &asset : store.list(prefix)) {
            present.insert(asset.key);
        }
    }
    std::vector<std::string> added;
    try {
        for (const auto &output : outputs) {
            if (present.contains(output.file.key)) {
                continue;
            }
            store.put(output.file.key, output.bytes, output.file.content_type);
            added.push_back(output.file.key);
        }
    } catch (...) {
        for (const auto &key : added) {
            store.remove(key);
        }
        throw;
    }
}

Output output_of(const std::string &key, std::string bytes, const std::string &format, int width) {
    const std::uint64_t size = bytes.size();
    return {{key, content_type_of_key(key), size, is_private_key(key)}, std::move(bytes), format, width};
}

// `stem` is "<media folder>/<hash32>".
std::vector<Output> encode(const Picture &picture, const std::string &stem) {
    const auto key = [&](int width, const char *ending) {
        return stem + "-" + std::to_string(width) + ending;
    };
    std::vector<Output> outputs;
    for (const int width : derivative_widths(picture.width())) {
        const Picture sized = picture.resized(width);
        outputs.push_back(output_of(key(width, ".avif"), sized.avif(), "avif", width));
        outputs.push_back(output_of(key(width, ".webp"), sized.webp(), "webp", width));
    }
    const int width = std::min(plain_picture_width, picture.width());
    outputs.push_back(output_of(key(width, ".jpg"), picture.resized(width).jpeg(), "jpeg", width));
    return outputs;
}

ImportedPhoto describe(const Picture &picture, const std::vector<Output> &outputs, const std::string &stem) {
    ImportedPhoto imported;
    imported.picture = "/media/" + stem;
    imported.likeness = likeness_of(picture);
    models::Photo &photo = imported.photo;
    photo.id = stem.substr(stem.find('/') + 1, 12);
    photo.width = picture.width();
    photo.height = picture.height();
    photo.placeholder = placeholder_of(picture);
    photo.luminance = text_luminance_of(picture);
    for (const auto &output : outputs) {
        imported.files.push_back(output.file);
        if (output.format == "jpeg") {
            photo.url = "/media/" + output.file.key;
        } else if (!output.file.original) {
            photo.derivatives.push_back({"/media/" + output.file.key, output.width, output.format});
        }
    }
    return imported;
}

// What a key is made of: a change of any of it is another picture.
std::string identity_of(const PictureEdits &edits, const std::string &file_hash) {
    return std::string(photo_pipeline_version) + "\n" + to_text(edits) + "\n" + file_hash;
}

} // namespace

int likeness_distance(std::uint64_t one, std::uint64_t other) {
    return std::popcount(one ^ other);
}

ImportedPhoto PhotoImporter::import_file(const std::filesystem::path &file, const std::string &media_folder,
                                         const ImportOptions &options) {
    const std::string name = file.filename().string();
    if (!is_media_folder(media_folder)) {
        throw Error(ErrorKind::Forbidden, "“" + name + "” was not imported: “" + media_folder +
                                              "” is not a companion's media folder (32 hex digits).");
    }
    try {
        SourcePicture source = read_source_picture(file);
        const std::string hash = sha256_hex(source.bytes);
        const std::string stem = key_of_content(media_folder, identity_of(options.edits, hash), "");
        const Picture picture(source.bytes, source.format, name, options.edits);
        if (options.edits.crop && std::min(picture.width(), picture.height()) < smallest_side) {
            throw Error(ErrorKind::NotAnImage,
                        "The crop leaves fewer than 16 pixels of “" + name + "”. Choose a larger part.");
        }
        if (!options.keep_original) {
            std::string().swap(source.bytes); // up to 80 MB that nobody needs any longer
        }
        auto outputs = encode(picture, stem);
        const std::string original =
            media_folder + "/originals" + stem.substr(media_folder.size()) + ending_of(source.format);
        if (options.keep_original) {
            outputs.push_back(output_of(original, std::move(source.bytes), "original", 0));
        }
        put_all(m_store, outputs, stem, original);
        ImportedPhoto imported = describe(picture, outputs, stem);
        imported.content_hash = hash;
        return imported;
    } catch (const std::bad_alloc &) {
        throw Error(ErrorKind::TooLarge,
                    "Not enough memory for “" + name + "”. Close other programs or choose a smaller copy.");
    }
}

} // namespace studio::media
