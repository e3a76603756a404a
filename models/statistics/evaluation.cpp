// SPDX-License-Identifier: Apache-2.0
#include "models/statistics/evaluation.h"

#include "models/statistics/multiple_comparisons.h"
#include "models/statistics/proportions.h"

#include <algorithm>
#include <cmath>

namespace studio::statistics {

namespace {

constexpr int days_a_week = 7;

// The earlier interim evaluations, then the present one.
std::vector<Look> all_looks(const EvaluationInput &input) {
    std::vector<Look> looks = input.looks;
    Look present{input.days_running, {}};
    for (const auto &variant : input.variants) {
        present.arms.push_back(variant.arm);
    }
    looks.push_back(std::move(present));
    return looks;
}

bool after_whole_weeks(const Look &look) {
    return !look.days || (*look.days >= days_a_week && *look.days % days_a_week == 0);
}

bool big_enough(const Arm &arm) {
    return arm.visitors >= min_visitors && arm.conversions >= min_conversions;
}

SequentialSettings settings_of(const EvaluationInput &input) {
    SequentialSettings settings;
    settings.alpha = input.alpha;
    if (input.sequential_tuning_visitors) {
        settings.tuning_visitors = *input.sequential_tuning_visitors;
    } else if (input.plan.visitors_per_variant) {
        settings.tuning_visitors = 2 * static_cast<double>(*input.plan.visitors_per_variant);
    }
    return settings;
}

std::optional<std::int64_t> planned_visitors(const EvaluationInput &input) {
    const Plan &plan = input.plan;
    if (plan.visitors_per_variant) {
        return plan.visitors_per_variant;
    }
    SampleSizeQuestion question;
    question.baseline = plan.baseline.value_or(rate(input.variants.front().arm).value_or(0));
    question.lift = plan.lift;
    question.alpha = input.alpha;
    question.power = plan.power;
    question.variants =
        static_cast<int>(std::count_if(input.variants.begin(), input.variants.end(),
                                       [](const TestState::Variant &variant) { return variant.weight > 0; }));
    if (!(question.baseline > 0 && question.baseline < 1) || question.variants < 2) {
        return std::nullopt;
    }
    if (question.changed_rate() >= 1 || question.changed_rate() <= 0) {
        question.lift =
            -question
                 .lift; // no rate can be so high: plan for a change of the same size in the other direction
    }
    if (question.changed_rate() >= 1 || question.changed_rate() <= 0) {
        return std::nullopt;
    }
    return visitors_per_arm(question);
}

std::optional<double> traffic(const EvaluationInput &input) {
    if (input.visitors_per_week || !input.days_running || *input.days_running == 0) {
        return input.visitors_per_week;
    }
    double visitors = 0;
    for (const auto &variant : input.variants) {
        visitors += static_cast<double>(variant.arm.visitors);
    }
    return visitors / *input.days_running * days_a_week;
}

// Collects the evidence of every treatment from the always-valid p-values of each interim evaluation that
// counts.
class EvidenceReader final {
public:
    EvidenceReader(const EvaluationInput &input, std::optional<std::int64_t> planned)
        : m_input(input), m_planned(planned), m_looks(all_looks(input)), m_settings(settings_of(input)) {}

    void read(std::vector<TreatmentState> &treatments) const {
        std::vector<TreatmentState *>
            compared; // those with a share of the visitors; the others are not compared
        std::vector<std::optional<double>> settled, settled_at_plan, pending, pending_at_plan;
        for (std::size_t arm = 1; arm <= treatments.size(); ++arm) {
            if (m_input.variants[arm].weight == 0) {
                continue;
            }
            compared.push_back(&treatments[arm - 1]);
            settled.push_back(smallest_p(arm, false, false));
            settled_at_plan.push_back(smallest_p(arm, false, true));
            pending.push_back(smallest_p(arm, true, false));
            pending_at_plan.push_back(smallest_p(arm, true, true));
        }
        const auto a = holm(settled), b = holm(settled_at_plan), c = holm(pending), d = holm(pending_at_plan);
        for (std::size_t at = 0; at < compared.size(); ++at) {
            compared[at]->settled = {a[at], b[at]};
            compared[at]->pending = {c[at], d[at]};
        }
    }

private:
    std::optional<double> smallest_p(std::size_t arm, bool all, bool planned) const {
        std::optional<double> smallest;
        for (const Look &look : m_looks) {
            const bool counts = all || after_whole_weeks(look);
            if (!counts || (planned && !reached_plan(look)) || !big_enough(look.arms[0]) ||
                !big_enough(look.arms[arm])) {
                continue;
            }
            if (const auto figures = sequential_figures(look.arms[0], look.arms[arm], m_settings)) {
                smallest = std::min(smallest.value_or(1), figures->absolute.p);
            }
        }
        return smallest;
    }

    bool reached_plan(const Look &look) const {
        if (!m_planned) {
            return false;
        }
        for (std::size_t arm = 0; arm < look.arms.size(); ++arm) {
            if (m_input.variants[arm].weight > 0 && look.arms[arm].visitors < *m_planned) {
                return false;
            }
        }
        return true;
    }

