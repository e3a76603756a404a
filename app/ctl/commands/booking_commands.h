// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

namespace studio::ctl {

// booking list and show.
std::vector<Command> booking_commands();

} // namespace studio::ctl
