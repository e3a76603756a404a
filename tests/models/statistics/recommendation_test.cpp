// SPDX-License-Identifier: Apache-2.0
#include "models/statistics/evaluation.h"

#include <gmock/gmock.h>

namespace {

using namespace studio::statistics;
using testing::ElementsAre;
using testing::HasSubstr;

EvaluationInput input(std::vector<Arm> arms, std::optional<int> days = 14) {
    EvaluationInput input;
    const char *ids[] = {"control", "evening", "garden", "studio"};
    for (std::size_t at = 0; at < arms.size(); ++at) {
        input.variants.push_back({ids[at], arms[at], 1});
    }
    input.days_running = days;
    input.plan.visitors_per_variant = 8000;
    return input;
}

std::vector<std::string> ids(const Recommendation &advice) {
    std::vector<std::string> ids;
    for (const auto &reason : advice.reasons) {
        ids.push_back(reason.id);
    }
    return ids;
}

Recommendation advice(const EvaluationInput &input) {
    return evaluate(input).recommendation;
}

TEST(Recommendation, KeepsRunningForTheDaysThatThisTrafficNeedsInWholeWeeks) {
    const auto keep =
        advice(input({{150, 3000}, {160, 3000}})); // 3000 an arm a fortnight; 8000 planned: 38 days
    EXPECT_EQ(keep.action, Action::KeepRunning);
    EXPECT_EQ(keep.days, 28);
    EXPECT_THAT(ids(keep), ElementsAre("planned_visitors_not_reached"));
    EXPECT_THAT(keep.reasons[0].sentence, HasSubstr("8,000"));
    EXPECT_FALSE(keep.winner);
}

TEST(Recommendation, SaysThatItDoesNotKnowTheDaysWithoutTraffic) {
    const auto keep = advice(input({{150, 3000}, {160, 3000}}, std::nullopt));
    EXPECT_EQ(keep.action, Action::KeepRunning);
    EXPECT_FALSE(keep.days);
    EXPECT_THAT(ids(keep), ElementsAre("planned_visitors_not_reached", "traffic_unknown"));
}

TEST(Recommendation, NamesAWinnerOnEvidenceThatHoldsAtAnyTime) {
    const auto win = advice(input({{300, 6000}, {420, 6000}}));
    EXPECT_EQ(win.action, Action::Winner);
    EXPECT_EQ(win.winner, "evening");
    EXPECT_THAT(ids(win), ElementsAre("better_than_control", "evidence_holds_at_any_time"));
}

TEST(Recommendation, ControlWinsOnlyAgainstEveryVariant) {
    const auto win = advice(input({{420, 6000}, {300, 6000}, {290, 6000}}));
    EXPECT_EQ(win.action, Action::Winner);
    EXPECT_EQ(win.winner, "control");
    EXPECT_THAT(ids(win), testing::Contains("control_is_better"));
    EXPECT_EQ(advice(input({{420, 6000}, {300, 6000}, {425, 6000}})).action, Action::KeepRunning);
}

TEST(Recommendation, WaitsBetweenTwoGoodVariantsUntilThePlanIsReachedAndThenSaysThatTheyAreClose) {
    EXPECT_EQ(advice(input({{300, 6000}, {420, 6000}, {418, 6000}})).action, Action::KeepRunning);
    const auto win = advice(input({{400, 8000}, {560, 8000}, {557, 8000}}));
    EXPECT_EQ(win.action, Action::Winner);
    EXPECT_EQ(win.winner, "evening");
    EXPECT_THAT(ids(win), testing::Contains("close_runner_up"));
}

TEST(Recommendation, NeverNamesAWinnerInTheFirstWeekOrBeforeTheWeekIsComplete) {
    for (const int days : {0, 1, 6, 8, 13}) {
        const auto wait = advice(input({{300, 6000}, {420, 6000}}, days));
        EXPECT_EQ(wait.action, Action::KeepRunning) << days;
        EXPECT_EQ((days + wait.days.value()) % 7, 0) << days;
        EXPECT_THAT(ids(wait), ElementsAre("week_not_complete")) << days;
    }
    EXPECT_EQ(advice(input({{300, 6000}, {420, 6000}}, 7)).action, Action::Winner);
    EXPECT_EQ(advice(input({{300, 6000}, {420, 6000}}, std::nullopt)).action, Action::Winner);
}

TEST(Recommendation, AWinnerStaysOneInTheMiddleOfTheNextWeek) {
    auto later = input({{310, 6200}, {425, 6200}}, 16);
    EXPECT_EQ(advice(later).action, Action::KeepRunning);
    later.looks = {{14, {{300, 6000}, {420, 6000}}}};
    EXPECT_EQ(advice(later).action, Action::Winner);
}

TEST(Recommendation, EvidenceOfAnEarlierLookIsNotTakenBackByALaterOne) {
    auto later = input({{400, 7000}, {480, 7000}}, 21);
    EXPECT_NE(advice(later).action, Action::Winner);
    later.looks = {{14, {{300, 6000}, {420, 6000}}}};
    EXPECT_EQ(advice(later).action, Action::Winner);
}

TEST(Recommendation, NoWinnerFromAHandfulOfConversions) {
    const auto keep = advice(input({{2, 400}, {9, 400}}, std::nullopt));
    EXPECT_EQ(keep.action, Action::KeepRunning);
    EXPECT_THAT(ids(keep), testing::Contains("too_few_conversions"));
    EXPECT_THAT(ids(advice(input({{5, 60}, {5, 60}}, std::nullopt))), testing::Contains("too_few_visitors"));
}

TEST(Recommendation, NoDetectableDifferenceOncePlannedVisitorsAreThere) {
    const auto none = advice(input({{400, 8000}, {415, 8000}}));
    EXPECT_EQ(none.action, Action::NoDifference);
    EXPECT_THAT(ids(none), ElementsAre("planned_visitors_reached"));
    EXPECT_EQ(advice(input({{400, 8000}, {415, 8000}}, 5)).action, Action::KeepRunning)
        << "not in the first week";
}

TEST(Recommendation, CannotFinishSaysHowLongItWouldTake) {
    const auto hopeless = advice(input({{10, 200}, {11, 200}}));
    EXPECT_EQ(hopeless.action, Action::CannotFinish);
    EXPECT_THAT(ids(hopeless), ElementsAre("too_little_traffic"));
    EXPECT_THAT(hopeless.reasons[0].sentence, HasSubstr("80 weeks"));
    const auto nobody = advice(input({{0, 0}, {0, 0}}));
    EXPECT_EQ(nobody.action, Action::CannotFinish);
    EXPECT_THAT(ids(nobody), ElementsAre("no_traffic"));
}

TEST(Recommendation, WithoutAPlanItFollowsFromControlsRate) {
    auto open = input({{150, 3000}, {160, 3000}});
    open.plan.visitors_per_variant.reset();
    EXPECT_EQ(evaluate(open).planned_per_variant, visitors_per_arm({0.05, 0.2, 0.05, 0.8, 2}));
    open = input({{0, 50}, {0, 50}});
    open.plan.visitors_per_variant.reset();
    EXPECT_EQ(advice(open).action, Action::KeepRunning);
    EXPECT_THAT(ids(advice(open)), testing::Contains("plan_unknown"));
}

TEST(Recommendation, AsksWhyAnArmGetsNobody) {
    const auto empty = advice(input({{260, 5000}, {0, 0}}));
    EXPECT_EQ(empty.action, Action::CheckSetup);
    EXPECT_THAT(ids(empty), ElementsAre("no_visitors", "sample_ratio_mismatch"));
    EXPECT_THAT(empty.reasons[0].sentence, HasSubstr("\"evening\" gets no visitors"));
    EXPECT_EQ(advice(input({{0, 0}, {260, 5000}})).action, Action::CheckSetup) << "the control";
    EXPECT_EQ(advice(input({{260, 5000}, {250, 5000}, {0, 0}})).action, Action::CheckSetup) << "one of three";
    EXPECT_EQ(advice(input({{260, 5000}, {0, 0}}, 3)).action, Action::CheckSetup) << "in the first week";
    EXPECT_EQ(advice(input({{260, 5000}, {0, 0}}, std::nullopt)).action, Action::CheckSetup);
    EXPECT_EQ(advice(input({{260, 5000}, {1, 5}})).action, Action::CheckSetup) << "a handful only";
    EXPECT_NE(advice(input({{0, 6}, {0, 0}})).action, Action::CheckSetup) << "too few to say";
}

TEST(Recommendation, AsksToCheckTheSetUpBeforeAnythingElse) {
    EXPECT_THAT(ids(advice(input({{300, 6000}, {260, 5000}}))), ElementsAre("sample_ratio_mismatch"));
    auto leak = input({{300, 6000}, {420, 6000}, {0, 3}});
    leak.variants[2].weight = 0;
    EXPECT_THAT(ids(advice(leak)), ElementsAre("zero_weight_leak"));
    auto without_baseline = input({{0, 0}, {420, 6000}, {400, 6000}});
    without_baseline.variants[0].weight = 0;
    EXPECT_EQ(advice(without_baseline).action, Action::CheckSetup);
    EXPECT_THAT(ids(advice(without_baseline)), ElementsAre("no_baseline"));
    auto moved = input({{6000, 30'000}, {6000, 30'000}}, 21);
    moved.looks = {{7, {{500, 5000}, {1500, 5000}}}};
    EXPECT_THAT(ids(advice(moved)), testing::Contains("rates_changed"));
}

TEST(Recommendation, DoubtsALiftOfHalfAndMoreOnlyWhereItIsNoAccident) {
    EXPECT_THAT(ids(advice(input({{300, 6000}, {460, 6000}}))), ElementsAre("implausible_lift"));
    EXPECT_THAT(ids(advice(input({{300, 6000}, {120, 6000}}))), ElementsAre("implausible_lift"));
    EXPECT_THAT(ids(advice(input({{0, 600}, {40, 600}}))), ElementsAre("implausible_lift"));
    EXPECT_NE(advice(input({{12, 600}, {21, 610}})).action, Action::CheckSetup);
    EXPECT_NE(advice(input({{1, 50}, {3, 50}})).action, Action::CheckSetup);
}

TEST(Recommendation, AnArmWithoutAShareNeverLeads) {
    auto with_new_arm = input({{300, 6000}, {420, 6000}, {0, 0}});
    with_new_arm.variants[2].weight = 0;
    const auto win = advice(with_new_arm);
    EXPECT_EQ(win.action, Action::Winner);
    EXPECT_EQ(win.winner, "evening");
    EXPECT_THAT(ids(win), testing::Not(testing::Contains("close_runner_up")));
}

} // namespace
