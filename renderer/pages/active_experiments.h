// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/tenant/experiment.h"
#include "renderer/visitors/test_assignment.h"
#include "site/page.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace studio::renderer {

// The experiments that run on one tenant's home page. Each visitor falls into one combination of their
// variants, and each combination is a page of its own.
class ActiveExperiments final {
public:
    ActiveExperiments() = default;
    explicit ActiveExperiments(std::vector<models::Experiment> experiments);

    bool any() const { return !m_tests.empty(); }
    std::vector<models::Experiment> experiments() const;
    // From 1 to max_combinations; experiments that would exceed it do not run.
    std::size_t combinations() const { return m_combinations; }
    std::size_t combination(std::uint64_t assignment_key) const;
    // Changes the published page into the page of a combination.
    void apply(std::size_t combination, site::TenantPage &page) const;

    // The exposure that a browser reports, if it is the variant that a visitor with this assignment key sees
    // now; nullopt for a page of an earlier phase or of another visitor.
    struct Exposure {
        std::string test_id, variant_id;
        int phase = 1;
    };
    std::optional<Exposure> exposure(std::string_view test_id, std::string_view variant_id,
                                     std::uint64_t assignment_key) const;

    static constexpr std::size_t max_combinations = 512;

private:
    struct Test {
        models::Experiment experiment;
        TestAssignment assignment;
        std::size_t options; // its variants, and one more for visitors who are kept out
    };
    // Index of a variant, or the number of variants for those who are kept out.
    static std::size_t option(const Test &test, std::uint64_t assignment_key);

    std::vector<Test> m_tests;
    std::size_t m_combinations = 1;
};

} // namespace studio::renderer
