// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

namespace studio::ctl {

// availability show, set, block and unblock; tour add, list and remove; calendar list, import, remove, feed
// and revoke.
std::vector<Command> availability_commands();

} // namespace studio::ctl
