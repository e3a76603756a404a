// SPDX-License-Identifier: Apache-2.0
#include "ui/experiments/experiment_figures.h"

#include "db/experiments/experiment_evaluation.h"
#include "models/statistics/beta_posterior.h"
#include "ui/charts/format_figure.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <cmath>
#include <limits>

namespace studio::ui {

namespace {

constexpr int posterior_points = 160;
constexpr double tail = 0.0005; // probability left out of the drawing at either end of each variant's curve
constexpr double room_around_latest = 0.4; // as a share of the range of the latest intervals

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::experiments", text);
}

statistics::Arm variant_of(const std::vector<db::VariantCounts> &counts, const std::string &id) {
    const auto found = std::ranges::find(counts, id, &db::VariantCounts::variant_id);
    return found == counts.end() ? statistics::Arm{} : statistics::Arm{found->conversions, found->visitors};
}

double weight_of(const models::Experiment &test, const std::string &id) {
    const auto *arm = test.variant(id);
    return arm == nullptr ? 0 : arm->weight;
}

std::vector<std::pair<double, std::vector<double>>> posterior_of(const statistics::EvaluationInput &input) {
    std::vector<statistics::BetaPosterior> beliefs;
    double low = 1, high = 0;
    for (const auto &variant : input.variants) {
        beliefs.emplace_back(variant.arm, input.prior);
        low = std::min(low, statistics::rate_of_log_odds(beliefs.back().log_odds_quantile(tail)));
        high = std::max(high, statistics::rate_of_log_odds(beliefs.back().log_odds_quantile(1 - tail)));
    }
    std::vector<std::pair<double, std::vector<double>>> points;
    for (int index = 0; index <= posterior_points; ++index) {
        const double rate = low + (high - low) * index / posterior_points;
        std::vector<double> densities;
        for (const auto &belief : beliefs) {
            // Converts a density over log-odds to one over the rate.
            densities.push_back(rate <= 0 || rate >= 1
                                    ? 0
                                    : belief.density(std::log(rate / (1 - rate))) / (rate * (1 - rate)));
        }
        points.emplace_back(rate, std::move(densities));
    }
    return points;
}

} // namespace

TestFigures evaluate_test(const models::Experiment &test, db::ExperimentCounts counts,
                          models::Time phase_start) {
    const auto input = db::evaluation_input(test, counts);
    return {test, std::move(counts), statistics::evaluate(input), posterior_of(input), phase_start, {}, {}};
}

QString variant_name(const models::Experiment &test, const std::string &variant_id) {
    const auto *arm = test.variant(variant_id);
    return QString::fromStdString(arm == nullptr || arm->name.empty() ? variant_id : arm->name);
}

QString action_label(const TestFigures &figures) {
    const auto &test = figures.test;
    const auto &recommendation = figures.evaluation.recommendation;
    if (!test.started_at) {
        return test.status == models::ExperimentStatus::Draft ? tr("Not started: visitors do not see it yet")
                                                              : tr("Discarded before it started");
    }
    if (!test.winner.empty()) {
        return tr("Ended: %1 was declared the winner").arg(variant_name(test, test.winner));
    }
    if (test.status == models::ExperimentStatus::Completed) {
        return tr("Ended without a winner");
    }
    if (test.status == models::ExperimentStatus::Paused && !test.variants.empty()) {
        return tr("Paused: everyone sees “%1”").arg(variant_name(test, test.variants.front().id));
    }
    switch (recommendation.action) {
    case statistics::Action::Winner:
        return tr("%1 wins").arg(variant_name(figures.test, recommendation.winner.value_or("")));
    case statistics::Action::NoDifference:
        return tr("No difference that this test can detect");
    case statistics::Action::CannotFinish:
        return tr("Not enough traffic to finish this test");
    case statistics::Action::CheckSetup:
        return tr("Check the setup: these figures are not reliable");
    case statistics::Action::KeepRunning:
        break;
    }
    if (!recommendation.days) {
        return tr("Keep running");
    }
    const int weeks = (*recommendation.days + 6) / 7;
    return weeks > 1 ? tr("Keep running: about %1 weeks more").arg(weeks)
                     : tr("Keep running: about %1 days more").arg(*recommendation.days);
}

QStringList reason_labels(const TestFigures &figures) {
    const auto &recommendation = figures.evaluation.recommendation;
    if (figures.test.status == models::ExperimentStatus::Completed) {
        switch (recommendation.action) {
        case statistics::Action::Winner:
            return {tr("At the end the evidence favoured %1.")
                        .arg(variant_name(figures.test, recommendation.winner.value_or("")))};
        case statistics::Action::NoDifference:
            return {tr("At the end the figures showed no difference.")};
        case statistics::Action::CheckSetup:
            return {tr("Its figures are not reliable: the traffic split was not as planned.")};
        case statistics::Action::CannotFinish:
        case statistics::Action::KeepRunning:
            break;
        }
        return {tr("It ended before a difference could be detected.")};
    }
    QStringList reasons;
    for (const auto &reason : recommendation.reasons) {
        if (reason.id != "planned_visitors_not_reached") { // the line below says it
            reasons << QString::fromStdString(reason.sentence);
        }
    }
    return reasons;
}

QString element_label(models::ExperimentElement element) {
    switch (element) {
    case models::ExperimentElement::HeroPhoto:
        return tr("Hero photo");
    case models::ExperimentElement::GalleryOrder:
        return tr("Gallery order");
    case models::ExperimentElement::CallToAction:
        return tr("Call to action");
    case models::ExperimentElement::Layout:
        break;
    }
    return tr("Layout");
}

