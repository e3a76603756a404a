// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/s3/signature.h"

#include <optional>

namespace studio::media::s3 {

// STUDIO_S3_KEY and STUDIO_S3_SECRET; nullopt where one of them is missing.
std::optional<Credentials> credentials_in_environment();

} // namespace studio::media::s3
