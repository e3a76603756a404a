// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/values/zoned_time.h"

#include <optional>
#include <string_view>

namespace studio::models {

// A day and a time as people type them where the browser has no picker: what parse_local_date_time() takes,
// or with the month's English name: "14 March 2027, 20:00", "Sun 14th Mar 2027 at 8.30 pm", "March 14, 2027
// 8pm". nullopt for anything else, also for "3/4/2027", which means different days in different countries.
std::optional<LocalDateTime> read_typed_time(std::string_view text);

} // namespace studio::models
