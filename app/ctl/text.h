// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/tenant.h"

#include <string>
#include <vector>

namespace studio::ctl {

// Columns as wide as their longest cell, two spaces between. Ends with a line end.
std::string table(const std::vector<std::string> &headings,
                  const std::vector<std::vector<std::string>> &rows);

// "2026-11-23T05:11:24Z"
std::string iso_time(models::Time time);

// A random UUID.
std::string make_uuid();

} // namespace studio::ctl
