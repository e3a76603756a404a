// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

namespace studio::ctl {

// Emails and notifications that could not be delivered.
std::vector<Command> outbox_commands();

} // namespace studio::ctl
