// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/arguments.h"
#include "app/ctl/context.h"

#include <string>

namespace studio::ctl {

// The telephone number in the value of --phone, in normal form; as typed if the tables do not know it. A
// number without a country code belongs to the country of the tenant that --tenant names. Throws
// CommandFailure if that country is unknown.
std::string required_phone(Context &context, const Arguments &arguments, const std::string &typed);

} // namespace studio::ctl
