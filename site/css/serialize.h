// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "site/css/tokenizer.h"

#include <string>
#include <vector>

namespace studio::site::css {

// Text that tokenizes to the same again, without comments, '<' or any byte outside of printable ASCII beside
// UTF-8 letters: nothing in it can end a <style> element.
void serialize(std::string &out, const Token &token);
std::string serialize(const std::vector<Token> &tokens);

} // namespace studio::site::css
