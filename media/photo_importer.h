// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/asset_store.h"
#include "media/picture_edits.h"
#include "models/documents/photos.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace studio::media {

// Part of what a key is made of. Raise it when the importer produces different bytes from the same file.
inline constexpr std::string_view photo_pipeline_version = "3";

struct ImportedFile {
    std::string
        key; // "<media folder>/<hash>-1280.avif"; of an original "<media folder>/originals/<hash>.heic"
    std::string content_type;
    std::uint64_t bytes = 0;
    bool original = false; // never shown to anybody without keys
};

struct ImportedPhoto {
    models::Photo photo;        // its id is made from the hash
    std::string picture;        // models::picture_of(photo.url): "/media/<media folder>/<hash>"
    std::string content_hash;   // SHA-256 in hex of the file as it came: finds the same file again, whatever
                                // was done to it
    std::uint64_t likeness = 0; // dHash: few bits apart for pictures that look alike
    std::vector<ImportedFile> files;
};

struct ImportOptions {
    PictureEdits edits;
    bool keep_original = false; // private, as it came, with everything that the file tells
};

// How many bits two pictures' likeness differs in: 6 or fewer look the same, up to 12 similar.
int likeness_distance(std::uint64_t one, std::uint64_t other);

// Turns a picture file into what a page needs: AVIF and WebP 320 to 2560 px wide, never enlarged, and one
// JPEG as the plain url, sRGB, turned upright, without any metadata. Accepts JPEG, PNG, WebP, AVIF, HEIC and
// TIFF up to 80 MB and 100 megapixels.
class PhotoImporter final {
public:
    explicit PhotoImporter(AssetStore &store) : m_store(store) {}
    // `media_folder` is the companion's: models::Tenant::media_folder. Throws Error. The same file with the
    // same edits yields the same keys. Nothing is stored where anything fails.
    ImportedPhoto import_file(const std::filesystem::path &file, const std::string &media_folder,
                              const ImportOptions &options = {});

private:
    AssetStore &m_store;
};

} // namespace studio::media
