// SPDX-License-Identifier: Apache-2.0
// Text that people write or paste, and its length as people count. All text is UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace studio::base {

bool is_valid_utf8(std::string_view text);

// How many characters a person counts (grapheme clusters: "é" or a flag is one however it is encoded), but
// never fewer than a quarter of the code points, so that N characters take at most 4 N code points. Invalid
// text counts by its bytes.
std::size_t character_count(std::string_view text);
// The first `max_characters` characters; no grapheme cluster is cut in two.
std::string_view first_characters(std::string_view text, std::size_t max_characters);
// At most `max_characters` characters; where something is left out, the last of them is "…". Cut at a space
// if there is one in the second half.
std::string shortened(std::string_view text, std::size_t max_characters);

// A line of text as a person sees it: in Unicode's composed form (NFC), without invisible marks (zero-width
// space, direction marks, soft hyphen, byte order mark, noncharacters), every kind of space replaced by a
// plain one, none at either end. Joiners stay in emoji and in words of scripts that need them. Text without
// anything visible is "". Line breaks within it stay, as "\n", and so do control characters: a check refuses
// them. Invalid UTF-8 is returned unchanged.
std::string clean_line(std::string_view text);
// Like clean_line(), for text of several lines; tabs and no-break spaces stay.
std::string clean_prose(std::string_view text);
// Whether `text` has nothing visible: only spaces, format marks and fillers.
bool is_blank(std::string_view text);

// The text without ASCII white space at either end; for protocols and files, not for what people type.
std::string_view trimmed(std::string_view text);

// The text as it is spelled inside a sentence: with a small first letter, unless the first word keeps its
// capital: one with another capital ("SMS", "WhatsApp"), "I", a day of the week.
std::string inside_sentence(std::string_view text);

// These three ignore the case of ASCII letters only; all other bytes are taken as they are.
std::string lower_case(std::string_view text);
bool equal_ignoring_case(std::string_view first, std::string_view second);
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);

} // namespace studio::base
