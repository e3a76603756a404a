// SPDX-License-Identifier: Apache-2.0
// Evaluates an experiment's counts and turns the evaluation into tables of figures. All functions are pure.
#pragma once

#include "db/analytics/figures.h"
#include "db/experiments/experiment_store.h"
#include "models/booking/calendar.h"
#include "models/statistics/evaluation.h"
#include "ui/charts/figure_table_model.h"
#include "ui/charts/line_chart.h"

#include <QStringList>

namespace studio::ui {

// The companion's live page, which an experiment changes.
struct PublishedPage {
    models::TenantId tenant_id;
    std::string subdomain;
    models::Documents documents;
    models::Calendar calendar;             // availability and tours, which the page shows too
    int revision = 0, latest_revision = 0; // 0 means none
};

// Everything that the page shows of one experiment.
struct TestFigures {
    models::Experiment test;
    db::ExperimentCounts counts; // of the current phase
    statistics::Evaluation evaluation;
    std::vector<std::pair<double, std::vector<double>>>
        posterior;        // rates, and each variant's posterior density at each of them
    models::Time since{}; // start of the current phase, which the figures are of
    PublishedPage page{};
    models::Documents tested{}; // the documents that the variants were shown on: the published ones, or those
                                // from before the winner was published
    std::optional<models::Experiment>
        other{}; // another experiment on the same element that runs or is paused
    // True while the winner's revision is still the published one.
    bool can_revert() const {
        return test.decision.is_object() && !test.reverted_at &&
               page.revision == test.decision.value("revision", -1);
    }
};

TestFigures evaluate_test(const models::Experiment &test, db::ExperimentCounts counts,
                          models::Time phase_start);

QString variant_name(const models::Experiment &test, const std::string &variant_id);
// The recommendation, such as "Keep running: about 2 weeks more"; for an experiment that is over, how it
// ended.
QString action_label(const TestFigures &figures);
// The reasons for the recommendation; for an experiment that is over, what its figures said at the end.
QStringList reason_labels(const TestFigures &figures);
QString element_label(models::ExperimentElement element); // "Hero photo"
// "1,200 of the 7,530 visitors that each variant needs"; "" where no number is planned.
QString progress_label(const TestFigures &figures);

// Columns: variant, rate, low and high end of its interval, visitors, bookings, chance to be best, expected
// loss, planned share.
void fill_variants(FigureTableModel &table, const TestFigures &figures);
// Columns: the day, then for each variant but the control its lift over the control so far and the two ends
// of the always-valid interval. The interval is the intersection of all until that day, so it never widens.
void fill_lift(FigureTableModel &table, const TestFigures &figures);
std::vector<LineChart::Style> lift_styles(const TestFigures &figures);
// The range to draw, around the latest intervals, because those of the first days are too wide for a readable
// chart. nullopt where all figures are within it.
std::optional<std::pair<double, double>> readable_range(const FigureTableModel &lift);
void fill_posterior(FigureTableModel &table, const TestFigures &figures);

} // namespace studio::ui
