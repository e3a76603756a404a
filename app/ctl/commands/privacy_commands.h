// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

#include <vector>

namespace studio::ctl {

// Erase, jobs.
std::vector<Command> privacy_commands();

} // namespace studio::ctl
