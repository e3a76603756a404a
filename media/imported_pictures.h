// SPDX-License-Identifier: Apache-2.0
// The pictures that the documents of an imported file show.
#pragma once

#include "app/ctl/commands/command.h"
#include "media/asset_store.h"
#include "models/documents/documents.h"

#include <set>
#include <string>

namespace studio::ctl {

struct ImportedPictures {
    int copied = 0;                // pictures, each in all its sizes
    std::set<std::string> owners;  // whose folders hold the pictures that were not copied
    std::set<std::string> foreign; // addresses on other hosts
};

// Copies the pictures of the companion `from` into the folder of `to` and makes the documents show the
// copies. Releases stay with the originals: a copy needs one of its own. A picture is copied in all its sizes
// or not at all: where a file is missing, where `to` has another file of that name, or where the name has no
// hash of the content, and so may stand for another picture that was released, it is left as it is.
ImportedPictures copy_pictures(media::AssetStore &store, models::Documents &documents,
                               const std::string &from, const std::string &to);

// Names pictures of others and on other hosts in the documents, without copying any.
ImportedPictures find_pictures(const models::Documents &documents, const std::string &subdomain);

// What was copied, and what is to be done about the rest.
void add_pictures(Report &report, const ImportedPictures &pictures);

} // namespace studio::ctl
