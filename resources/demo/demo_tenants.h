// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/tenant.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace studio::demo {

struct DemoTenant {
    std::string subdomain;
    models::TenantStatus status = models::TenantStatus::Active;
    models::Documents documents;
};

// Claire, Sophie and Jessica active, Emma in preview.
std::vector<DemoTenant> demo_tenants();

// The folder with the derivatives that the documents name, laid out as a media folder: beside the program's
// own folder as "demo/media" (a build) or "share/companion-studio/demo/media" (an installation). Nullopt
// where it is not.
std::optional<std::filesystem::path> demo_media_folder();

} // namespace studio::demo
