// SPDX-License-Identifier: Apache-2.0
// Holds every figure to values that were computed independently (quadrature and 40-digit arithmetic), each to
// its tolerance: checked_values.json beside this file.
#include "models/statistics/evaluation_parse.h"
#include "models/statistics/evaluation_write.h"
#include "models/statistics/multiple_comparisons.h"
#include "models/statistics/proportions.h"
#include "tests/models/statistics/near.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

namespace {

using namespace studio::statistics;
using studio::models::Json;
using studio::statistics_tests::near;

std::filesystem::path source_dir() {
    const char *folder = std::getenv("STUDIO_SOURCE_DIR");
    return folder ? folder : ".";
}

Json cases_of(const std::filesystem::path &file) {
    std::ifstream stream(file);
    return Json::parse(stream)["cases"];
}

Json evaluation_of(const Json &input) {
    const ParsedInput parsed = parse_evaluation_input(input.dump());
    if (!parsed.input) {
        throw std::runtime_error(parsed.issues.front().pointer + " " + parsed.issues.front().message);
    }
    return to_json(evaluate(*parsed.input));
}

Json variant(const char *id, const Json &arm) {
    return {{"id", id}, {"conversions", arm["conversions"]}, {"visitors", arm["visitors"]}};
}

Arm arm_of(const Json &json) {
    return {json["conversions"].get<std::int64_t>(), json["visitors"].get<std::int64_t>()};
}

void check_z(const Json &expected, const std::optional<ZTest> &seen) {
    ASSERT_EQ(seen.has_value(), !expected.is_null());
    if (seen) {
        EXPECT_TRUE(near(seen->z, expected.get<double>(), 1e-12, 1e-12));
    }
}

// Where an arm's rate is 0 or 100 %, the ratio's density has a kink that the collection's quadrature rounded
// off by up to 1e-4. With whole parameters the probability is a polynomial: these are its roots in exact
// rational arithmetic.
const std::map<std::string, std::array<double, 3>> exact_ratios = {
    {"one_visitor_each", {0.38729833462074037, 2.2152504370215302, 52.95565887084047}},
    {"one_one", {0.22360679774998032, 1.0, 4.4721359549995805}},
    {"zero_vs_all", {3.163724522185401, 14.975220289861848, 398.6967454615782}},
};

// Relative to 1 + lift, the ratio of the rates.
void check_lift(const std::string &id, const Json &figures, const Json &expected) {
    std::array<double, 3> ratios = {expected["bayes_ci95_lift_rel"][0].get<double>() + 1,
                                    expected["bayes_median_lift_rel"].get<double>() + 1,
                                    expected["bayes_ci95_lift_rel"][1].get<double>() + 1};
    if (const auto exact = exact_ratios.find(id); exact != exact_ratios.end()) {
        ratios = exact->second;
    }
    const Json &interval = figures["bayes_ci95_lift_rel"];
    EXPECT_TRUE(near(interval[0].get<double>() + 1, ratios[0], 1e-6, 0));
    EXPECT_TRUE(near(figures["bayes_median_lift_rel"].get<double>() + 1, ratios[1], 1e-6, 0));
    EXPECT_TRUE(near(interval[1].get<double>() + 1, ratios[2], 1e-6, 0));
}

void check_two_arms(const Json &test) {
    const Json &input = test["input"], &expected = test["expected"];
    const Json seen = evaluation_of({{"alpha", input["alpha"]},
                                     {"prior", input["prior"]},
                                     {"sequential_tuning_n", input["sequential_tuning_n"]},
                                     {"variants", Json::array({variant("control", input["control"]),
                                                               variant("treatment", input["treatment"])})}});
    for (std::size_t arm = 0; arm < 2; ++arm) {
        const Json &figures = seen["variants"][arm];
        const std::string which = arm == 0 ? "control" : "treatment";
        EXPECT_TRUE(near(figures["rate"], expected["rate_" + which], 1e-15, 0));
        EXPECT_TRUE(near(figures["wilson95"], expected["wilson95_" + which], 0, 1e-12));
        EXPECT_TRUE(near(figures["bayes_ci95_rate"], expected["bayes_ci95_rate_" + which], 1e-7, 0));
        EXPECT_TRUE(
            near(figures["expected_loss"], expected["bayes_expected_loss_choose_" + which], 1e-6, 1e-12));
    }
    const Json &figures = seen["comparisons"][0];
    EXPECT_TRUE(near(figures["diff_abs"], expected["diff_abs"], 1e-12, 1e-15));
    EXPECT_TRUE(near(figures["lift_rel"], expected["lift_rel"], 1e-12, 1e-15));
    EXPECT_TRUE(near(figures["p_pooled"], expected["p_pooled"], 1e-9, 1e-300));
    EXPECT_TRUE(near(figures["p_unpooled"], expected["p_unpooled"], 1e-9, 1e-300));
    EXPECT_TRUE(near(figures["p_holm"], expected["p_pooled"], 1e-9, 1e-300));
    if (expected.contains("p_fisher_two_sided")) {
        EXPECT_TRUE(near(figures["p_fisher_two_sided"], expected["p_fisher_two_sided"], 1e-9, 1e-12));
    }
    EXPECT_TRUE(near(figures["ci95_diff_newcombe"], expected["ci95_diff_newcombe"], 0, 1e-12));
    const Json &greater = expected["bayes_p_treatment_gt_control"];
    EXPECT_TRUE(near(figures["bayes_p_treatment_gt_control"], greater, 0, 1e-9));
    EXPECT_TRUE(near(seen["variants"][1]["p_best"], greater, 0, 1e-9));
    check_lift(test["id"].get<std::string>(), figures, expected);
    const Json &sequential = expected["sequential_asymp_cs"],
               &seen_sequential = figures["sequential_asymp_cs"];
    EXPECT_EQ(seen_sequential.is_null(), sequential.is_null());
    for (const char *scale : {"absolute", "relative"}) {
        if (sequential.is_null()) {
            break;
        }
        EXPECT_TRUE(near(seen_sequential[scale]["ci95"], sequential[scale]["ci95"], 1e-10, 1e-12));
        EXPECT_TRUE(near(seen_sequential[scale]["p_always_valid"], sequential[scale]["p_always_valid"], 1e-10,
                         1e-300));
    }
    const Arm control = arm_of(input["control"]), treatment = arm_of(input["treatment"]);
    check_z(expected["z_pooled"], z_test_pooled(control, treatment));
    check_z(expected["z_unpooled"], z_test_unpooled(control, treatment));
}

void check_many_arms(const Json &test) {
    std::vector<BetaPosterior> arms;
    const Json &prior = test["input"]["prior"];
    for (const Json &arm : test["input"]["arms"]) {
        arms.emplace_back(arm_of(arm), Prior{prior[0].get<double>(), prior[1].get<double>()});
    }
    const Ranking ranking = rank(arms);
    EXPECT_TRUE(near(Json(ranking.p_best), test["expected"]["p_best"], 0, 1e-9));
    EXPECT_TRUE(near(Json(ranking.expected_loss), test["expected"]["expected_loss"], 1e-6, 1e-12));
}

void check_sample_ratio_case(const Json &test) {
    const Json &expected = test["expected"];
    const SampleRatio seen = check_sample_ratio(test["input"]["visitors"].get<std::vector<std::int64_t>>(),
                                                test["input"]["weights"].get<std::vector<double>>());
    EXPECT_TRUE(near(seen.chi2, expected["chi2"].get<double>(), 1e-12, 1e-12));
    EXPECT_EQ(seen.df, expected["df"].get<int>());
    EXPECT_TRUE(near(seen.p_value.value(), expected["p_value"].get<double>(), 1e-8, 0));
    EXPECT_EQ(seen.leak, expected["leak_into_zero_weight_arm"].get<bool>());
    EXPECT_EQ(seen.enough_visitors, expected["enough_data_min8_per_arm"].get<bool>());
    EXPECT_EQ(seen.mismatch() || seen.leak, expected["flag_p_lt_0.001"].get<bool>());
}

void check_sample_size(const Json &test) {
    const Json &input = test["input"], &expected = test["expected"];
    const SampleSizeQuestion question{input["baseline"].get<double>(), input["mde_rel"].get<double>(),
                                      input["alpha"].get<double>(), input["power"].get<double>(),
                                      input["variants"].get<int>()};
    EXPECT_EQ(visitors_per_arm(question), expected["n_per_arm_unpooled"].get<std::int64_t>());
    EXPECT_TRUE(near(visitors_per_arm_unpooled(question), expected["n_per_arm_unpooled_real"].get<double>(),
                     1e-10, 0));
}

void check_holm(const Json &test) {
    std::vector<std::optional<double>> p_values;
    for (const Json &p : test["input"]["p"]) {
        p_values.push_back(p.get<double>());
    }
    const auto adjusted = holm(p_values);
    for (std::size_t at = 0; at < adjusted.size(); ++at) {
        EXPECT_TRUE(near(adjusted[at].value(), test["expected"]["holm"][at].get<double>(), 0, 1e-12));
    }
}

int check_all(const Json &cases) {
    int checked = 0;
    for (const Json &test : cases) {
        SCOPED_TRACE(test["id"].get<std::string>());
        const auto kind = test["kind"].get<std::string>();
        ++checked;
        if (kind == "two_arm") {
            check_two_arms(test);
        } else if (kind == "multi_arm") {
            check_many_arms(test);
        } else if (kind == "srm") {
            check_sample_ratio_case(test);
        } else if (kind == "sample_size") {
            check_sample_size(test);
        } else if (kind == "multiple_comparison") {
            check_holm(test);
        } else {
            --checked;
        }
    }
    return checked;
}

TEST(CheckedValues, AreMetToTheirTolerances) {
    EXPECT_EQ(check_all(cases_of(source_dir() / "tests/models/statistics/checked_values.json")), 58);
}

} // namespace
