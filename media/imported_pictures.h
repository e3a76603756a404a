// SPDX-License-Identifier: Apache-2.0
// The pictures that the documents of an imported file show.
#pragma once

#include "media/asset_store.h"
#include "media/photo_importer.h"
#include "models/documents/documents.h"

#include <set>
#include <string>
#include <vector>

namespace studio::media {

// The folders below /media that belong to a companion: models::Tenant::media_folder, and her subdomain, which
// the addresses of older pictures have.
using OwnFolders = std::set<std::string>;

struct ImportedPictures {
    int copied = 0;                    // pictures, each in all its sizes
    std::vector<ImportedPhoto> copies; // the same: the companion's library must learn of them
    std::set<std::string> owners;      // whose folders hold the pictures that were not copied
    std::set<std::string> foreign;     // addresses on other hosts
};

// Copies the pictures in the folder `from` into the media folder `to` and makes the documents show the
// copies. A copy needs a release of its own. A picture is copied in all its sizes or not at all. It is left
// as it is where a file is missing, where `to` has a different file of that name, or where the name contains
// no hash of the content (the name alone could then match a different picture that was released), and where
// `withheld` has it (models::picture_of() of its address): nobody may see it, so no copy may show it.
// `owners` and `foreign` are left empty.
ImportedPictures copy_pictures(AssetStore &store, models::Documents &documents, const std::string &from,
                               const std::string &to, const std::set<std::string> &withheld);

// Finds the pictures that belong to other companions or are on other hosts, without copying any.
ImportedPictures find_pictures(const models::Documents &documents, const OwnFolders &own);

// Addresses in the documents for which the companion's site has no picture: those of other companions and
// hosts, and its own whose file is not in the store. A picture in several sizes is named by the original's
// address.
std::set<std::string> missing_pictures(AssetStore &store, const models::Documents &documents,
                                       const OwnFolders &own);

} // namespace studio::media
