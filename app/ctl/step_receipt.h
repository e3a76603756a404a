// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

#include <string>

namespace studio::ctl {

// Called after the database's part of a takedown, a pause or a resume, which changes the pages at once.
// Carries out the steps that are due, and adds the receipt of the picture's steps to the report. Steps that
// fail at the store are left for the job, and the exit code is 3.
void carry_out_and_tell(Context &context, const models::TenantId &tenant, const std::string &picture,
                        Report &report);

} // namespace studio::ctl
