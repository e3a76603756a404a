// SPDX-License-Identifier: Apache-2.0
// The pictures that the documents of an imported file show.
#pragma once

#include "media/asset_store.h"
#include "models/documents/documents.h"

#include <set>
#include <string>

namespace studio::media {

struct ImportedPictures {
    int copied = 0;                // pictures, each in all its sizes
    std::set<std::string> owners;  // whose folders hold the pictures that were not copied
    std::set<std::string> foreign; // addresses on other hosts
};

// Copies the pictures of the companion `from` into the folder of `to` and makes the documents show the
// copies. Releases stay with the originals: a copy needs one of its own. A picture is copied in all its sizes
// or not at all: where a file is missing, where `to` has another file of that name, or where the name has no
// hash of the content, and so may stand for another picture that was released, it is left as it is.
ImportedPictures copy_pictures(AssetStore &store, models::Documents &documents, const std::string &from,
                               const std::string &to);

// Names pictures of others and on other hosts in the documents, without copying any.
ImportedPictures find_pictures(const models::Documents &documents, const std::string &subdomain);

// Addresses in the documents that the site of `subdomain` has no picture for: those of other companions and
// hosts, and its own whose file is not in the store. Of a picture in several sizes the original's address.
std::set<std::string> missing_pictures(AssetStore &store, const models::Documents &documents,
                                       const std::string &subdomain);

} // namespace studio::media
