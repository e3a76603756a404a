// SPDX-License-Identifier: Apache-2.0
// The parts of CSS Syntax Module Level 3, section 5, that a tenant's custom CSS needs.
#pragma once

#include "site/css/tokenizer.h"

#include <span>
#include <string>
#include <vector>

namespace studio::site::css {

using Tokens = std::span<const Token>;

struct Rule {
    std::string at_name; // "media", lower case; "" for a rule with selectors
    Tokens prelude;
    Tokens block; // without the braces around it
    bool has_block = false;
    bool complete = true; // false: the text ended before the block did
};

std::vector<Rule> parse_rules(Tokens tokens);

// The parts between separators, not counting separators inside brackets.
std::vector<Tokens> split(Tokens tokens, TokenKind separator);
Tokens trimmed(Tokens tokens);
std::string lower_case(std::string_view text);
// Every bracket closes with its own kind.
bool is_balanced(Tokens tokens);

} // namespace studio::site::css
