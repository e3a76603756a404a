// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

namespace studio::ctl {

// Calendars of others whose busy times count, and secret addresses at which others read hers.
std::vector<Command> calendar_commands();

} // namespace studio::ctl
