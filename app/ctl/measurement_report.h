// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"
#include "db/stores/measurement_store.h"

namespace studio::ctl {

// Uptime and load times of the days, with their targets. For operators.
Report measurement_report(db::Session &session, db::DateRange range);

} // namespace studio::ctl
