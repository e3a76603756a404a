// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/file_facts.h"

#include <string>

namespace studio::media {

// "near Sydney, Australia, 4 km from its centre", or "in Sydney, Australia" within a kilometre. Of the four
// hundred cities of the time zone database (zone.tab of Debian's tzdata), so no network is asked. "" where
// the nearest is farther than 300 km, where the position is not one, and where the list is missing.
std::string place_in_words(const GeoPoint &place);

} // namespace studio::media
