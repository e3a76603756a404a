// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace studio::models {

// The zone of a companion whose site names no known time zone; her pages, emails and the database use the
// same one.
inline constexpr const char *default_timezone = "Australia/Sydney";

// An IANA name such as "Australia/Sydney" that the machine's time zone database (tzdata) has, or "UTC".
bool is_timezone(std::string_view name);

// The country that the zone lies in, "AU" for "Australia/Sydney"; "" where the zone belongs to none or the
// machine's tzdata doesn't say.
std::string region_of_timezone(std::string_view name);

// Every name of the time zone database without its "Etc" zones and single words, sorted; "UTC" alone where
// there is no database.
const std::vector<std::string> &timezone_names();

// The first zone that is named after the city, whatever the case of its Latin letters: "Europe/Paris" for
// "paris"; "" where there is none.
std::string timezone_of_city(std::string_view city);

} // namespace studio::models
