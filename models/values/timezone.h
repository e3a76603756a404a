// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace studio::models {

// An IANA name such as "Australia/Sydney", or "UTC". The names are compiled in, so that it holds on a machine
// without tzdata too; a zone that only the machine's newer tzdata knows is accepted as well.
bool is_timezone(std::string_view name);

// The country that the zone lies in, "AU" for "Australia/Sydney"; "" where the zone belongs to none or the
// machine's tzdata doesn't say.
std::string region_of_timezone(std::string_view name);

// All compiled-in names, sorted.
std::span<const std::string_view> timezone_names();

} // namespace studio::models
