// SPDX-License-Identifier: Apache-2.0
#include "models/statistics/correlation.h"

#include <gtest/gtest.h>

#include <cmath>

namespace studio::statistics {

namespace {

// F. J. Anscombe, "Graphs in Statistical Analysis", The American Statistician 27 (1973), the first set.
const std::vector<double> anscombe_x{10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5};
const std::vector<double> anscombe_y{8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68};

TEST(Correlation, PearsonAndItsIntervalAreThoseOfR) {
    const auto found = pearson(anscombe_x, anscombe_y); // cor.test(anscombe$x1, anscombe$y1)
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->r, 0.8164205, 1e-7);
    EXPECT_NEAR(found->interval.low, 0.4243912, 1e-6);
    EXPECT_NEAR(found->interval.high, 0.9506933, 1e-6);
}

TEST(Correlation, SpearmanIsPearsonOfTheRanks) {
    const auto found = spearman(anscombe_x, anscombe_y);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->r, 0.8181818, 1e-7);
    const double reach = 1.959963985 * std::sqrt((1 + 0.8181818 * 0.8181818 / 2) / 8);
    EXPECT_NEAR(found->interval.low, std::tanh(std::atanh(0.8181818) - reach), 1e-6);
    EXPECT_NEAR(found->interval.high, std::tanh(std::atanh(0.8181818) + reach), 1e-6);
}

TEST(Correlation, TiesShareTheirMeanRank) {
    // Ranks 1.5 1.5 3 4 5 against 1 2 3 4 5: 9.5 / sqrt(9.5 * 10).
    const auto found = spearman({7, 7, 8, 9, 20}, {1, 2, 3, 4, 5});
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->r, 9.5 / std::sqrt(9.5 * 10), 1e-12);
}

TEST(Correlation, ALineIsCertainAndWhatNeverChangesHasNone) {
    const std::vector<double> x{1, 2, 3, 4, 5}, down{10, 8, 6, 4, 2}, flat{3, 3, 3, 3, 3};
    EXPECT_EQ(pearson(x, down)->r, -1);
    EXPECT_EQ(pearson(x, down)->interval, (Interval{-1, -1}));
    EXPECT_FALSE(pearson(x, flat));
    EXPECT_FALSE(spearman(flat, x));
    EXPECT_FALSE(pearson({1, 2, 3}, {1, 2, 4}));
}

TEST(Correlation, ALagIsFoundWhereItWasPlanted) {
    std::vector<std::optional<double>> posts, visits(30);
    for (int day = 0; day < 30; ++day) {
        posts.push_back((day * 7) % 11);
    }
    for (std::size_t day = 3; day < 30; ++day) {
        visits[day] = 5 + 2 * *posts[day - 3];
    }
    posts[4].reset();
    const auto all = lagged_correlations(posts, visits, 7);
    ASSERT_EQ(all.size(), 8U);
    for (const auto &lagged : all) {
        ASSERT_TRUE(lagged.pearson) << lagged.lag;
        EXPECT_EQ(std::abs(lagged.pearson->r - 1) < 1e-12, lagged.lag == 3) << lagged.lag;
    }
    EXPECT_EQ(all[0].n, 26U); // 27 days of visits, one of them without posts
    EXPECT_EQ(all[3].n, 26U); // 27 days of posts that have visits three days later, one without posts
    EXPECT_EQ(all[7].n, 22U);
}

TEST(Correlation, FewerThanTenPairsSayNothing) {
    const std::vector<std::optional<double>> nine{1, 2, 3, 4, 5, 6, 7, 8, 9};
    auto ten = nine;
    ten.push_back(10);
    const auto few = lagged_correlations(nine, nine, 1);
    EXPECT_EQ(few[0].n, 9U);
    EXPECT_FALSE(few[0].pearson || few[0].spearman);
    const auto enough = lagged_correlations(ten, ten, 1);
    EXPECT_TRUE(enough[0].pearson && enough[0].spearman);
    EXPECT_EQ(enough[1].n, 9U);
    EXPECT_FALSE(enough[1].pearson);
}

TEST(Correlation, ManyLooksFindSomethingByChance) {
    EXPECT_NEAR(chance_of_any_false(1), 0.05, 1e-12);
    EXPECT_NEAR(chance_of_any_false(8), 0.3365796, 1e-7);
}

} // namespace

} // namespace studio::statistics
