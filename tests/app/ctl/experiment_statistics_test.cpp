// SPDX-License-Identifier: Apache-2.0
#include "tests/app/ctl/companionctl.h"

#include <gmock/gmock.h>

using namespace studio::ctl_tests;
using studio::models::Json;
using testing::HasSubstr;

namespace {

const std::string counts = R"({"alpha":0.05,"prior":[1,1],"sequential_tuning_n":5000,"variants":[
    {"id":"control","conversions":100,"visitors":1000,"weight":0.5},
    {"id":"evening","conversions":120,"visitors":1000,"weight":0.5}]})";

std::string first_field(const Answer &answer) {
    const auto error = Json::parse(answer.err, nullptr, false);
    return error.is_object() ? error["issues"][0]["field"].get<std::string>() : answer.err;
}

} // namespace

TEST(ExperimentEvaluate, ReadsCountsOnStandardInputAndNeedsNoWorkspace) {
    const Answer answer = run({"experiment", "evaluate", "--json"}, counts);
    ASSERT_EQ(answer.exit_code, 0) << answer.err;
    const Json json = answer.json();
    EXPECT_NEAR(json["variants"][1]["p_best"].get<double>(), 0.9231834389735604, 1e-9);
    const Json &comparison = json["comparisons"][0];
    EXPECT_EQ(comparison["id"], "evening");
    EXPECT_NEAR(comparison["p_pooled"].get<double>(), 0.1529177818639462, 1e-12);
    EXPECT_NEAR(comparison["sequential_asymp_cs"]["absolute"]["p_always_valid"].get<double>(),
                0.9388856039651484, 1e-10);
    EXPECT_EQ(json["srm"]["df"], 1);
    EXPECT_EQ(json["recommendation"]["action"], "keep_running");
}

TEST(ExperimentEvaluate, TellsPeopleTheSameInATableAndSentences) {
    const Answer answer = run({"experiment", "evaluate"}, counts);
    ASSERT_EQ(answer.exit_code, 0) << answer.err;
    EXPECT_THAT(answer.out, HasSubstr("evening"));
    EXPECT_THAT(answer.out, HasSubstr("Recommendation: keep_running"));
}

TEST(ExperimentEvaluate, WrongInputExitsWithTwoAndNamesTheField) {
    const auto field = [](const std::string &from, const std::string &to) {
        std::string text = counts;
        text.replace(text.find(from), from.size(), to);
        const Answer answer = run({"experiment", "evaluate", "--json"}, text);
        EXPECT_EQ(answer.exit_code, 2) << to;
        EXPECT_EQ(answer.out, "");
        return first_field(answer);
    };
    EXPECT_EQ(field("\"conversions\":120", "\"conversions\":1200"), "/variants/1/conversions");
    EXPECT_EQ(field("\"visitors\":1000", "\"visitors\":-1"), "/variants/0/visitors");
    EXPECT_EQ(field("\"alpha\"", "\"alfa\""), "/alfa");
    EXPECT_EQ(field("100", "NaN"), "FILE");
    EXPECT_THAT(run({"experiment", "evaluate"}, "{}").err, HasSubstr("companionctl: /variants: "));
}

TEST(ExperimentSampleSize, PrintsTheVisitorsOfAVariant) {
    const Answer answer = run({"experiment", "sample-size", "--baseline", "0.05", "--lift", "0.1", "--alpha",
                               "0.05", "--power", "0.8", "--variants", "2", "--json"});
    EXPECT_EQ(answer.out, "{\"per_variant\":31231}\n");
}

TEST(ExperimentSampleSize, AddsTheWeeksAtATrafficAndSaysWhatCannotFinish) {
    const std::vector<std::string> words = {"experiment", "sample-size", "--baseline",          "0.05",
                                            "--lift",     "0.1",         "--visitors-per-week", "2000"};
    auto json_words = words;
    json_words.push_back("--json");
    EXPECT_EQ(run(json_words).out, "{\"per_variant\":31231,\"weeks\":32}\n");
    EXPECT_THAT(run(words).out, HasSubstr("That is too long"));
    EXPECT_EQ(run({"experiment", "sample-size", "--baseline", "0.04", "--lift", "-0.2", "--json"}).out,
              "{\"per_variant\":8509}\n");
}

TEST(ExperimentSampleSize, WrongWordsExitWithTwoAndAreNamed) {
    const auto field = [](const std::string &baseline, const std::string &lift) {
        const Answer answer =
            run({"experiment", "sample-size", "--json", "--baseline", baseline, "--lift", lift});
        EXPECT_EQ(answer.exit_code, 2);
        return first_field(answer);
    };
    EXPECT_EQ(field("0", "0.1"), "--baseline");
    EXPECT_EQ(field("1.5", "0.1"), "--baseline");
    EXPECT_EQ(field("nan", "0.1"), "--baseline");
    EXPECT_EQ(field("0.05x", "0.1"), "--baseline");
    EXPECT_EQ(field("0.05", "0"), "--lift");
    EXPECT_EQ(field("0.9", "0.2"), "--lift");
    EXPECT_EQ(field("0.05", "inf"), "--lift");
}
