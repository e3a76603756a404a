// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

namespace studio::ctl {

// `companionctl jobs run winners`: what the public service does every hour, now.
Report run_winners(Context &context);

} // namespace studio::ctl
