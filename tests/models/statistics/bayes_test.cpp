// SPDX-License-Identifier: Apache-2.0
// Expected values come from exact rational arithmetic over whole Beta parameters, from closed forms, or from
// Boost's incomplete beta function, none of which the code under test uses.
#include "models/statistics/bayes.h"
#include "tests/models/statistics/near.h"

#include <boost/math/distributions/beta.hpp>

#include <numeric>

namespace {

using namespace studio::statistics;
using studio::statistics_tests::near;

TEST(BetaPosterior, AgreesWithTheIncompleteBetaFunctionFromNoCountToMillions) {
    struct Case {
        Arm arm;
        Prior prior;
    };
    for (const auto &[arm, prior] :
         {Case{{0, 0}, {1, 1}}, Case{{0, 50}, {1, 1}}, Case{{50, 50}, {1, 1}}, Case{{3, 40}, {0.5, 0.5}},
          Case{{0, 7}, {0.05, 0.05}}, Case{{12, 600}, {3, 97}}, Case{{30'000, 1'000'000}, {1, 1}}}) {
        const BetaPosterior posterior(arm, prior);
        const boost::math::beta_distribution<> beta(posterior.a(), posterior.b());
        for (const double p : {1e-9, 0.001, 0.025, 0.3, 0.5, 0.8, 0.975, 0.999}) {
            SCOPED_TRACE(testing::Message() << posterior.a() << " " << posterior.b() << " at " << p);
            const double x = rate_of_log_odds(posterior.log_odds_quantile(p));
            EXPECT_TRUE(near(x, boost::math::quantile(beta, p), 1e-9, 0));
            const auto tails = posterior.tails(posterior.log_odds_quantile(p));
            EXPECT_TRUE(near(tails.lower, p, 1e-10, 0));
            EXPECT_TRUE(near(tails.upper, 1 - p, 1e-10, 0));
        }
    }
}

TEST(BetaPosterior, CredibleIntervalsOfHugeCountsAreThoseOfTheirNormalLimit) {
    // Cornish-Fisher with the skewness term; what it leaves out is of order 1/n.
    for (const std::int64_t visitors : {100'000'000LL, 200'000'000LL, 10'000'000'000LL}) {
        const BetaPosterior posterior({visitors / 20, visitors}, {1, 1});
        const double sum = posterior.a() + posterior.b(), mean = posterior.mean();
        const double deviation = std::sqrt(mean * (1 - mean) / (sum + 1)), z = 1.959963984540054;
        const double skew =
            2 * (1 - 2 * mean) * std::sqrt(sum + 1) / ((sum + 2) * std::sqrt(mean * (1 - mean)));
        const Interval interval = credible_interval(posterior, 0.05);
        EXPECT_TRUE(near(interval.low, mean + deviation * (-z + skew * (z * z - 1) / 6), 1e-10, 0));
        EXPECT_TRUE(near(interval.high, mean + deviation * (z + skew * (z * z - 1) / 6), 1e-10, 0));
    }
}

struct Pair {
    Prior prior; // the flat one added to the counts gives whole parameters
    Arm control, treatment;
    double greater, loss_control, loss_treatment;
};

TEST(ProbabilityGreater, IsTheExactFractionAlsoInTheTails) {
    for (const auto &pair : {
             Pair{{1, 1}, {2, 9}, {5, 11}, 0.84365325077399381, 0.2048356139754713, 0.016024425164282482},
             Pair{{1, 1}, {0, 30}, {2, 30}, 0.88114754098360659, 0.06603727556596409, 0.0035372755659640906},
             Pair{{3, 97}, {3, 40}, {6, 42}, 0.786091364830837, 0.023762166624450545, 0.0032390277914525556},
         }) {
        const BetaPosterior arms[] = {BetaPosterior(pair.control, pair.prior),
                                      BetaPosterior(pair.treatment, pair.prior)};
        EXPECT_TRUE(near(probability_greater(arms[0], arms[1]), pair.greater, 1e-11, 0));
        EXPECT_TRUE(near(probability_greater(arms[1], arms[0]), 1 - pair.greater, 1e-11, 0));
        const Ranking ranking = rank(arms);
        EXPECT_TRUE(near(ranking.p_best[1], pair.greater, 1e-11, 0));
        EXPECT_TRUE(near(ranking.expected_loss[0], pair.loss_control, 1e-10, 0));
        EXPECT_TRUE(near(ranking.expected_loss[1], pair.loss_treatment, 1e-10, 0));
    }
}

TEST(ProbabilityGreater, SumAndQuadratureAreTheSameWhereBothApply) {
    for (const std::int64_t visitors : {1, 10, 300, 4000, 12'000}) {
        for (const std::int64_t share : {0, 2, 10, 55, 100}) {
            const BetaPosterior arms[] = {BetaPosterior({visitors * share / 100, visitors}, {1, 1}),
                                          BetaPosterior({visitors / 10, visitors + 3}, {1, 1})};
            EXPECT_TRUE(near(probability_greater(arms[0], arms[1]), rank(arms).p_best[1], 0, 1e-10))
                << visitors << " " << share;
        }
    }
}

TEST(Ranking, ChancesSumToOneAndEqualArmsAreEqual) {
    std::vector<BetaPosterior> arms;
    for (const std::int64_t conversions : {40, 41, 41, 55, 0, 30}) {
        arms.emplace_back(Arm{conversions, 1000}, Prior{});
    }
    const Ranking ranking = rank(arms);
    EXPECT_TRUE(near(std::accumulate(ranking.p_best.begin(), ranking.p_best.end(), 0.0), 1, 1e-13, 0));
    EXPECT_TRUE(near(ranking.p_best[1], ranking.p_best[2], 1e-12, 0));
    EXPECT_TRUE(near(ranking.expected_loss[1], ranking.expected_loss[2], 1e-12, 0));
}

TEST(Ranking, LossesDifferByTheDifferenceOfTheMeans) {
    std::vector<BetaPosterior> arms;
    for (const std::int64_t conversions : {0, 7, 12, 100'000}) {
        arms.emplace_back(Arm{conversions, 1'000'000}, Prior{0.5, 2.5});
    }
    const Ranking ranking = rank(arms);
    for (std::size_t arm = 1; arm < arms.size(); ++arm) {
        EXPECT_TRUE(near(ranking.expected_loss[0] - ranking.expected_loss[arm],
                         arms[arm].mean() - arms[0].mean(), 1e-9, 1e-13));
    }
    EXPECT_LT(ranking.expected_loss[3], 1e-40);
}

// With a flat prior, an arm without visitors looks like the best.
TEST(Ranking, AnArmWithoutVisitorsLooksPromisingUnderAFlatPriorAndNotUnderAnInformedOne) {
    const auto chance = [](const Prior &prior) {
        const BetaPosterior arms[] = {BetaPosterior({20, 500}, prior), BetaPosterior({25, 500}, prior),
                                      BetaPosterior({0, 0}, prior)};
        return rank(arms).p_best[2];
    };
    EXPECT_GT(chance({1, 1}), 0.9);
    EXPECT_LT(chance({4, 96}), 0.4);
}

TEST(LiftBelief, QuantilesAreTheRootsOfTheExactPolynomial) {
    struct Case {
        Arm control, treatment;
        double low, median, high; // of the ratio
    };
    for (const auto &[control, treatment, low, median, high] : {
             Case{{0, 1}, {1, 1}, 0.38729833462074037, 2.2152504370215302, 52.95565887084047},
             Case{{1, 1}, {1, 1}, 0.22360679774998032, 1, 4.4721359549995805},
             Case{{0, 10}, {10, 10}, 3.163724522185401, 14.975220289861848, 398.6967454615782},
             Case{{2, 9}, {5, 11}, 0.5954375817000489, 1.7559857596717003, 7.328802540241155},
             Case{{0, 30}, {2, 30}, 0.43838031209252726, 3.825037867895464, 114.42553803304357},
         }) {
        const LiftBelief belief =
            lift_belief(BetaPosterior(control, {1, 1}), BetaPosterior(treatment, {1, 1}), 0.05);
        EXPECT_TRUE(near(belief.interval.low + 1, low, 1e-9, 0));
        EXPECT_TRUE(near(belief.median + 1, median, 1e-9, 0));
        EXPECT_TRUE(near(belief.interval.high + 1, high, 1e-9, 0));
    }
}

TEST(LiftBelief, OfTwoUniformRatesIsKnownInClosedForm) {
    // P(B/A <= r) = r/2 below 1 and 1 - 1/(2r) above.
    const BetaPosterior uniform({0, 0}, {1, 1});
    const LiftBelief belief = lift_belief(uniform, uniform, 0.1);
    EXPECT_TRUE(near(belief.interval.low + 1, 0.1, 1e-9, 0));
    EXPECT_TRUE(near(belief.median + 1, 1, 1e-9, 0));
    EXPECT_TRUE(near(belief.interval.high + 1, 10, 1e-9, 0));
}

TEST(LiftBelief, SwappingTheArmsTurnsTheRatioAbout) {
    const BetaPosterior one({7, 300}, {0.5, 0.5}), two({900, 20'000}, {0.5, 0.5});
    const LiftBelief there = lift_belief(one, two, 0.05), back = lift_belief(two, one, 0.05);
    EXPECT_TRUE(near((1 + there.interval.low) * (1 + back.interval.high), 1, 1e-9, 0));
    EXPECT_TRUE(near((1 + there.median) * (1 + back.median), 1, 1e-9, 0));
}

} // namespace
