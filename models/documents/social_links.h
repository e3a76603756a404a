// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/content.h"

#include <optional>
#include <string>

namespace studio::models {

// The profile address for a handle or URL; nullopt where the platform is not known and the value is no
// http(s) URL.
std::optional<std::string> social_url(const SocialLink &link);
std::string social_label(const std::string &platform); // "Instagram"

} // namespace studio::models
