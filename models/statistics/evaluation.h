// SPDX-License-Identifier: Apache-2.0
// Evaluates an experiment's counts: every figure that follows from them.
#pragma once

#include "models/statistics/recommendation.h"
#include "models/statistics/sample_size.h"
#include "models/statistics/sequential.h"

#include <string>
#include <vector>

namespace studio::statistics {

// How many visitors the test needs. Without `visitors_per_variant` the number follows from the other members;
// without `baseline`, control's present rate is used.
struct Plan {
    std::optional<std::int64_t> visitors_per_variant;
    std::optional<double> baseline; // 0 < baseline < 1
    double lift = 0.2;              // relative, not 0
    double power = 0.8;
    int max_weeks = usual_max_weeks;
};

// An interim evaluation at an earlier moment: counts since the start, in the order of the variants.
struct Look {
    std::optional<int> days; // whole days since the start
    std::vector<Arm> arms;
};

struct EvaluationInput {
    double alpha = 0.05; // every interval is at 1 - alpha
    Prior prior;
    std::optional<double> sequential_tuning_visitors; // else both arms' planned visitors, else 5000
    std::vector<TestState::Variant> variants;         // control first, at least two, ids differ
    Plan plan;
    std::optional<int> days_running;
    std::optional<double> visitors_per_week; // of all arms; else from days_running
    std::vector<Look> looks;                 // earlier ones, oldest first
};

struct VariantFigures {
    std::string id;
    std::optional<double> rate;
    std::optional<Interval> wilson;
    Interval credible;
    double p_best = 0, expected_loss = 0; // the loss in rate, not in per cent of it
};

// Treatment against control.
struct Comparison {
    std::string id;
    std::optional<double> difference, lift;
    std::optional<double> p_pooled, p_unpooled, p_fisher;
    std::optional<Interval> newcombe;
    double p_greater = 0;
    LiftBelief lift_belief;
    std::optional<SequentialFigures> sequential; // of the present counts alone
    std::vector<std::optional<SequentialFigures>>
        sequential_over_looks;                 // combined up to each look, the present last
    std::optional<double> p_holm;              // of p_pooled over the treatments
    std::optional<double> p_always_valid_holm; // of the absolute p over looks and treatments
};

struct Evaluation {
    double alpha = 0.05;
    std::vector<VariantFigures> variants;
    std::vector<Comparison> comparisons;
    SampleRatio sample_ratio;
    std::optional<std::int64_t> planned_per_variant;
    Recommendation recommendation;
};

// The input must fulfil the comments above; evaluation_parse.h returns only such inputs.
Evaluation evaluate(const EvaluationInput &input);

// The parts that a recommendation needs, without the costly figures.
TestState test_state(const EvaluationInput &input);

} // namespace studio::statistics
