// SPDX-License-Identifier: Apache-2.0
#include "models/statistics/recommendation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace studio::statistics {

namespace {

constexpr double implausible_lift = 0.5, no_accident = 0.001, loss_to_care_about = 0.01;
constexpr double early_levels = 5; // before the planned visitors are reached the level is alpha / 5
constexpr int days_a_week = 7;

std::string percent(double share) {
    return fmt::format("{:.3g} %", share * 100);
}

// A number with separators, such as 12,345.
std::string grouped(std::int64_t count) {
    std::string digits = std::to_string(count);
    for (int at = static_cast<int>(digits.size()) - 3; at > (count < 0 ? 1 : 0); at -= 3) {
        digits.insert(static_cast<std::size_t>(at), 1, ',');
    }
    return digits;
}

bool strong(const std::optional<double> &p, double level) {
    return p && *p <= level;
}

class Recommender final {
public:
    Recommender(const TestState &state, const std::function<Ranking()> &ranking)
        : m_state(state), m_ranking(ranking) {}

    Recommendation recommend() {
        if (check_setup() || winner() || waits_for_the_week()) {
            return m_answer;
        }
        if (planned_visitors_reached() && !in_first_week()) {
            m_answer.action = Action::NoDifference;
            add("planned_visitors_reached",
                "Every variant has its planned {} visitors and no difference was found. If there is one, it "
                "is probably smaller than the test was planned to detect.",
                grouped(*m_state.planned_per_variant));
            return m_answer;
        }
        keep_running_or_give_up();
        return m_answer;
    }

private:
    using Variant = TestState::Variant;

    template <typename... Values>
    void add(const char *id, fmt::format_string<Values...> sentence, Values &&...values) {
        m_answer.reasons.push_back({id, fmt::format(sentence, std::forward<Values>(values)...)});
    }

    const Variant &control() const { return m_state.variants.front(); }

    bool check_setup() {
        const SampleRatio &ratio = m_state.sample_ratio;
        for (const std::size_t arm : ratio.empty_arms) {
            add("no_visitors",
                "\"{}\" gets no visitors although it has a share: check that it is shown at all.",
                m_state.variants[arm].called());
        }
        if (ratio.mismatch()) {
            add("sample_ratio_mismatch",
                "The traffic split is not as planned (p = {:.2g}): something adds or loses visitors in some "
                "variants only, so the figures cannot be compared.",
                *ratio.p_value);
        }
        if (ratio.leak) {
            add("zero_weight_leak", "A variant with a share of 0 has visitors: what was shown differs from "
                                    "the test's definition.");
        }
        if (control().weight == 0) {
            add("no_baseline",
                "The control \"{}\" has no share of visitors: there is nothing to compare with.",
                control().called());
        }
        for (std::size_t at = 0; at < m_state.treatments.size(); ++at) {
            check_treatment(m_state.variants[at + 1], m_state.treatments[at]);
        }
        if (m_answer.reasons.empty()) {
            return false;
        }
        m_answer.action = Action::CheckSetup;
        return true;
    }

    void check_treatment(const Variant &variant, const TreatmentState &treatment) {
        if (!treatment.looks_agree) {
            add("rates_changed",
                "Earlier and later figures of \"{}\" against control contradict each other: the rates "
                "changed during "
                "the test.",
                variant.called());
        }
        const bool seen_enough = std::min(variant.arm.visitors, control().arm.visitors) >= min_visitors;
        const bool large =
            treatment.lift ? std::abs(*treatment.lift) >= implausible_lift : variant.arm.conversions > 0;
        const bool real =
            strong(treatment.pending.any_time, m_state.alpha) || strong(treatment.p_fisher, no_accident);
        if (!seen_enough || !large || !real) {
            return;
        }
        if (treatment.lift) {
            add("implausible_lift",
                "\"{}\" differs from control by {}. Half or more is rarely real: check that both count the "
                "same "
                "conversions.",
                variant.called(), percent(*treatment.lift));
        } else {
            add("implausible_lift",
                "The control has no booking at all while \"{}\" has {}: check that both are counted.",
                variant.called(), variant.arm.conversions);
        }
    }

    bool takes_part(const Variant &variant) const { return variant.weight > 0; }

