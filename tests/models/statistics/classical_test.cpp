// SPDX-License-Identifier: Apache-2.0
#include "models/statistics/multiple_comparisons.h"
#include "models/statistics/proportions.h"
#include "models/statistics/sample_ratio.h"
#include "models/statistics/sample_size.h"
#include "tests/models/statistics/near.h"

#include <boost/math/distributions/hypergeometric.hpp>

namespace {

using namespace studio::statistics;
using studio::statistics_tests::near;

TEST(Fisher, TeaTastingAndOtherTablesOfTextbooks) {
    EXPECT_TRUE(near(fisher_two_sided_p({3, 4}, {1, 4}).value(), 34.0 / 70, 1e-12, 0));
    EXPECT_TRUE(near(fisher_two_sided_p({1, 12}, {9, 12}).value(), 0.002759456185220083, 1e-9, 0));
    EXPECT_EQ(fisher_two_sided_p({5, 10}, {5, 10}).value(), 1);
    EXPECT_EQ(fisher_two_sided_p({0, 10}, {0, 10}).value(), 1);
    EXPECT_EQ(fisher_two_sided_p({10, 10}, {10, 10}).value(), 1);
    EXPECT_FALSE(fisher_two_sided_p({0, 0}, {1, 10}));
}

TEST(Fisher, IsTheSumOfTheTablesNoLikelierThanTheOneSeen) {
    for (const auto &[control, treatment] :
         {std::pair<Arm, Arm>{{12, 600}, {21, 610}}, {{40, 55}, {30, 70}}, {{0, 31}, {4, 17}}}) {
        const auto converted = static_cast<unsigned>(control.conversions + treatment.conversions);
        const auto all = static_cast<unsigned>(control.visitors + treatment.visitors);
        const boost::math::hypergeometric_distribution<> tables(converted,
                                                                static_cast<unsigned>(control.visitors), all);
        const double seen = boost::math::pdf(tables, static_cast<unsigned>(control.conversions));
        double sum = 0;
        const auto [first, last] = boost::math::range(tables);
        for (unsigned at = first; at <= last; ++at) {
            const double p = boost::math::pdf(tables, at);
            sum += p <= seen * (1 + 1e-9) ? p : 0;
        }
        EXPECT_TRUE(near(fisher_two_sided_p(control, treatment).value(), sum, 1e-9, 0));
    }
}

TEST(Fisher, NearsThePooledTestForHundredsOfMillions) {
    const Arm control{5'000'000, 100'000'000}, treatment{5'005'000, 100'000'000};
    EXPECT_TRUE(
        near(fisher_two_sided_p(control, treatment).value(), z_test_pooled(control, treatment)->p, 1e-3, 0));
    EXPECT_LT(fisher_two_sided_p({10, 10'000'000'000}, {9'000'000'000, 10'000'000'000}).value(), 1e-300);
}

TEST(ZScore, WithoutVarianceIsUndefinedAndNoEvidence) {
    EXPECT_FALSE(z_test_pooled({0, 10}, {0, 10}));
    EXPECT_FALSE(z_test_pooled({10, 10}, {10, 10}));
    EXPECT_FALSE(z_test_unpooled({0, 10}, {10, 10}));
    EXPECT_FALSE(z_test_pooled({0, 0}, {3, 10}));
    EXPECT_GT(z_test_pooled({1, 10}, {9, 10})->z, 0);
}

TEST(Wilson, StaysWithinZeroAndOneAndTouchesThemOnlyWhereTheCountDoes) {
    EXPECT_EQ(wilson_interval({0, 30}, 0.05)->low, 0);
    EXPECT_EQ(wilson_interval({30, 30}, 0.05)->high, 1);
    EXPECT_GT(wilson_interval({1, 10'000'000'000}, 0.05)->low, 0);
    EXPECT_LT(wilson_interval({29, 30}, 0.05)->high, 1);
    EXPECT_FALSE(wilson_interval({0, 0}, 0.05));
}

TEST(Holm, CountsAnUndefinedComparisonButLeavesItUndefined) {
    const auto adjusted = holm({0.01, std::nullopt, 0.04});
    EXPECT_TRUE(near(adjusted[0].value(), 0.03, 0, 1e-15));
    EXPECT_FALSE(adjusted[1]);
    EXPECT_TRUE(near(adjusted[2].value(), 0.08, 0, 1e-15));
    EXPECT_TRUE(holm({}).empty());
}

TEST(SampleRatio, AnArmWithoutAWeightIsNeitherInTheSumNorInTheDegreesOfFreedom) {
    const SampleRatio ratio = check_sample_ratio({5000, 5200, 0}, {0.5, 0.5, 0});
    EXPECT_EQ(ratio.df, 1);
    EXPECT_TRUE(
        near(ratio.p_value.value(), check_sample_ratio({5000, 5200}, {1, 1}).p_value.value(), 1e-12, 0));
    EXPECT_FALSE(ratio.leak);
    EXPECT_TRUE(check_sample_ratio({5000, 5000, 1}, {0.5, 0.5, 0}).leak);
}

TEST(SampleRatio, NamesTheArmsThatGetNobody) {
    using Arms = std::vector<std::size_t>;
    EXPECT_EQ(check_sample_ratio({5000, 0}, {1, 1}).empty_arms, Arms{1});
    EXPECT_EQ(check_sample_ratio({0, 5000}, {1, 1}).empty_arms, Arms{0});
    EXPECT_EQ(check_sample_ratio({5000, 0, 0}, {2, 1, 1}).empty_arms, (Arms{1, 2}));
    EXPECT_EQ(check_sample_ratio({16, 0}, {1, 1}).empty_arms, Arms{1}) << "8 are expected";
    EXPECT_EQ(check_sample_ratio({15, 0}, {1, 1}).empty_arms, Arms{}) << "7.5 are expected";
    EXPECT_EQ(check_sample_ratio({5000, 0}, {1, 0}).empty_arms, Arms{}) << "no share, no visitors";
    EXPECT_EQ(check_sample_ratio({0, 0}, {1, 1}).empty_arms, Arms{});
}

TEST(SampleRatio, AlarmsBelowOneInAThousandAndNeverWhereAnArmExpectsFewerThanEight) {
    EXPECT_FALSE(check_sample_ratio({10232, 9768}, {1, 1}).mismatch());
    EXPECT_TRUE(check_sample_ratio({10233, 9767}, {1, 1}).mismatch());
    EXPECT_TRUE(check_sample_ratio({1000, 7}, {1, 1}).mismatch());
    EXPECT_FALSE(check_sample_ratio({14, 0}, {1, 1}).mismatch()) << "each expects 7";
    EXPECT_FALSE(check_sample_ratio({700, 0}, {99, 1}).mismatch()) << "the second expects 7";
    EXPECT_TRUE(check_sample_ratio({900, 0}, {99, 1}).enough_visitors);
    EXPECT_TRUE(near(check_sample_ratio({4072, 2035}, {0.8, 0.2}).p_value.value(), 2.40e-149, 5e-3, 0));
    EXPECT_FALSE(check_sample_ratio({1000, 0}, {1, 0}).p_value) << "one arm has no ratio";
}

TEST(SampleSize, OfTheIssuesExampleAndItsWeeks) {
    SampleSizeQuestion question;
    question.baseline = 0.05;
    question.lift = 0.1;
    EXPECT_EQ(visitors_per_arm(question), 31231);
    EXPECT_EQ(weeks_needed(31231, 2, 2000), 32);
    EXPECT_EQ(weeks_needed(1000, 2, 2000), 1);
    EXPECT_FALSE(weeks_needed(1000, 2, 0));
    EXPECT_EQ(visitors_per_arm({0.03, 0.2, 0.05, 0.8, 2}), 13911);
    EXPECT_EQ(visitors_per_arm({0.03, 0.5, 0.05, 0.8, 2}), 2515);
    EXPECT_FALSE(visitors_per_arm({1e-6, 1e-6, 0.05, 0.8, 2})) << "more than anyone has";
}

} // namespace