    const EvaluationInput &m_input;
    std::optional<std::int64_t> m_planned;
    std::vector<Look> m_looks;
    SequentialSettings m_settings;
};

std::vector<std::optional<SequentialFigures>> figures_over_looks(const EvaluationInput &input,
                                                                 std::size_t arm) {
    std::vector<std::optional<SequentialFigures>> combined;
    std::optional<SequentialFigures> so_far;
    for (const Look &look : all_looks(input)) {
        const std::optional<SequentialFigures> both[] = {
            so_far, sequential_figures(look.arms[0], look.arms[arm], settings_of(input))};
        so_far = combine_looks(both);
        combined.push_back(so_far);
    }
    return combined;
}

int sign(double number) {
    return (number > 0) - (number < 0);
}

TreatmentState treatment_state(const EvaluationInput &input, std::size_t arm) {
    const Arm &control = input.variants[0].arm, &treatment = input.variants[arm].arm;
    TreatmentState state;
    state.lift = relative_lift(control, treatment);
    state.p_fisher = fisher_two_sided_p(control, treatment);
    const auto before = rate(control), after = rate(treatment);
    if (before && after) {
        state.direction = sign(*after - *before);
    }
    const auto over_looks = figures_over_looks(input, arm).back();
    if (!over_looks) {
        return state;
    }
    const auto &interval = over_looks->absolute.interval;
    state.looks_agree = interval.has_value();
    if (interval && (interval->low > 0 || interval->high < 0)) {
        state.direction = sign(interval->low);
    }
    return state;
}

Comparison compare(const EvaluationInput &input, std::size_t arm, const BetaPosterior &control_belief,
                   const BetaPosterior &belief) {
    const Arm &control = input.variants[0].arm, &treatment = input.variants[arm].arm;
    Comparison comparison;
    comparison.id = input.variants[arm].id;
    if (const auto before = rate(control), after = rate(treatment); before && after) {
        comparison.difference = *after - *before;
    }
    comparison.lift = relative_lift(control, treatment);
    if (const auto test = z_test_pooled(control, treatment)) {
        comparison.p_pooled = test->p;
    }
    if (const auto test = z_test_unpooled(control, treatment)) {
        comparison.p_unpooled = test->p;
    }
    comparison.p_fisher = fisher_two_sided_p(control, treatment);
    comparison.newcombe = newcombe_interval(control, treatment, input.alpha);
    comparison.p_greater = probability_greater(control_belief, belief);
    comparison.lift_belief = lift_belief(control_belief, belief, input.alpha);
    comparison.sequential = sequential_figures(control, treatment, settings_of(input));
    comparison.sequential_over_looks = figures_over_looks(input, arm);
    return comparison;
}

void adjust_by_holm(std::vector<Comparison> &comparisons) {
    std::vector<std::optional<double>> pooled, always_valid;
    for (const auto &comparison : comparisons) {
        pooled.push_back(comparison.p_pooled);
        const auto &figures = comparison.sequential_over_looks.back();
        always_valid.push_back(figures ? std::optional(figures->absolute.p) : std::nullopt);
    }
    pooled = holm(pooled);
    always_valid = holm(always_valid);
    for (std::size_t at = 0; at < comparisons.size(); ++at) {
        comparisons[at].p_holm = pooled[at];
        comparisons[at].p_always_valid_holm = always_valid[at];
    }
}

// Ranks the arms that have a share of the visitors; the others stay at 0.
Ranking rank_shares(const EvaluationInput &input, const std::vector<BetaPosterior> &beliefs) {
    std::vector<BetaPosterior> sharing;
    std::vector<std::size_t> places;
    for (std::size_t arm = 0; arm < beliefs.size(); ++arm) {
        if (input.variants[arm].weight > 0) {
            sharing.push_back(beliefs[arm]);
            places.push_back(arm);
        }
    }
    const Ranking ranking = rank(sharing);
    Ranking all{std::vector<double>(beliefs.size()), std::vector<double>(beliefs.size())};
    for (std::size_t at = 0; at < places.size(); ++at) {
        all.p_best[places[at]] = ranking.p_best[at];
        all.expected_loss[places[at]] = ranking.expected_loss[at];
    }
    return all;
}

} // namespace

TestState test_state(const EvaluationInput &input) {
    TestState state;
    state.alpha = input.alpha;
    state.variants = input.variants;
    std::vector<std::int64_t> visitors;
    std::vector<double> weights;
    for (const auto &variant : input.variants) {
        visitors.push_back(variant.arm.visitors);
        weights.push_back(variant.weight);
    }
    state.sample_ratio = check_sample_ratio(visitors, weights);
    state.planned_per_variant = planned_visitors(input);
    state.max_weeks = input.plan.max_weeks;
    state.days_running = input.days_running;
    state.visitors_per_week = traffic(input);
    for (std::size_t arm = 1; arm < input.variants.size(); ++arm) {
        state.treatments.push_back(treatment_state(input, arm));
    }
    EvidenceReader(input, state.planned_per_variant).read(state.treatments);
    return state;
}

Evaluation evaluate(const EvaluationInput &input) {
    const TestState state = test_state(input);
    std::vector<BetaPosterior> beliefs;
    for (const auto &variant : input.variants) {
        beliefs.emplace_back(variant.arm, input.prior);
    }
    const Ranking ranking = rank(beliefs);
    Evaluation evaluation;
    evaluation.alpha = input.alpha;
    for (std::size_t arm = 0; arm < input.variants.size(); ++arm) {
        const auto &variant = input.variants[arm];
        evaluation.variants.push_back(
            {variant.id, rate(variant.arm), wilson_interval(variant.arm, input.alpha),
             credible_interval(beliefs[arm], input.alpha), ranking.p_best[arm], ranking.expected_loss[arm]});
        if (arm > 0) {
            evaluation.comparisons.push_back(compare(input, arm, beliefs[0], beliefs[arm]));
        }
    }
    adjust_by_holm(evaluation.comparisons);
    evaluation.sample_ratio = state.sample_ratio;
    evaluation.planned_per_variant = state.planned_per_variant;
    evaluation.recommendation = recommend(state, [&] { return rank_shares(input, beliefs); });
    return evaluation;
}

} // namespace studio::statistics
