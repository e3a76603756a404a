// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace studio::bench {

// Adds twenty companions and the given number of bookings, spread over two years of which the last months are
// in the future: a fiftieth is pending, future ones are agreed, past ones have ended in some way. Needs the
// schema's owner; throws pqxx's exceptions.
void add_bookings(const std::string &owner_url, int bookings);

} // namespace studio::bench
