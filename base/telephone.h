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

// The one telephone number that `text` consists of, in whatever notation; nullopt where it holds no number,
// several, or other words. `region` is the country whose numbers need no country code ("AU"); "" where it is
// unknown. The tables of number ranges age, so a number that they do not know may still be right: store it as
// it was typed.
std::optional<Telephone> parse_telephone(std::string_view text, std::string_view region);

// The text of each number where a field holds several, separated by "/", ",", ";", "or", "and" or a line
// break; the whole text alone where it isn't such a list.
std::vector<std::string> separate_telephones(std::string_view text, std::string_view region);

// The form by which numbers are compared: E.164 without the extension; nullopt where parse_telephone() gives
// nullopt.
std::optional<std::string> normal_telephone(std::string_view text, std::string_view region);

// The normal forms of the numbers in a field that may hold several, each once.
std::vector<std::string> normal_telephones(std::string_view text, std::string_view region);

// What a link "tel:" may carry: the normal form with its extension (";ext="); for a number that the tables do
// not know, its digits if there are six to fifteen; else nullopt.
std::optional<std::string> telephone_to_dial(std::string_view text, std::string_view region);

} // namespace studio::base
