// SPDX-License-Identifier: Apache-2.0
// A test's counts as what models/statistics evaluates: the same for the desktop, the job and companionctl.
#pragma once

#include "db/analytics/figures.h"
#include "models/statistics/evaluation.h"
#include "models/tenant/experiment.h"

namespace studio::db {

// Weights as they are now. The last of the counts' days is the present.
statistics::EvaluationInput evaluation_input(const models::Experiment &test, const ExperimentCounts &counts);

} // namespace studio::db
