// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/arguments.h"
#include "app/ctl/context.h"

#include <string>

namespace studio::ctl {

// The number in what was given as --phone, as it is compared; as it was typed where the tables do not know
// it. One without a country code is one of the country of the tenant that --tenant names. Throws
// CommandFailure where the country is not known.
std::string required_phone(Context &context, const Arguments &arguments, const std::string &typed);

} // namespace studio::ctl
