// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

#include <vector>

namespace studio::ctl {

// Photos in the platform's store: upload, takedown, pause, resume, reconcile.
std::vector<Command> photo_store_commands();

} // namespace studio::ctl
