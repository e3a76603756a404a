// SPDX-License-Identifier: Apache-2.0
#include "ui/experiments/experiment_figures.h"

#include "models/statistics/beta_posterior.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <cmath>

namespace studio::ui {

namespace {

constexpr int posterior_points = 160;
constexpr double tail = 0.0005; // of each arm, left out at either end

QString tr(const char *text) {
    return QCoreApplication::translate("studio::ui::experiments", text);
}

statistics::Arm arm_of(const std::vector<db::ArmCounts> &counts, const std::string &id) {
    const auto found = std::ranges::find(counts, id, &db::ArmCounts::variant_id);
    return found == counts.end() ? statistics::Arm{} : statistics::Arm{found->conversions, found->visitors};
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
            // A density by log-odds becomes one by the rate.
            densities.push_back(rate <= 0 || rate >= 1
                                    ? 0
                                    : belief.density(std::log(rate / (1 - rate))) / (rate * (1 - rate)));
        }
        points.emplace_back(rate, std::move(densities));
    }
    return points;
}

} // namespace

statistics::EvaluationInput evaluation_input(const models::Experiment &test,
                                             const std::vector<db::ArmCounts> &arms,
                                             const std::vector<db::ArmDay> &days, models::Time phase_start,
                                             models::Time now) {
    statistics::EvaluationInput input;
    for (const auto &arm : test.arms) {
        input.variants.push_back({arm.id, arm_of(arms, arm.id), arm.weight});
    }
    if (test.planned_visitors) {
        input.plan.visitors_per_variant = *test.planned_visitors;
    }
    input.days_running =
        std::max(0, static_cast<int>(std::chrono::floor<std::chrono::days>(now - phase_start).count()));
    const auto first = std::chrono::floor<std::chrono::days>(phase_start);
    for (std::size_t index = 0; index + 1 < days.size(); ++index) { // the last is the present
        statistics::Look look{static_cast<int>((days[index].day - first).count()) + 1, {}};
        for (const auto &arm : test.arms) {
            look.arms.push_back(arm_of(days[index].arms, arm.id));
        }
        input.looks.push_back(std::move(look));
    }
    return input;
}

TestFigures evaluate_test(const models::Experiment &test, std::vector<db::ArmCounts> arms,
                          std::vector<db::ArmDay> days, models::Time phase_start, models::Time now) {
    const auto input = evaluation_input(test, arms, days, phase_start, now);
    return {test, std::move(arms), std::move(days), statistics::evaluate(input), posterior_of(input)};
}

QString arm_name(const models::Experiment &test, const std::string &arm_id) {
    const auto *arm = test.arm(arm_id);
    return QString::fromStdString(arm == nullptr || arm->name.empty() ? arm_id : arm->name);
}

QString action_words(const TestFigures &figures) {
    const auto &recommendation = figures.evaluation.recommendation;
    switch (recommendation.action) {
    case statistics::Action::Winner:
        return tr("%1 wins").arg(arm_name(figures.test, recommendation.winner.value_or("")));
    case statistics::Action::NoDifference:
        return tr("No difference that this test can find");
    case statistics::Action::CannotFinish:
        return tr("This test cannot finish at this traffic");
    case statistics::Action::CheckSetup:
        return tr("Check the set-up: these figures cannot be trusted");
    case statistics::Action::KeepRunning:
        break;
    }
    return recommendation.days ? tr("Keep running: about %1 days more").arg(*recommendation.days)
                               : tr("Keep running");
}

QString weeks_words(const TestFigures &figures) {
    const auto days = figures.evaluation.recommendation.days;
    if (!days) {
        return QStringLiteral("–");
    }
    const int weeks = (*days + 6) / 7;
    return weeks == 1 ? tr("1 week") : tr("%1 weeks").arg(weeks);
}

void fill_arms(FigureTable &table, const TestFigures &figures) {
    std::vector<FigureRow> rows;
    for (const auto &variant : figures.evaluation.variants) {
        const auto arm = arm_of(figures.arms, variant.id);
        const auto end = [&](double statistics::Interval::*which) {
            return variant.wilson ? QVariant((*variant.wilson).*which) : QVariant();
        };
        rows.push_back(
            {{arm_name(figures.test, variant.id), QVariant::fromValue(Share{arm.conversions, arm.visitors}),
              end(&statistics::Interval::low), end(&statistics::Interval::high), qint64(arm.visitors),
              qint64(arm.conversions), variant.p_best, variant.expected_loss},
             QString::fromStdString(variant.id)});
    }
    table.set({{tr("Variant"), FigureKind::Text},
               {tr("Rate"), FigureKind::Share},
               {tr("From"), FigureKind::Percent},
               {tr("To"), FigureKind::Percent},
               {tr("Visitors"), FigureKind::Count},
               {tr("Bookings"), FigureKind::Count},
               {tr("Chance to be best"), FigureKind::Percent},
               {tr("Expected loss"), FigureKind::Percent}},
              std::move(rows));
}

void fill_always_valid(FigureTable &table, const TestFigures &figures) {
    std::vector<FigureRow> rows;
    if (!figures.evaluation.comparisons.empty()) {
        const auto &looks = figures.evaluation.comparisons.front().sequential_over_looks;
        for (std::size_t index = 0; index < looks.size() && index < figures.days.size(); ++index) {
            if (!looks[index] || !looks[index]->relative.interval) {
                continue;
            }
            const auto &interval = *looks[index]->relative.interval;
            const auto day = QDate(1970, 1, 1).addDays(figures.days[index].day.time_since_epoch().count());
            rows.push_back({{QDateTime(day, QTime(0, 0), Qt::UTC), interval.low, interval.high,
                             (interval.low + interval.high) / 2},
                            {}});
        }
    }
    table.set({{tr("Day"), FigureKind::Day},
               {tr("Low end"), FigureKind::Percent},
               {tr("High end"), FigureKind::Percent},
               {tr("Middle"), FigureKind::Percent}},
              std::move(rows));
}

void fill_posterior(FigureTable &table, const TestFigures &figures) {
    std::vector<FigureColumn> columns{{tr("Rate"), FigureKind::Percent}};
    for (const auto &arm : figures.test.arms) {
        columns.push_back({arm_name(figures.test, arm.id), FigureKind::Decimal});
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
