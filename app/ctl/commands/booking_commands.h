// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

#include <vector>

namespace studio::ctl {

// Booking, block, webhook.
std::vector<Command> booking_commands();

} // namespace studio::ctl
