// SPDX-License-Identifier: Apache-2.0
// How long a service lasts, from the text that its companion wrote.
#pragma once

#include "models/documents/content.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace studio::models {

// The length of time that an English text states: "2 hours", "90 min", "1.5 h", "1 h 30", "three hours",
// "Overnight (12 hours)", "2 days". Parts add up ("1 hour 30 minutes"); of several lengths ("1 hour or 2
// hours") the longest counts, of a range ("2–3 hours") the lower bound. Where no figure says it, "overnight"
// is 12 hours and "weekend" 48. nullopt where the text says no length, or one of more than 31 days.
std::optional<std::chrono::minutes> parse_duration(std::string_view text);

// The service's duration, or the one in its name if it has none; `service` is its id or its name. nullopt if
// there is no such service or it states no duration.
std::optional<std::chrono::minutes> duration_of_service(const Content &content, std::string_view service);

} // namespace studio::models
