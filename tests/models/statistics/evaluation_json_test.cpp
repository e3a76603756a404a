// SPDX-License-Identifier: Apache-2.0
#include "models/statistics/evaluation_parse.h"
#include "models/statistics/evaluation_write.h"

#include <gmock/gmock.h>

namespace {

using namespace studio::statistics;
using studio::models::Json;
using testing::HasSubstr;

Json counts(Json control, Json treatment) {
    return {{"variants", Json::array({std::move(control), std::move(treatment)})}};
}

Json arm(const char *id, Json conversions, Json visitors) {
    return {{"id", id}, {"conversions", std::move(conversions)}, {"visitors", std::move(visitors)}};
}

std::string field_of(const std::string &text) {
    const ParsedInput parsed = parse_evaluation_input(text);
    EXPECT_EQ(parsed.input.has_value(), parsed.issues.empty());
    return parsed.issues.empty() ? "accepted" : parsed.issues.front().pointer;
}

std::string field_of(const Json &json) {
    return field_of(json.dump());
}

// The good input with one change.
std::string field_with(const char *pointer, const Json &value) {
    Json json = counts(arm("control", 100, 1000), arm("b", 120, 1000));
    json[Json::json_pointer(pointer)] = value;
    return field_of(json);
}

TEST(EvaluationInput, NamesTheFieldOfEveryHostileNumber) {
    EXPECT_EQ(field_with("/variants/1/conversions", 1001), "/variants/1/conversions");
    EXPECT_EQ(field_with("/variants/1/conversions", -1), "/variants/1/conversions");
    EXPECT_EQ(field_with("/variants/0/visitors", -5), "/variants/0/visitors");
    EXPECT_EQ(field_with("/variants/0/visitors", 1000.5), "/variants/0/visitors");
    EXPECT_EQ(field_with("/variants/0/visitors", "1000"), "/variants/0/visitors");
    EXPECT_EQ(field_with("/variants/0/visitors", nullptr), "/variants/0/visitors");
    EXPECT_EQ(field_with("/variants/0/visitors", 1e18), "/variants/0/visitors");
    EXPECT_EQ(field_with("/variants/0/weight", -0.5), "/variants/0/weight");
    EXPECT_EQ(field_with("/variants/0/weight", 0.5), "/variants/1/weight") << "one of two is missing";
    EXPECT_EQ(field_with("/variants/1/id", "control"), "/variants/1/id");
    EXPECT_EQ(field_with("/variants/1/id", ""), "/variants/1/id");
    EXPECT_EQ(field_with("/variants/1/name", "B"), "/variants/1/name");
    EXPECT_EQ(field_with("/alpha", 0), "/alpha");
    EXPECT_EQ(field_with("/alpha", 1), "/alpha");
    EXPECT_EQ(field_with("/prior", Json::array({0, 1})), "/prior");
    EXPECT_EQ(field_with("/prior", Json::array({1})), "/prior");
    EXPECT_EQ(field_with("/sequential_tuning_n", 0), "/sequential_tuning_n");
    EXPECT_EQ(field_with("/plan", Json{{"lift", 0}}), "/plan/lift");
    EXPECT_EQ(field_with("/plan", Json{{"baseline", 0.9}, {"lift", 0.2}}), "/plan/lift");
    EXPECT_EQ(field_with("/days_running", 1.5), "/days_running");
    EXPECT_EQ(field_with("/visitors_per_week", -1), "/visitors_per_week");
    EXPECT_EQ(field_with("/colour", "red"), "/colour");
}

TEST(EvaluationInput, RefusesWhatIsNoTest) {
    EXPECT_EQ(field_of(std::string("NaN")), "");
    EXPECT_EQ(field_of(std::string("")), "");
    EXPECT_EQ(field_of(std::string("[]")), "");
    EXPECT_EQ(field_of(std::string("{\"alpha\":NaN}")), "");
    EXPECT_EQ(field_of(std::string("{\"alpha\":1e999}")), "");
    EXPECT_EQ(field_of(std::string("{}")), "/variants");
    EXPECT_EQ(field_of(Json{{"variants", Json::array({arm("control", 1, 2)})}}), "/variants") << "one arm";
    EXPECT_EQ(field_of(Json{{"variants", Json::array({1, 2})}}), "/variants/0");
    Json no_weight = counts(arm("control", 1, 2), arm("b", 1, 2));
    no_weight["variants"][0]["weight"] = no_weight["variants"][1]["weight"] = 0;
    EXPECT_EQ(field_of(no_weight), "/variants");
}

TEST(EvaluationInput, LooksAreHeldToTheVariantsAndToTime) {
    const auto look = [](Json days, int conversions) {
        return Json{{"days", std::move(days)},
                    {"variants", Json::array({{{"conversions", conversions}, {"visitors", 500}},
                                              {{"conversions", 60}, {"visitors", 500}}})}};
    };
    EXPECT_EQ(field_with("/looks", Json::array({look(7, 50)})), "accepted");
    EXPECT_EQ(field_with("/looks", Json::array({look(7, 50), look(7, 50)})), "/looks/1/days");
    EXPECT_EQ(field_with("/looks", Json::array({look(7, 501)})), "/looks/0/variants/0/conversions");
    EXPECT_EQ(field_with("/looks", Json::array({Json{{"variants", Json::array()}}})), "/looks/0/variants");
}

TEST(EvaluationInput, SharesNeedNotSumToOneAndWholeNumbersMayBeWrittenAsReals) {
    Json json = counts(arm("control", 100, 1000.0), arm("b", 120, 2e3));
    json["variants"][0]["weight"] = 3;
    json["variants"][1]["weight"] = 6;
    const auto parsed = parse_evaluation_input(json.dump());
    ASSERT_TRUE(parsed.input);
    EXPECT_EQ(evaluate(*parsed.input).sample_ratio.chi2, 0);
}

TEST(EvaluationJson, HasEveryNameAndNullWhereAFigureIsUndefined) {
    const auto parsed = parse_evaluation_input(counts(arm("control", 0, 0), arm("b", 3, 10)).dump());
    ASSERT_TRUE(parsed.input);
    const Json json = to_json(evaluate(*parsed.input));
    EXPECT_TRUE(json["variants"][0]["rate"].is_null());
    EXPECT_TRUE(json["variants"][0]["wilson95"].is_null());
    EXPECT_TRUE(json["variants"][0]["bayes_ci95_rate"].is_array());
    const Json &comparison = json["comparisons"][0];
    for (const char *name : {"p_pooled", "p_unpooled", "p_fisher_two_sided", "ci95_diff_newcombe",
                             "sequential_asymp_cs", "p_holm", "lift_rel"}) {
        ASSERT_TRUE(comparison.contains(name)) << name;
        EXPECT_TRUE(comparison[name].is_null()) << name;
    }
    EXPECT_TRUE(comparison["bayes_p_treatment_gt_control"].is_number());
    EXPECT_FALSE(comparison.contains("sequential_over_looks"));
    EXPECT_EQ(json["srm"]["leak_into_zero_weight_arm"], false);
    EXPECT_EQ(json["recommendation"]["action"], "keep_running");
    EXPECT_FALSE(json["recommendation"]["reasons"].empty());
}

TEST(EvaluationJson, FiguresOverLooksOnlyNarrow) {
    Json json = counts(arm("control", 300, 6000), arm("b", 360, 6000));
    json["looks"] = Json::array();
    for (const int part : {1, 2, 3, 4, 5}) {
        json["looks"].push_back(
            {{"variants", Json::array({{{"conversions", 50 * part}, {"visitors", 1000 * part}},
                                       {{"conversions", 64 * part}, {"visitors", 1000 * part}}})}});
    }
    const auto parsed = parse_evaluation_input(json.dump());
    ASSERT_TRUE(parsed.input);
    const Json looks = to_json(evaluate(*parsed.input))["comparisons"][0]["sequential_over_looks"];
    ASSERT_EQ(looks.size(), 6U);
    for (std::size_t at = 1; at < looks.size(); ++at) {
        for (const char *scale : {"absolute", "relative"}) {
            EXPECT_LE(looks[at][scale]["p_always_valid"], looks[at - 1][scale]["p_always_valid"]);
            EXPECT_GE(looks[at][scale]["ci95"][0], looks[at - 1][scale]["ci95"][0]);
            EXPECT_LE(looks[at][scale]["ci95"][1], looks[at - 1][scale]["ci95"][1]);
        }
    }
}

} // namespace
