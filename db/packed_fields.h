// SPDX-License-Identifier: Apache-2.0
// Inside db only: fields that hold so much that reading them here is faster than taking them apart in SQL.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace studio::db {

// What a packed sum (0040_packed_sums.sql) says of visits and bookings under one key.
struct PackedNumbers {
    std::int64_t visits = 0, bookings = 0;
};

// Adds up fields that are array_send(…) of packed sums whose keys are twice the key, plus one for bookings.
class PackedSums final {
public:
    void add(std::string_view field);
    const std::unordered_map<std::int64_t, PackedNumbers> &by_key() const { return m_by_key; }

private:
    std::unordered_map<std::int64_t, PackedNumbers> m_by_key;
};

// How many different ids a field holds that is string_agg(uuid_send(…), '').
std::int64_t different_ids(std::string_view field);

} // namespace studio::db
