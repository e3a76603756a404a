// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace studio::renderer {

// What "companion-renderer --help" prints: each variable of the environment, and what it means.
std::string help_text();

// What the program prints for its command-line arguments instead of serving. Error text goes to standard
// error.
struct ProgramAnswer {
    int exit_code = 0;
    std::string text;
};
ProgramAnswer answer_words(const std::vector<std::string_view> &words);

} // namespace studio::renderer
