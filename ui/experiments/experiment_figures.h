// SPDX-License-Identifier: Apache-2.0
// A test's counts as an evaluation, and the evaluation as tables of figures. All pure.
#pragma once

#include "db/analytics.h"
#include "db/experiment_store.h"
#include "models/statistics/evaluation.h"
#include "ui/charts/figure_table.h"

namespace studio::ui {

// Everything that the page shows of one test.
struct TestFigures {
    models::Experiment test;
    std::vector<db::ArmCounts> arms; // of the current phase
    std::vector<db::ArmDay> days;    // cumulative
    statistics::Evaluation evaluation;
    std::vector<std::pair<double, std::vector<double>>>
        posterior; // rate, and each arm's density there by the rate
};

// Counts in the test's order of arms; weights as they are now. `now` decides how many days it runs.
statistics::EvaluationInput evaluation_input(const models::Experiment &test,
                                             const std::vector<db::ArmCounts> &arms,
                                             const std::vector<db::ArmDay> &days, models::Time phase_start,
                                             models::Time now);
TestFigures evaluate_test(const models::Experiment &test, std::vector<db::ArmCounts> arms,
                          std::vector<db::ArmDay> days, models::Time phase_start, models::Time now);

QString arm_name(const models::Experiment &test, const std::string &arm_id);
QString action_words(const TestFigures &figures); // "Keep running: about 14 days more"
QString weeks_words(const TestFigures &figures);

// Variant, rate, low, high (Wilson), visitors, bookings, chance to be best, expected loss.
void fill_arms(FigureTable &table, const TestFigures &figures);
// Day, low and high end of the always-valid interval of the first treatment's lift against control, the
// narrowest so far: it never opens again.
void fill_always_valid(FigureTable &table, const TestFigures &figures);
void fill_posterior(FigureTable &table, const TestFigures &figures);

} // namespace studio::ui
