// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace studio::ctl {

// Runs the command line and returns the exit code.
int run(const std::vector<std::string> &words, std::ostream &out, std::ostream &err);

} // namespace studio::ctl
