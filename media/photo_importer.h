// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/asset_store.h"
#include "models/documents/photos.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace studio::media {

// Part of the input of a key's hash. Raise it when the importer produces different bytes from the same file.
inline constexpr std::string_view photo_pipeline_version = "1";

// Turns a picture file into what a page needs: WebP derivatives (480, 960, 1440, 1920 px wide, never
// enlarged) and one JPEG of at most 1920 px as the plain url, sRGB, turned upright, without EXIF, XMP, IPTC
// or colour profile. The original is not kept. Refuses other formats than JPEG, PNG, WebP, AVIF and TIFF, and
// files over 80 MB or 100 megapixels.
class PhotoImporter final {
public:
    explicit PhotoImporter(AssetStore &store) : m_store(store) {}
    // The photo has url and derivatives as "/media/<subdomain>/…", width, height, and an id made from the
    // file's name. Throws Error. Importing the same file again yields the same keys.
    models::Photo import_file(const std::filesystem::path &file, const std::string &subdomain);

private:
    AssetStore &m_store;
};

} // namespace studio::media
