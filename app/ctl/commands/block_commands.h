// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

namespace studio::ctl {

// block: clients whose requests are stored as spam.
std::vector<Command> block_commands();

} // namespace studio::ctl
