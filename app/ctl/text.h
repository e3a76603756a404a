// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/tenant.h"

#include <cstdint>
#include <string>
#include <vector>

namespace studio::ctl {

// Columns as wide as their longest cell, two spaces between. Ends with a line end.
std::string table(const std::vector<std::string> &headings,
                  const std::vector<std::vector<std::string>> &rows);

// "1 tenant", "2 tenants"; `many` is needed if the plural is not `one` with an s.
std::string counted(std::int64_t count, const std::string &one, const std::string &many = {});

// "2026-11-23T05:11:24Z"
std::string iso_time(models::Time time);

// A random UUID.
std::string make_uuid();

} // namespace studio::ctl
