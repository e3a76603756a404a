// SPDX-License-Identifier: Apache-2.0
// What importing a calendar needs besides reading it: its address, the period, and the stored report. In the
// target studio::calendar.
#pragma once

#include "models/booking/calendar_import.h"
#include "models/json/json.h"

#include <optional>

namespace studio::models {

// The "https://…" address in what a person pasted, which may begin with webcal://; http:// stays, for tests.
// nullopt for anything else.
std::optional<std::string> calendar_address(std::string_view pasted);

// The two years from yesterday's midnight (UTC). It moves once a day, so that readings on one day give the
// same times.
ImportWindow import_window(Time now);

// What is stored of a reading: {"events": 12, "busy": 8, "problems": ["…"], "unknownZones": ["…"]}, at most
// some 20 kB.
Json import_report(const CalendarImport &import);
// Sentences of a report: what is missing and what to do. Empty if everything was read.
std::vector<std::string> import_gaps(const Json &report);

// {"Customized Time Zone": "Australia/Sydney"}; values that are no time zone are left out.
std::map<std::string, std::string> zone_names(const Json &stored);

} // namespace studio::models
