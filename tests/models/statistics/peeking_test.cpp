// SPDX-License-Identifier: Apache-2.0
// The effect of repeated interim evaluations, by simulation. Binomial counts from a seeded generator; 500
// visitors an arm and look, true rate 5 %, twenty looks: two of the looks lie beyond the planned visitors of
// a 20 % lift.
#include "models/statistics/evaluation.h"
#include "models/statistics/proportions.h"

#include <gtest/gtest.h>

#include <random>

namespace {

using namespace studio::statistics;

constexpr int looks = 20;
constexpr std::int64_t visitors_a_look = 500;

// Calls `visit` with the evaluation's input at every look of one run; each contains the earlier looks.
template <typename Visit>
void run(std::mt19937_64 &generator, const std::vector<double> &rates, Visit visit) {
    EvaluationInput input;
    for (std::size_t arm = 0; arm < rates.size(); ++arm) {
        input.variants.push_back({std::string(1, static_cast<char>('a' + arm)), {}, 1});
    }
    for (int look = 0; look < looks; ++look) {
        if (look > 0) {
            Look before;
            for (const auto &variant : input.variants) {
                before.arms.push_back(variant.arm);
            }
            input.looks.push_back(std::move(before));
        }
        for (std::size_t arm = 0; arm < rates.size(); ++arm) {
            std::binomial_distribution<std::int64_t> conversions(visitors_a_look, rates[arm]);
            input.variants[arm].arm.visitors += visitors_a_look;
            input.variants[arm].arm.conversions += conversions(generator);
        }
        if (!visit(input)) {
            return;
        }
    }
}

Recommendation advice(const EvaluationInput &input) {
    return recommend(test_state(input), [&] {
        std::vector<BetaPosterior> arms;
        for (const auto &variant : input.variants) {
            arms.emplace_back(variant.arm, input.prior);
        }
        return rank(arms);
    });
}

// How the runs end; each stops when the recommendation ends the test.
struct Outcomes {
    int winners = 0, wrong_winners = 0, no_difference = 0;
};

Outcomes simulate(int runs, const std::vector<double> &rates, const std::string &best, bool planned) {
    std::mt19937_64 generator(20260821);
    Outcomes outcomes;
    for (int at = 0; at < runs; ++at) {
        run(generator, rates, [&](EvaluationInput &input) {
            if (planned) {
                input.plan.baseline = 0.05;
            }
            const auto now = advice(input);
            outcomes.no_difference += now.action == Action::NoDifference;
            if (now.action != Action::Winner) {
                return now.action != Action::NoDifference;
            }
            ++outcomes.winners;
            outcomes.wrong_winners += now.winner != best;
            return false;
        });
    }
    return outcomes;
}

TEST(Peeking, AlwaysValidPStaysUnderAlphaAtAnyLookWhileThePlainTestDoesNot) {
    constexpr int runs = 10'000;
    std::mt19937_64 generator(20260821);
    int plain_last = 0, plain_any = 0, always_any = 0, left_interval = 0;
    for (int at = 0; at < runs; ++at) {
        bool plain = false, always = false, left = false;
        run(generator, {0.05, 0.05}, [&](const EvaluationInput &input) {
            const Arm &a = input.variants[0].arm, &b = input.variants[1].arm;
            const auto figures = sequential_figures(a, b, {0.05, 5000}).value();
            plain = plain || z_test_pooled(a, b)->p < 0.05;
            always = always || figures.absolute.p < 0.05;
            left = left || figures.absolute.interval->low > 0 || figures.absolute.interval->high < 0;
            plain_last += input.looks.size() == looks - 1 && z_test_pooled(a, b)->p < 0.05;
            return true;
        });
        plain_any += plain;
        always_any += always;
        left_interval += left;
    }
    EXPECT_NEAR(plain_last / double{runs}, 0.05, 0.01);
    EXPECT_NEAR(plain_any / double{runs}, 0.254, 0.02) << "what peeking does to the plain test";
    EXPECT_LT(always_any / double{runs}, 0.05);
    EXPECT_EQ(left_interval, always_any) << "the interval and the p agree";
    RecordProperty("always_valid_any_look_of_10000", always_any);
}

TEST(Peeking, TheRecommendationNamesAWinnerInAtMostOneOfAHundredTestsWithoutADifference) {
    const auto two = simulate(10'000, {0.05, 0.05}, "none", true);
    EXPECT_LE(two.winners, 100);
    RecordProperty("false_winners_of_10000", two.winners);
    const auto four = simulate(2000, {0.05, 0.05, 0.05, 0.05}, "none", true);
    EXPECT_LE(four.winners, 20);
    const auto unplanned = simulate(3000, {0.05, 0.05}, "none", false);
    EXPECT_LE(unplanned.winners, 30) << "also where the plan follows from the figures";
}

TEST(Peeking, ARealDifferenceIsFoundAndNeverTheWrongWayRound) {
    const auto planned = simulate(1000, {0.05, 0.06}, "b", true); // the lift the test is planned for
    EXPECT_GE(planned.winners, 350);
    EXPECT_LE(planned.wrong_winners, 1);
    const auto large = simulate(1000, {0.05, 0.07}, "b", true);
    EXPECT_GE(large.winners, 950);
    EXPECT_EQ(large.wrong_winners, 0);
    const auto harmful = simulate(1000, {0.05, 0.036}, "a", true);
    EXPECT_GE(harmful.winners, 900);
    EXPECT_EQ(harmful.wrong_winners, 0);
}

} // namespace
