// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

namespace studio::ctl {

// Imported calendars, whose busy times block a companion's own, and feeds: secret addresses at which calendar
// programs read hers.
std::vector<Command> calendar_commands();

} // namespace studio::ctl
