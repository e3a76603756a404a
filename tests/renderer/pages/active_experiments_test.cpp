// SPDX-License-Identifier: Apache-2.0
#include "renderer/pages/active_experiments.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace studio::renderer {
namespace {

using models::ExperimentElement;

models::Experiment experiment(const char *id, ExperimentElement element,
                              std::vector<models::Variant> variants) {
    models::Experiment result;
    result.id = id;
    result.element = element;
    result.status = models::ExperimentStatus::Active;
    result.variants = std::move(variants);
    return result;
}
models::Experiment words() {
    return experiment("cta", ExperimentElement::CallToAction,
                      {{"control", "", 0.5, {}}, {"short", "", 0.5, {{"label", "Say hello"}}}});
}
models::Experiment layouts() {
    return experiment("layout", ExperimentElement::Layout,
                      {{"control", "", 0.4, {}},
                       {"modern", "", 0.3, {{"layout", "modern"}}},
                       {"minimal", "", 0.3, {{"layout", "minimal"}}}});
}
site::TenantPage page() {
    site::TenantPage result;
    result.content.cta_label = "Book now";
    result.theme.layout = models::Layout::Elegant;
    return result;
}

TEST(ActiveExperiments, AreOneCombinationWithoutAny) {
    const ActiveExperiments none;
    EXPECT_FALSE(none.any());
    EXPECT_EQ(none.combinations(), 1u);
    EXPECT_EQ(none.combination(42), 0u);
    site::TenantPage same = page();
    none.apply(0, same);
    EXPECT_TRUE(same.exposures.empty());
}

TEST(ActiveExperiments, GiveEachCombinationItsPageWithItsExposures) {
    const ActiveExperiments tests({words(), layouts()});
    ASSERT_EQ(tests.combinations(), 6u);
    std::set<std::pair<std::string, models::Layout>> seen;
    for (std::size_t i = 0; i < 6; ++i) {
        site::TenantPage varied = page();
        tests.apply(i, varied);
        ASSERT_EQ(varied.exposures.size(), 2u);
        for (const site::Exposure &exposure : varied.exposures) {
            if (exposure.test_id == "cta") {
                EXPECT_EQ(exposure.element, "cta");
                EXPECT_EQ(exposure.variant_id, varied.content.cta_label == "Book now" ? "control" : "short");
            } else {
                EXPECT_EQ(exposure.variant_id, varied.theme.layout == models::Layout::Elegant  ? "control"
                                               : varied.theme.layout == models::Layout::Modern ? "modern"
                                                                                               : "minimal");
            }
        }
        seen.emplace(varied.content.cta_label, varied.theme.layout);
    }
    EXPECT_EQ(seen.size(), 6u);
}

TEST(ActiveExperiments, DoNotDependOnTheOrderInWhichTheDatabaseGivesThem) {
    const ActiveExperiments one({words(), layouts()}), other({layouts(), words()});
    for (std::uint64_t key = 0; key < 1000; ++key) {
        site::TenantPage first = page(), second = page();
        one.apply(one.combination(key), first);
        other.apply(other.combination(key), second);
        ASSERT_EQ(first.content.cta_label, second.content.cta_label);
        ASSERT_EQ(first.theme.layout, second.theme.layout);
    }
}

TEST(ActiveExperiments, ShowTheControlWithoutExposureToThoseWhoAreKeptOut) {
    models::Experiment half = words();
    half.traffic_share = 0.5;
    const ActiveExperiments tests({half});
    ASSERT_EQ(tests.combinations(), 3u);
    std::map<std::string, int> counts;
    for (std::uint64_t key = 0; key < 8000; ++key) {
        site::TenantPage varied = page();
        tests.apply(tests.combination(key), varied);
        const std::string variant = varied.exposures.empty() ? "out" : varied.exposures[0].variant_id;
        EXPECT_EQ(varied.content.cta_label, variant == "short" ? "Say hello" : "Book now");
        ++counts[variant];
    }
    EXPECT_NEAR(counts["out"], 4000, 250);
    EXPECT_NEAR(counts["control"], 2000, 200);
    EXPECT_NEAR(counts["short"], 2000, 200);
}

TEST(ActiveExperiments, BelieveAnExposureOnlyOfTheVariantThatTheVisitorSees) {
    models::Experiment half = words();
    half.traffic_share = 0.5;
    half.phase = 3;
    const ActiveExperiments tests({half});
    for (std::uint64_t key = 0; key < 200; ++key) {
        site::TenantPage varied = page();
        tests.apply(tests.combination(key), varied);
        for (const char *variant : {"control", "short", "none"}) {
            const auto exposure = tests.exposure("cta", variant, key);
            const bool seen = !varied.exposures.empty() && varied.exposures[0].variant_id == variant;
            ASSERT_EQ(exposure.has_value(), seen);
            if (exposure) {
                EXPECT_EQ(exposure->phase, 3);
            }
        }
        EXPECT_FALSE(tests.exposure("other", "control", key));
    }
}

TEST(ActiveExperiments, LeaveOutWhatDoesNotRunOrWouldMakeTooManyPages) {
    models::Experiment paused = words();
    paused.status = models::ExperimentStatus::Paused;
    EXPECT_FALSE(ActiveExperiments({paused}).any());
    models::Experiment wide = layouts();
    wide.id = "zz";
    wide.variants.clear();
    for (int i = 0; i < 300; ++i) {
        wide.variants.push_back({std::to_string(i), "", 1, {}});
    }
    EXPECT_EQ(ActiveExperiments({words(), wide}).combinations(), 2u);
}

} // namespace
} // namespace studio::renderer
