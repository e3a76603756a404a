// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/photos.h"
#include "models/tenant/tenant.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace studio::demo {

struct DemoFile {
    std::string key, content_type;
    std::uint64_t bytes = 0;
};

struct DemoPhoto {
    std::string picture; // "/media/<media folder>/<hash>"
    models::Photo photo;
    std::string content_hash;
    std::uint64_t likeness = 0;
    std::vector<DemoFile> files;
};

struct DemoTenant {
    std::string subdomain;
    std::string media_folder; // of the subdomain's hash: the same in every build
    models::TenantStatus status = models::TenantStatus::Active;
    models::Documents documents;
    std::vector<DemoPhoto> photos; // all that were drawn
};

// Claire, Sophie and Jessica active, Emma in preview.
std::vector<DemoTenant> demo_tenants();

// The folder with the derivatives that the documents name, laid out as a media folder: beside the program's
// own folder as "demo/media" (a build) or "share/companion-studio/demo/media" (an installation). Nullopt
// where it is not.
std::optional<std::filesystem::path> demo_media_folder();

} // namespace studio::demo
