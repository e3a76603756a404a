// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

namespace studio::ctl {

// webhook: addresses that are notified of new bookings.
std::vector<Command> webhook_commands();

} // namespace studio::ctl
