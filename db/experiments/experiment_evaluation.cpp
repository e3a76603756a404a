// SPDX-License-Identifier: Apache-2.0
#include "db/experiments/experiment_evaluation.h"

#include <algorithm>

namespace studio::db {

namespace {

statistics::Arm variant_of(const std::vector<VariantCounts> &counts, const std::string &id) {
    const auto found = std::ranges::find(counts, id, &VariantCounts::variant_id);
    return found == counts.end() ? statistics::Arm{} : statistics::Arm{found->conversions, found->visitors};
}

// The visitors of all variants together, up to the end of that day.
double visitors_until(const models::Experiment &test, const ExperimentCounts &counts,
                      std::chrono::sys_days day) {
    double visitors = 0;
    for (const VariantDay &each : counts.days) { // the counts are cumulative
        if (each.day > day) {
            break;
        }
        visitors = 0;
        for (const auto &variant : test.variants) {
            visitors += static_cast<double>(variant_of(each.variants, variant.id).visitors);
        }
    }
    return visitors;
}

} // namespace

statistics::EvaluationInput evaluation_input(const models::Experiment &test, const ExperimentCounts &counts) {
    statistics::EvaluationInput input;
    for (const auto &variant : test.variants) {
        input.variants.push_back(
            {variant.id, variant_of(counts.variants, variant.id), variant.weight, variant.name});
    }
    if (test.planned_visitors) {
        input.plan.visitors_per_variant = *test.planned_visitors;
    }
    // Counts are by day in the tenant's time zone. The day on which the phase began and today are not whole
    // days, so weeks begin on the second day.
    const auto whole_days = [&](std::chrono::sys_days end) {
        return std::max(0, static_cast<int>((end - counts.first_day).count()) - 1);
    };
    input.days_running = whole_days(counts.today);
    // Visitors of the whole days, divided by their number; the first day and today are only parts of days.
    if (*input.days_running > 0) {
        input.visitors_per_week = (visitors_until(test, counts, counts.today - std::chrono::days(1)) -
                                   visitors_until(test, counts, counts.first_day)) *
                                  7 / *input.days_running;
    }
    for (std::size_t index = 0; index + 1 < counts.days.size(); ++index) {
        statistics::Look look{whole_days(counts.days[index].day + std::chrono::days(1)), {}};
        for (const auto &variant : test.variants) {
            look.arms.push_back(variant_of(counts.days[index].variants, variant.id));
        }
        input.looks.push_back(std::move(look));
    }
    return input;
}

} // namespace studio::db
