// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace studio::db {

// Throws Error{Invalid} for a name of a companion or person of more than 100 characters, as people count
// them.
void require_short_name(const std::string &name);

} // namespace studio::db
