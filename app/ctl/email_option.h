// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace studio::ctl {

// The address in what was given as --email. Throws CommandFailure where there is none.
std::string required_email(const std::string &typed);

} // namespace studio::ctl