QString progress_label(const TestFigures &figures) {
    const auto planned = figures.evaluation.planned_per_variant;
    if (!planned || figures.test.variants.empty()) {
        return {};
    }
    qint64 smallest = std::numeric_limits<qint64>::max();
    for (const auto &arm : figures.test.variants) {
        smallest = std::min(smallest, qint64(variant_of(figures.counts.variants, arm.id).visitors));
    }
    return tr("%1 of the %2 visitors that each variant needs")
        .arg(format_count(smallest), format_count(*planned));
}

void fill_variants(FigureTableModel &table, const TestFigures &figures) {
    std::vector<FigureRow> rows;
    for (const auto &variant : figures.evaluation.variants) {
        const auto arm = variant_of(figures.counts.variants, variant.id);
        const auto end = [&](double statistics::Interval::*which) {
            return variant.wilson ? QVariant((*variant.wilson).*which) : QVariant();
        };
        rows.push_back(
            {{variant_name(figures.test, variant.id),
              QVariant::fromValue(Share{arm.conversions, arm.visitors}), end(&statistics::Interval::low),
              end(&statistics::Interval::high), qint64(arm.visitors), qint64(arm.conversions), variant.p_best,
              variant.expected_loss, weight_of(figures.test, variant.id)},
             QString::fromStdString(variant.id)});
    }
    table.set({{tr("Variant"), FigureKind::Text},
               {tr("Rate"), FigureKind::Share},
               {tr("At least"), FigureKind::Percent},
               {tr("At most"), FigureKind::Percent},
               {tr("Visitors"), FigureKind::Count},
               {tr("Bookings"), FigureKind::Count},
               {tr("Chance to be best"), FigureKind::Percent},
               {tr("Expected loss"), FigureKind::Percent},
               {tr("Planned share"), FigureKind::Percent}},
              std::move(rows));
}

void fill_lift(FigureTableModel &table, const TestFigures &figures) {
    std::vector<FigureColumn> columns{{tr("Day"), FigureKind::Day}};
    for (std::size_t arm = 1; arm < figures.test.variants.size(); ++arm) {
        const auto name = variant_name(figures.test, figures.test.variants[arm].id);
        columns.push_back({name, FigureKind::Percent});
        columns.push_back({tr("%1, at least").arg(name), FigureKind::Percent});
        columns.push_back({tr("%1, at most").arg(name), FigureKind::Percent});
    }
    std::vector<FigureRow> rows;
    for (std::size_t index = 0; index < figures.counts.days.size(); ++index) {
        const auto day = QDate(1970, 1, 1).addDays(figures.counts.days[index].day.time_since_epoch().count());
        FigureRow row{{QDateTime(day, QTime(0, 0), Qt::UTC)}, {}};
        bool some = false;
        for (std::size_t at = 0; at < figures.evaluation.comparisons.size(); ++at) {
            const auto &looks = figures.evaluation.comparisons[at].sequential_over_looks;
            if (index >= looks.size() || !looks[index] || !looks[index]->relative.interval) {
                row.cells.insert(row.cells.end(), 3, {});
                continue;
            }
            some = true;
            const auto &variants = figures.counts.days[index].variants;
            const auto lift =
                statistics::relative_lift(variant_of(variants, figures.test.variants[0].id),
                                          variant_of(variants, figures.test.variants[at + 1].id));
            const auto &interval = *looks[index]->relative.interval;
            row.cells.insert(row.cells.end(),
                             {lift ? QVariant(*lift) : QVariant(), interval.low, interval.high});
        }
        if (some) {
            rows.push_back(std::move(row));
        }
    }
    table.set(std::move(columns), std::move(rows));
}

std::vector<LineChart::Style> lift_styles(const TestFigures &figures) {
    std::vector<LineChart::Style> styles;
    for (int arm = 1; arm < static_cast<int>(figures.test.variants.size()); ++arm) {
        styles.insert(styles.end(), {{LineChart::Role::Line, arm},
                                     {LineChart::Role::BandLow, arm},
                                     {LineChart::Role::BandHigh, arm}});
    }
    return styles;
}

std::optional<std::pair<double, double>> readable_range(const FigureTableModel &lift) {
    double low = 0, high = 0, lowest = 0, highest = 0;
    const int last = lift.rowCount() - 1;
    for (int column = 1; column < lift.columnCount(); ++column) {
        for (int row = 0; row <= last; ++row) {
            const double number = lift.number(row, column);
            if (std::isfinite(number)) {
                lowest = std::min(lowest, number);
                highest = std::max(highest, number);
                if (row == last) {
                    low = std::min(low, number);
                    high = std::max(high, number);
                }
            }
        }
    }
    const double room = (high - low) * room_around_latest;
    if (room <= 0 || (lowest >= low - room && highest <= high + room)) {
        return std::nullopt;
    }
    return std::pair(std::max(lowest, low - room), std::min(highest, high + room));
}

void fill_posterior(FigureTableModel &table, const TestFigures &figures) {
    std::vector<FigureColumn> columns{{tr("Rate"), FigureKind::Percent}};
    for (const auto &arm : figures.test.variants) {
        columns.push_back({variant_name(figures.test, arm.id), FigureKind::Decimal});
    }
    std::vector<FigureRow> rows;
    for (const auto &[rate, densities] : figures.posterior) {
        FigureRow row{{rate}, {}};
        row.cells.insert(row.cells.end(), densities.begin(), densities.end());
        rows.push_back(std::move(row));
    }
    table.set(std::move(columns), std::move(rows));
}

} // namespace studio::ui
