// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

namespace studio::ctl {

// When a companion can be booked, and her stays in other cities.
std::vector<Command> availability_commands();

} // namespace studio::ctl
