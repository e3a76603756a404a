// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"

#include <filesystem>

namespace studio::app {

// Creates the demo tenants claire, sophie, jessica (active) and emma (preview) with their drawn pictures,
// through the same stores and importer that the desktop uses. Does nothing to a tenant that exists already.
void seed_demo(db::Session &operator_session, const std::filesystem::path &media_root);

} // namespace studio::app
