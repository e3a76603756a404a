// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

#include <vector>

namespace studio::ctl {

// Publish, status, domain, verify-identity, record-release.
std::vector<Command> tenant_live_commands();

} // namespace studio::ctl