    bool every_arm_has(std::int64_t Arm::*count, std::int64_t least) const {
        return std::all_of(m_state.variants.begin(), m_state.variants.end(), [&](const Variant &variant) {
            return !takes_part(variant) || variant.arm.*count >= least;
        });
    }

    bool planned_visitors_reached() const {
        return m_state.planned_per_variant && every_arm_has(&Arm::visitors, *m_state.planned_per_variant);
    }

    bool in_first_week() const { return m_state.days_running && *m_state.days_running < days_a_week; }

    bool big_enough() const {
        return every_arm_has(&Arm::visitors, min_visitors) &&
               every_arm_has(&Arm::conversions, min_conversions);
    }

    bool some_evidence(Evidence TreatmentState::*of) const {
        return std::any_of(
            m_state.treatments.begin(), m_state.treatments.end(), [&](const TreatmentState &treatment) {
                const Evidence &evidence = treatment.*of;
                return strong(evidence.any_time, early_level()) || strong(evidence.at_plan, m_state.alpha);
            });
    }

    double early_level() const { return m_state.alpha / early_levels; }

    // Whether the evidence distinguishes the arm from control, or control from every treatment.
    bool told_apart(std::size_t arm, Evidence TreatmentState::*of, std::optional<double> Evidence::*when,
                    double level) const {
        const auto holds = [&](std::size_t treatment, int direction) {
            const TreatmentState &state = m_state.treatments[treatment];
            return state.direction == direction && strong((state.*of).*when, level);
        };
        if (arm > 0) {
            return holds(arm - 1, 1);
        }
        for (std::size_t at = 0; at < m_state.treatments.size(); ++at) {
            if (takes_part(m_state.variants[at + 1]) && !holds(at, -1)) {
                return false;
            }
        }
        return true;
    }

    const Ranking &ranks() {
        if (m_ranks.p_best.empty()) {
            m_ranks = m_ranking();
        }
        return m_ranks;
    }

    // The arm that is likeliest to be best. An arm without a share never is: with a flat prior and no
    // visitors it would look promising.
    std::size_t leader() {
        std::size_t best = 0;
        for (std::size_t arm = 1; arm < m_state.variants.size(); ++arm) {
            if (takes_part(m_state.variants[arm]) && ranks().p_best[arm] > ranks().p_best[best]) {
                best = arm;
            }
        }
        return best;
    }

    std::optional<std::size_t> arm_with(Evidence TreatmentState::*of) {
        if (!big_enough() || !some_evidence(of)) {
            return std::nullopt;
        }
        const std::size_t arm = leader();
        const auto base = rate(control().arm);
        const bool loses_little = base && ranks().expected_loss[arm] <= loss_to_care_about * *base;
        if ((loses_little && told_apart(arm, of, &Evidence::any_time, early_level())) ||
            told_apart(arm, of, &Evidence::at_plan, m_state.alpha)) {
            return arm;
        }
        return std::nullopt;
    }

    bool winner() {
        if (in_first_week()) {
            return false;
        }
        const auto arm = arm_with(&TreatmentState::settled);
        if (!arm) {
            return false;
        }
        const Variant &best = m_state.variants[*arm];
        m_answer.action = Action::Winner;
        m_answer.winner = best.id;
        if (*arm == 0) {
            add("control_is_better", "The control \"{}\" is better than every other variant.", best.called());
        } else {
            add("better_than_control", "\"{}\" is better than \"{}\" by about {}.", best.called(),
                control().called(), percent(m_state.treatments[*arm - 1].lift.value_or(0)));
        }
        add("evidence_holds_at_any_time",
            "The evidence is strong however often the figures were checked; the chance that \"{}\" is the "
            "best is {}.",
            best.called(), percent(ranks().p_best[*arm]));
        name_runner_up(*arm);
        return true;
    }

    void name_runner_up(std::size_t winner) {
        for (std::size_t arm = 0; arm < m_state.variants.size(); ++arm) {
            if (arm != winner && takes_part(m_state.variants[arm]) && ranks().p_best[arm] > 0.05) {
                add("close_runner_up", "\"{}\" may be just as good (its chance to be the best is {}).",
                    m_state.variants[arm].called(), percent(ranks().p_best[arm]));
            }
        }
    }

