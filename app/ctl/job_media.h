// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

namespace studio::ctl {

// `companionctl jobs run media`: carries out what takedowns, pauses and resumes left to do at the store and
// the CDN.
Report run_media(Context &context);

} // namespace studio::ctl
