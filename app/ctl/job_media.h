// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

namespace studio::ctl {

// `companionctl jobs run media`: carries out the steps of takedowns, pauses and resumes that are still open
// at the store and the CDN.
Report run_media(Context &context);

} // namespace studio::ctl
