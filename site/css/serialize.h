// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "site/css/tokenizer.h"

#include <string>
#include <vector>

namespace studio::site::css {

// Writes a token as text that is read as the same token again. The text has no comments, no '<' and no
// control characters, so it cannot end a <style> element.
void serialize(std::string &out, const Token &token);
std::string serialize(const std::vector<Token> &tokens);

} // namespace studio::site::css
