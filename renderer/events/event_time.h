// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/time.h"

#include <optional>
#include <string_view>

namespace studio::renderer {

// "2026-11-23T08:09:10.123Z" or with an offset ("+10:00"), RFC 3339; a fraction beyond microseconds is cut.
// Years 1970 to 9999. A leap second counts as the second after it.
std::optional<base::Time> parse_rfc3339(std::string_view text);

} // namespace studio::renderer
