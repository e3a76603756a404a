// SPDX-License-Identifier: Apache-2.0
#include "db/experiment_evaluation.h"

#include <algorithm>

namespace studio::db {

namespace {

statistics::Arm arm_of(const std::vector<ArmCounts> &counts, const std::string &id) {
    const auto found = std::ranges::find(counts, id, &ArmCounts::variant_id);
    return found == counts.end() ? statistics::Arm{} : statistics::Arm{found->conversions, found->visitors};
}

} // namespace

statistics::EvaluationInput evaluation_input(const models::Experiment &test,
                                             const std::vector<ArmCounts> &arms,
                                             const std::vector<ArmDay> &days, models::Time phase_start,
                                             models::Time now) {
    statistics::EvaluationInput input;
    for (const auto &arm : test.arms)
        input.variants.push_back({arm.id, arm_of(arms, arm.id), arm.weight, arm.name});
    if (test.planned_visitors)
        input.plan.visitors_per_variant = *test.planned_visitors;
    input.days_running =
        std::max(0, static_cast<int>(std::chrono::floor<std::chrono::days>(now - phase_start).count()));
    const auto first = std::chrono::floor<std::chrono::days>(phase_start);
    for (std::size_t index = 0; index + 1 < days.size(); ++index) {
        statistics::Look look{static_cast<int>((days[index].day - first).count()) + 1, {}};
        for (const auto &arm : test.arms)
            look.arms.push_back(arm_of(days[index].arms, arm.id));
        input.looks.push_back(std::move(look));
    }
    return input;
}

} // namespace studio::db
