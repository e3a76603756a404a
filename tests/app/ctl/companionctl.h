// SPDX-License-Identifier: Apache-2.0
// Runs the real companionctl as a person would.
#pragma once

#include "models/json/json.h"

#include <filesystem>
#include <string>
#include <vector>

namespace studio::ctl_tests {

struct Answer {
    int exit_code = -1;
    std::string out, err;
    models::Json json() const; // `out` as JSON; a discarded value if it is not JSON
};

// `input` goes to standard input.
Answer run(const std::vector<std::string> &words, const std::string &input = {});

// A directory of this test program, removed at its end.
const std::filesystem::path &scratch();

// An empty local workspace that runs for the whole program.
const std::string &workspace();

// Runs companionctl on that workspace.
Answer ctl(std::vector<std::string> words, const std::string &input = {});
// The same with --json, which must succeed.
models::Json answer(std::vector<std::string> words, const std::string &input = {});

// A small picture; `shade` makes pictures differ.
std::filesystem::path picture(const std::string &name, int shade);

// Creates the tenant if it does not exist.
void make_tenant(const std::string &subdomain);

} // namespace studio::ctl_tests
