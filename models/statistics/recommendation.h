// SPDX-License-Identifier: Apache-2.0
// What to do with a test now, and why.
#pragma once

#include "models/statistics/bayes.h"
#include "models/statistics/sample_ratio.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio::statistics {

enum class Action {
    KeepRunning,
    Winner,
    NoDifference, // planned visitors reached, nothing found
    CannotFinish, // not within the plan's weeks at this traffic
    CheckSetup,   // the figures cannot be trusted
};

std::string_view to_string(Action action); // "keep_running", "winner", …

struct Reason {
    std::string id;       // stable: docs/statistics.md lists them
    std::string sentence; // English, for people
    bool operator==(const Reason &) const = default;
};

struct Recommendation {
    Action action = Action::KeepRunning;
    std::optional<std::string> winner; // a variant's id; may be control's
    std::optional<int> days;           // more to run; nothing where the traffic is unknown
    std::vector<Reason> reasons;       // at least one
};

// The smallest always-valid p of a treatment against control, adjusted by Holm over the treatments.
struct Evidence {
    std::optional<double> any_time; // over all looks
    std::optional<double> at_plan;  // over the looks at which every arm had its planned visitors
};

// Always-valid p of one look, or of several taken together, that enters the evidence: nothing while either
// arm is too small for it.
constexpr std::int64_t min_visitors = 100, min_conversions = 10;

struct TreatmentState {
    Evidence settled;           // from looks after whole weeks (from all looks where days are unknown)
    Evidence pending;           // with the present look too, whatever the day
    int direction = 0;          // 1 better than control, -1 worse, 0 alike
    std::optional<double> lift; // relative
    std::optional<double> p_fisher;
    bool looks_agree = true; // the always-valid intervals of all looks have a point in common
};

struct TestState {
    struct Variant {
        std::string id;
        Arm arm;
        double weight = 0;
        std::string name{}; // in sentences; "" says the id
        const std::string &called() const { return name.empty() ? id : name; }
    };
    double alpha = 0.05;
    std::vector<Variant> variants;          // control first
    std::vector<TreatmentState> treatments; // the others, in order
    SampleRatio sample_ratio;
    std::optional<std::int64_t> planned_per_variant;
    int max_weeks = 26;
    std::optional<int> days_running; // whole days
    std::optional<double> visitors_per_week;
};

// The rule; the first that applies:
//  check_setup    sample ratio mismatch; visitors in an arm of weight 0; control has no share; a lift of
//                 50 % and more (or one arm without any conversion) that is no accident; looks that
//                 contradict each other
//  winner         every arm has 100 visitors and 10 conversions, 7 days are over, and the likeliest best
//                 arm has settled evidence against control (control: against every treatment) of
//                 any_time <= alpha / 5 while its expected loss is at most 1 % of control's rate, or of
//                 at_plan <= alpha
//  no_difference  every arm has its planned visitors
//  cannot_finish  the plan takes more than max_weeks at this traffic
//  keep_running   else, for so many days that whole weeks are complete
// The any-time level is a fifth of alpha so that a test without any difference ends with a winner in at most
// 1 % of cases however often it is looked at (shown by simulation in tests/models/statistics).
// `ranking` is among the variants with a share, by place in `variants`. It is asked only where evidence is
// strong: it is the costly part.
Recommendation recommend(const TestState &state, const std::function<Ranking()> &ranking);

} // namespace studio::statistics
