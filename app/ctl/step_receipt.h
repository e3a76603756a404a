// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ctl/commands/command.h"

#include <string>

namespace studio::ctl {

// After the database's part of a takedown, a pause or a resume, which changes the pages at once: carries out
// the steps that are due, and adds the receipt of those of the picture. What cannot be done at the store is
// left for the job, and the exit code is 3.
void carry_out_and_tell(Context &context, const models::TenantId &tenant, const std::string &picture,
                        Report &report);

} // namespace studio::ctl
