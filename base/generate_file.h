// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

namespace studio::base {

// The main function of a program that is run while building, as PROGRAM INPUT OUTPUT: writes what `generate`
// makes of the input's text. Returns the exit code: 2 for other arguments, 1 with a message on stderr where a
// file cannot be read or written or `generate` throws.
int generate_file(int count, char **arguments,
                  const std::function<std::string(const std::string &)> &generate);

} // namespace studio::base
