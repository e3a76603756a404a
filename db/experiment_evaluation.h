// SPDX-License-Identifier: Apache-2.0
// A test's counts as what models/statistics evaluates: the same for the desktop, the job and companionctl.
#pragma once

#include "db/analytics.h"
#include "models/experiment.h"
#include "models/statistics/evaluation.h"

namespace studio::db {

// Counts in the test's order of arms, weights as they are now. `days` are cumulative, the last of them is the
// present. `phase_start` and `now` decide how many whole days the current phase runs.
statistics::EvaluationInput evaluation_input(const models::Experiment &test,
                                             const std::vector<ArmCounts> &arms,
                                             const std::vector<ArmDay> &days, models::Time phase_start,
                                             models::Time now);

} // namespace studio::db
