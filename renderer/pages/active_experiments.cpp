// SPDX-License-Identifier: Apache-2.0
#include "renderer/pages/active_experiments.h"

#include <algorithm>

namespace studio::renderer {

ActiveExperiments::ActiveExperiments(std::vector<models::Experiment> experiments) {
    // The same order in every replica, whatever order the database returned.
    std::sort(experiments.begin(), experiments.end(),
              [](const auto &left, const auto &right) { return left.id < right.id; });
    for (models::Experiment &experiment : experiments) {
        if (experiment.status != models::ExperimentStatus::Active || experiment.variants.empty()) {
            continue;
        }
        std::vector<double> weights;
        for (const models::Variant &variant : experiment.variants) {
            weights.push_back(variant.weight);
        }
        TestAssignment assignment(experiment.id, experiment.phase, experiment.traffic_share, weights);
        const std::size_t options = experiment.variants.size() + (assignment.everyone_takes_part() ? 0 : 1);
        if (m_combinations * options > max_combinations) {
            continue;
        }
        m_combinations *= options;
        m_tests.push_back({std::move(experiment), std::move(assignment), options});
    }
}

std::size_t ActiveExperiments::option(const Test &test, std::uint64_t assignment_key) {
    return test.assignment.choose(assignment_key).value_or(test.options - 1);
}

std::vector<models::Experiment> ActiveExperiments::experiments() const {
    std::vector<models::Experiment> experiments;
    for (const Test &test : m_tests) {
        experiments.push_back(test.experiment);
    }
    return experiments;
}

std::size_t ActiveExperiments::combination(std::uint64_t assignment_key) const {
    std::size_t combination = 0;
    for (const Test &test : m_tests) {
        combination = combination * test.options + option(test, assignment_key);
    }
    return combination;
}

void ActiveExperiments::apply(std::size_t combination, site::TenantPage &page) const {
    for (auto test = m_tests.rbegin(); test != m_tests.rend(); ++test) {
        const std::size_t chosen = combination % test->options;
        combination /= test->options;
        const models::Experiment &experiment = test->experiment;
        const bool takes_part = chosen < experiment.variants.size();
        const models::Variant &variant =
            takes_part ? experiment.variants[chosen] : experiment.variants.front();
        models::apply_variant(experiment, variant, page.theme, page.content, page.photos);
        if (takes_part) {
            page.exposures.push_back({experiment.id, variant.id, std::string(to_string(experiment.element))});
        }
    }
}

std::optional<ActiveExperiments::Exposure> ActiveExperiments::exposure(std::string_view test_id,
                                                                       std::string_view variant_id,
                                                                       std::uint64_t assignment_key) const {
    for (const Test &test : m_tests) {
        if (test.experiment.id != test_id) {
            continue;
        }
        const auto variant = test.assignment.choose(assignment_key);
        if (!variant || test.experiment.variants[*variant].id != variant_id) {
            return std::nullopt;
        }
        return Exposure{test.experiment.id, test.experiment.variants[*variant].id, test.experiment.phase};
    }
    return std::nullopt;
}

} // namespace studio::renderer
