// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

namespace studio::ctl {

// `companionctl jobs run winners`: does now what the public service does every hour.
Report run_winners(Context &context);

} // namespace studio::ctl
