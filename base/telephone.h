// SPDX-License-Identifier: Apache-2.0
// Telephone numbers, by libphonenumber's tables of the world's numbering plans.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio::base {

struct Telephone {
    std::string number;    // E.164: "+442079460958"
    std::string extension; // "12"; mostly ""
    bool operator==(const Telephone &) const = default;
};

// The one number that `text` is, however it is written; nothing where it is none, more than one, or a
// sentence. `region` is the country whose numbers need no country code ("AU"); "" where it is unknown. The
// tables age, so a number that is not found is not therefore wrong: keep it as it was typed.
std::optional<Telephone> parse_telephone(std::string_view text, std::string_view region);

// The numbers' texts where a field holds several with "/", ",", ";", "or", "and" or a line's end between
// them; the whole text alone where it isn't such a list.
std::vector<std::string> separate_telephones(std::string_view text, std::string_view region);

// The form that is compared: the E.164 number without its extension; nothing as for parse_telephone().
std::optional<std::string> normal_telephone(std::string_view text, std::string_view region);

// The normal forms of the numbers in a field that may hold several, each once.
std::vector<std::string> normal_telephones(std::string_view text, std::string_view region);

// What a link "tel:" may carry: the normal form with its extension (";ext="); of a number that the tables do
// not know its digits, where they are at least six and at most fifteen; else nothing.
std::optional<std::string> telephone_to_dial(std::string_view text, std::string_view region);

} // namespace studio::base
