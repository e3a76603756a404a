// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/content.h"

namespace studio::models {

Json write_content(const Content &content, Json document);

} // namespace studio::models
