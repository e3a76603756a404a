// SPDX-License-Identifier: Apache-2.0
// A test's counts as an evaluation, and the evaluation as tables of figures. All pure.
#pragma once

#include "db/analytics/figures.h"
#include "db/experiments/experiment_store.h"
#include "models/booking/calendar.h"
#include "models/statistics/evaluation.h"
#include "ui/charts/figure_table_model.h"
#include "ui/charts/line_chart.h"

#include <QStringList>

namespace studio::ui {

// What a test changes: the companion's live page.
struct PublishedPage {
    models::TenantId tenant_id;
    std::string subdomain;
    models::Documents documents;
    models::Calendar calendar;             // availability and tours, which the page shows beside them
    int revision = 0, latest_revision = 0; // 0: none
};

// Everything that the page shows of one test.
struct TestFigures {
    models::Experiment test;
    db::ExperimentCounts counts; // of the current phase
    statistics::Evaluation evaluation;
    std::vector<std::pair<double, std::vector<double>>>
        posterior;        // rate, and each variant's density there by the rate
    models::Time since{}; // the current phase; the figures are its own
    PublishedPage page{};
    models::Documents tested{}; // what the variants were shown on: as published, or before the winner was
    std::optional<models::Experiment> other{}; // another test that runs or is paused on the same element
    // The winner's revision is still the published one.
    bool can_revert() const {
        return test.decision.is_object() && !test.reverted_at &&
               page.revision == test.decision.value("revision", -1);
    }
};

TestFigures evaluate_test(const models::Experiment &test, db::ExperimentCounts counts,
                          models::Time phase_start);

QString variant_name(const models::Experiment &test, const std::string &variant_id);
// "Keep running: about 2 weeks more"; of a test that ended, how it ended.
QString action_label(const TestFigures &figures);
// Why; of a test that ended, what its figures said at the end.
QStringList reason_labels(const TestFigures &figures);
QString element_label(models::ExperimentElement element); // "Hero photo"
// "1,200 of the 7,530 visitors that each variant needs"; "" where nothing is planned.
QString progress_label(const TestFigures &figures);

// Variant, rate, low, high, visitors, bookings, chance to be best, expected loss, planned share.
void fill_variants(FigureTableModel &table, const TestFigures &figures);
// Day, then for each variant but the first its lift against the first so far and the two ends of the
// always-valid interval, the narrowest so far: it never opens again.
void fill_lift(FigureTableModel &table, const TestFigures &figures);
std::vector<LineChart::Style> lift_styles(const TestFigures &figures);
// Around the latest intervals: the first days' reach too far for a readable drawing. Nothing where all
// figures lie within.
std::optional<std::pair<double, double>> readable_range(const FigureTableModel &lift);
void fill_posterior(FigureTableModel &table, const TestFigures &figures);

} // namespace studio::ui
