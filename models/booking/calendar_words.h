// SPDX-License-Identifier: Apache-2.0
// The texts about a companion's hours and tours on her pages, which replace those that she wrote by hand.
#pragma once

#include "models/booking/calendar.h"
#include "models/documents/content.h"

#include <string>
#include <vector>

namespace studio::models {

// "Monday to Friday 10:00–18:00, Saturday 12:00–02:00"; "" if no day has hours.
std::string hours_words(const WeeklyHours &weekly);

// One for each tour that the public may know of and that is not over: "Melbourne, 3–7 March 2027", by its
// month alone "Melbourne, March 2027". `today` is the date at home.
std::vector<std::string> tour_words(const Calendar &calendar, Day today);

// Puts both into what a page shows: where she keeps a calendar, the texts that she wrote by hand step back.
// The calendar learns for which day it is shown. Throws std::runtime_error where the machine does not know
// her zone and she is on tours.
void show_calendar(Calendar &calendar, Time now, Content &content);

} // namespace studio::models
