// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace studio::ctl {

// The email address in the value of --email. Throws CommandFailure where there is none.
std::string required_email(const std::string &typed);

} // namespace studio::ctl
