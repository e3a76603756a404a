// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace studio::bench {

// Adds twenty companions, and so many bookings of theirs over two years, the last months of which are to
// come: a fiftieth pending, what is to come agreed, the rest as they end. As the schema's owner; throws
// pqxx's exceptions.
void add_bookings(const std::string &owner_url, int bookings);

} // namespace studio::bench