    bool waits_for_the_week() {
        const auto running = m_state.days_running;
        if (!running || (*running >= days_a_week && *running % days_a_week == 0)) {
            return false;
        }
        const auto arm = arm_with(&TreatmentState::pending);
        if (!arm) {
            return false;
        }
        m_answer.days = days_a_week - *running % days_a_week;
        add("week_not_complete",
            "\"{}\" is ahead with strong evidence. Weekdays differ, so the test is decided after whole "
            "weeks.",
            m_state.variants[*arm].called());
        return true;
    }

    void explain_what_is_missing() {
        if (in_first_week()) {
            add("first_week", "The test has run for {} of at least 7 days.", *m_state.days_running);
        }
        if (!every_arm_has(&Arm::visitors, min_visitors)) {
            add("too_few_visitors", "A variant has fewer than {} visitors.", min_visitors);
        }
        if (!every_arm_has(&Arm::conversions, min_conversions)) {
            add("too_few_conversions", "A variant has fewer than {} bookings.", min_conversions);
        }
        if (!m_state.planned_per_variant) {
            add("plan_unknown", "How many visitors are needed is unknown until the control has bookings or "
                                "the test has a plan.");
        } else if (!planned_visitors_reached()) {
            add("planned_visitors_not_reached", "Each variant needs {} visitors; the smallest has {}.",
                grouped(*m_state.planned_per_variant), grouped(min_so_far()));
        }
    }

    std::int64_t min_so_far() const {
        std::int64_t smallest = max_visitors;
        for (const auto &variant : m_state.variants) {
            if (takes_part(variant)) {
                smallest = std::min(smallest, variant.arm.visitors);
            }
        }
        return smallest;
    }

    // Days until every arm has its planned visitors; nullopt where the plan or the traffic is unknown,
    // infinite without traffic.
    std::optional<double> days_to_plan() const {
        if (!m_state.planned_per_variant || !m_state.visitors_per_week) {
            return std::nullopt;
        }
        double all_weights = 0, days = 0;
        for (const auto &variant : m_state.variants) {
            all_weights += variant.weight;
        }
        for (const auto &variant : m_state.variants) {
            const double missing = static_cast<double>(*m_state.planned_per_variant - variant.arm.visitors);
            if (takes_part(variant) && missing > 0) {
                days = std::max(days, missing * days_a_week * all_weights /
                                          (*m_state.visitors_per_week * variant.weight));
            }
        }
        return std::ceil(days);
    }

    void keep_running_or_give_up() {
        const double running = m_state.days_running.value_or(0);
        const auto missing = days_to_plan();
        const double longest = m_state.max_weeks * double{days_a_week};
        if (missing && running + *missing > longest) {
            m_answer.action = Action::CannotFinish;
            add_traffic_reason(running + *missing);
            return;
        }
        explain_what_is_missing();
        if (!missing) {
            if (m_state.planned_per_variant) {
                add("traffic_unknown", "The duration is unknown without the test's days or its traffic.");
            }
            return;
        }
        const double weeks = std::max(1.0, std::ceil((running + *missing) / days_a_week));
        m_answer.days = static_cast<int>(weeks * days_a_week - running);
    }

    void add_traffic_reason(double days) {
        if (!std::isfinite(days)) {
            add("no_traffic", "There are no visitors, so the test cannot finish.");
        } else {
            add("too_little_traffic",
                "Each variant needs {} visitors. At {} visitors a week that takes {:.0f} weeks in all, more "
                "than {}. Test a larger change or fewer variants, or bring more visitors.",
                grouped(*m_state.planned_per_variant), grouped(std::llround(*m_state.visitors_per_week)),
                std::ceil(days / days_a_week), m_state.max_weeks);
        }
    }

    const TestState &m_state;
    const std::function<Ranking()> &m_ranking;
    Ranking m_ranks;
    Recommendation m_answer;
};

} // namespace

std::string_view to_string(Action action) {
    switch (action) {
    case Action::KeepRunning:
        return "keep_running";
    case Action::Winner:
        return "winner";
    case Action::NoDifference:
        return "no_difference";
    case Action::CannotFinish:
        return "cannot_finish";
    case Action::CheckSetup:
        return "check_setup";
    }
    return "keep_running";
}

Recommendation recommend(const TestState &state, const std::function<Ranking()> &ranking) {
    return Recommender(state, ranking).recommend();
}

} // namespace studio::statistics
