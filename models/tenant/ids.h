// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/id.h"

namespace studio::models {

// UUIDs in their usual text form, lower case.
using TenantId = base::Id<struct TenantTag>;
using SessionId = base::Id<struct SessionTag>; // of a visit: table sessions

} // namespace studio::models
