// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents.h"

#include <QString>

#include <string>
#include <vector>

namespace studio::ui {

// What a new site may start from.
struct StarterSite {
    QString id;
    QString title;
    QString description;
    models::Documents documents;
};

std::vector<StarterSite> starter_sites();
// The documents with this companion's name in them.
models::Documents with_name(models::Documents documents, const std::string &name);

} // namespace studio::ui
