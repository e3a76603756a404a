// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

#include <vector>

namespace studio::ctl {

// Export, import.
std::vector<Command> tenant_transfer_commands();

} // namespace studio::ctl
