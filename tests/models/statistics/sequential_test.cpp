// SPDX-License-Identifier: Apache-2.0
#include "models/statistics/proportions.h"
#include "models/statistics/sequential.h"
#include "tests/models/statistics/near.h"

#include <array>

namespace {

using namespace studio::statistics;
using studio::statistics_tests::near;

// A published figure of another implementation: 1396/3000 against 2422/3461, tuned to 5000.
TEST(Sequential, RelativeIntervalIsThePublishedOne) {
    const auto figures = sequential_figures({1396, 3000}, {2422, 3461}, {0.05, 5000}).value();
    EXPECT_TRUE(near(figures.relative.interval->low, 0.40098, 0, 5e-6));
    EXPECT_TRUE(near(figures.relative.interval->high, 0.60675, 0, 5e-6));
}

// arXiv:1512.04922: with R = n rho^2 the same p is 1 / Lambda of the normal mixture test.
TEST(Sequential, PIsTheReciprocalOfTheMixtureLikelihoodRatio) {
    const Arm control{400, 5000}, treatment{520, 5200};
    const SequentialSettings settings{0.02, 9000};
    const double log_alpha = std::log(settings.alpha);
    const double ratio = (static_cast<double>(control.visitors + treatment.visitors)) *
                         (-2 * log_alpha + std::log(1 - 2 * log_alpha)) / settings.tuning_visitors;
    const double z = z_test_unpooled(control, treatment)->z;
    const double lambda = std::exp(ratio * z * z / (2 * (1 + ratio))) / std::sqrt(1 + ratio);
    EXPECT_TRUE(near(sequential_figures(control, treatment, settings)->absolute.p, 1 / lambda, 1e-12, 0));
}

TEST(Sequential, PReachesAlphaExactlyWhereTheIntervalReachesZero) {
    for (std::int64_t conversions = 100; conversions < 400; conversions += 3) {
        const auto figures = sequential_figures({200, 4000}, {conversions, 4000}, {0.05, 5000}).value();
        const Interval interval = figures.absolute.interval.value();
        EXPECT_EQ(figures.absolute.p<0.05, interval.low> 0 || interval.high < 0) << conversions;
    }
}

TEST(Sequential, IsUndefinedWithoutVarianceInAnArm) {
    EXPECT_FALSE(sequential_figures({0, 100}, {5, 100}, {}));
    EXPECT_FALSE(sequential_figures({5, 100}, {100, 100}, {}));
    EXPECT_FALSE(sequential_figures({0, 0}, {5, 100}, {}));
}

TEST(Looks, KeepTheSmallestPAndTheIntersection) {
    const SequentialSettings settings;
    const std::array<std::optional<SequentialFigures>, 4> looks = {
        std::nullopt, sequential_figures({100, 2000}, {150, 2000}, settings),
        sequential_figures({200, 4000}, {320, 4000}, settings),
        sequential_figures({330, 6000}, {380, 6000}, settings)};
    const auto all = combine_looks(looks).value();
    EXPECT_EQ(all.absolute.p, looks[2]->absolute.p);
    EXPECT_EQ(all.absolute.interval->low, looks[2]->absolute.interval->low);
    EXPECT_EQ(all.absolute.interval->high, looks[3]->absolute.interval->high);
    EXPECT_FALSE(combine_looks({}));
}

TEST(Looks, ThatContradictEachOtherHaveNoInterval) {
    const std::array<std::optional<SequentialFigures>, 3> looks = {
        sequential_figures({500, 5000}, {1500, 5000}, {}),
        sequential_figures({5000, 20'000}, {5000, 20'000}, {}),
        sequential_figures({6000, 30'000}, {6000, 30'000}, {})};
    const auto all = combine_looks(looks).value();
    EXPECT_FALSE(all.absolute.interval);
    EXPECT_LT(all.absolute.p, 1e-10);
}

} // namespace
