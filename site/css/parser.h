// SPDX-License-Identifier: Apache-2.0
// CSS Syntax Module Level 3, section 5, as far as a tenant's own CSS needs it.
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
    Tokens block; // without its braces
    bool has_block = false;
    bool complete = true; // false: the text ended before the block did
};

std::vector<Rule> parse_rules(Tokens tokens);

// The parts between separators that stand outside of any bracket.
std::vector<Tokens> split(Tokens tokens, TokenKind separator);
Tokens trimmed(Tokens tokens);
std::string lower_case(std::string_view text);
// Every bracket closes with its own kind.
bool is_balanced(Tokens tokens);

} // namespace studio::site::css
