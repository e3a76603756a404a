// SPDX-License-Identifier: Apache-2.0
#include "db/experiment_evaluation.h"

#include <algorithm>

namespace studio::db {

namespace {

statistics::Arm arm_of(const std::vector<VariantCounts> &counts, const std::string &id) {
    const auto found = std::ranges::find(counts, id, &VariantCounts::variant_id);
    return found == counts.end() ? statistics::Arm{} : statistics::Arm{found->conversions, found->visitors};
}

} // namespace

statistics::EvaluationInput evaluation_input(const models::Experiment &test, const ExperimentCounts &counts) {
    statistics::EvaluationInput input;
    for (const auto &arm : test.arms)
        input.variants.push_back({arm.id, arm_of(counts.variants, arm.id), arm.weight, arm.name});
    if (test.planned_visitors)
        input.plan.visitors_per_variant = *test.planned_visitors;
    // Days by the tenant's clock, as the counts are: the day on which the phase began is not a whole one, nor
    // is today, nor does a week begin with it.
    const auto whole_days = [&](std::chrono::sys_days end) {
        return std::max(0, static_cast<int>((end - counts.first_day).count()) - 1);
    };
    input.days_running = whole_days(counts.today);
    for (std::size_t index = 0; index + 1 < counts.days.size(); ++index) {
        statistics::Look look{whole_days(counts.days[index].day + std::chrono::days(1)), {}};
        for (const auto &arm : test.arms)
            look.arms.push_back(arm_of(counts.days[index].variants, arm.id));
        input.looks.push_back(std::move(look));
    }
    return input;
}

} // namespace studio::db
