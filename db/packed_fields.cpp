// SPDX-License-Identifier: Apache-2.0
#include "db/packed_fields.h"

#include "db/error.h"

#include <algorithm>
#include <array>

namespace studio::db {

namespace {

constexpr std::array<std::int8_t, 256> digits = [] {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t digit = 0; digit < 10; ++digit)
        values['0' + digit] = static_cast<std::int8_t>(digit);
    for (std::size_t digit = 10; digit < 16; ++digit)
        values['a' + digit - 10] = static_cast<std::int8_t>(digit);
    return values;
}();

// Of 16 hexadecimal digits.
std::uint64_t number_at(std::string_view text, std::size_t at) {
    std::uint64_t number = 0;
    for (std::size_t place = at; place < at + 16; ++place)
        number = number << 4 | static_cast<std::uint64_t>(digits[static_cast<unsigned char>(text[place])]);
    return number;
}

// The digits of a bytea as text.
std::string_view digits_of(std::string_view field) {
    if (!field.starts_with("\\x"))
        throw Error(ErrorKind::Other, "The database sent bytes in a form that is not known here.");
    return field.substr(2);
}

using Id = std::array<std::uint64_t, 2>;

// Ids are random numbers: a part of one is as good a place in a table as any hash.
std::int64_t count_different(std::string_view text) {
    constexpr Id none{0, 0};
    std::size_t places = 16;
    while (places < text.size() / 32 * 2)
        places *= 2;
    std::vector<Id> table(places, none);
    std::int64_t different = 0;
    bool zero_was_there = false;
    for (std::size_t at = 0; at + 32 <= text.size(); at += 32) {
        const Id id{number_at(text, at), number_at(text, at + 16)};
        if (id == none) {
            different += !zero_was_there;
            zero_was_there = true;
            continue;
        }
        std::size_t place = (id[0] ^ id[1]) & (places - 1);
        while (table[place] != none && table[place] != id)
            place = (place + 1) & (places - 1);
        different += table[place] == none;
        table[place] = id;
    }
    return different;
}

} // namespace

void PackedSums::add(std::string_view field) {
    // Twenty bytes of the array; then of each entry its length in four bytes and the entry in eight.
    constexpr std::size_t head = 40, length = 8, entry = 24;
    const std::string_view text = digits_of(field);
    for (std::size_t at = head; at + entry <= text.size(); at += entry) {
        const std::uint64_t packed = number_at(text, at + length);
        const auto key = static_cast<std::int64_t>(packed >> 32);
        const auto number = static_cast<std::int64_t>(packed & 0xffffffff);
        PackedNumbers &numbers = m_by_key[key / 2];
        (key % 2 == 0 ? numbers.visits : numbers.bookings) += number;
    }
}

std::int64_t different_ids(std::string_view field) {
    return count_different(digits_of(field));
}

} // namespace studio::db
