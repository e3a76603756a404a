// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/booking/calendar.h"

namespace studio::models {

// {"availability", "tours", "busy": [[start, end] in microseconds, …]}, as the database gives it. Lenient:
// missing and invalid parts are left out. All busy spans count as bookings.
Calendar read_calendar(const Json &stored, const std::string &home_zone);

} // namespace studio::models
