// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

namespace studio::ctl {

// booking add, accept, decline, propose, ask, move, cancel, complete, no-show, spam, reopen, undo, note and
// deposit.
std::vector<Command> booking_decision_commands();

} // namespace studio::ctl
