// SPDX-License-Identifier: Apache-2.0
// Turns an experiment's counts into the input of models/statistics, in the same way for the desktop, the job
// and companionctl.
#pragma once

#include "db/analytics/figures.h"
#include "models/statistics/evaluation.h"
#include "models/tenant/experiment.h"

namespace studio::db {

// The input for evaluating an experiment with its present weights. Its last day is the last day of the
// counts.
statistics::EvaluationInput evaluation_input(const models::Experiment &test, const ExperimentCounts &counts);

} // namespace studio::db
