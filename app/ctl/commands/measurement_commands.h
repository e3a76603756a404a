// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

#include <vector>

namespace studio::ctl {

// Analytics service.
std::vector<Command> measurement_commands();

} // namespace studio::ctl
