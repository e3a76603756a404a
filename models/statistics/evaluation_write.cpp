// SPDX-License-Identifier: Apache-2.0
#include "models/statistics/evaluation_write.h"

namespace studio::statistics {

namespace {

using models::Json;

template <typename Value> Json or_null(const std::optional<Value> &value) {
    return value ? Json(*value) : Json();
}

Json pair(const Interval &interval) {
    return Json::array({interval.low, interval.high});
}

Json or_null(const std::optional<Interval> &interval) {
    return interval ? pair(*interval) : Json();
}

Json figure(const SequentialFigure &figure) {
    return {{"ci95", or_null(figure.interval)}, {"p_always_valid", figure.p}};
}

Json sequential(const std::optional<SequentialFigures> &figures) {
    if (!figures) {
        return nullptr;
    }
    return {{"absolute", figure(figures->absolute)}, {"relative", figure(figures->relative)}};
}

Json variant(const VariantFigures &figures) {
    return {{"id", figures.id},
            {"rate", or_null(figures.rate)},
            {"wilson95", or_null(figures.wilson)},
            {"bayes_ci95_rate", pair(figures.credible)},
            {"p_best", figures.p_best},
            {"expected_loss", figures.expected_loss}};
}

Json comparison(const Comparison &figures) {
    Json json = {{"id", figures.id},
                 {"diff_abs", or_null(figures.difference)},
                 {"lift_rel", or_null(figures.lift)},
                 {"p_pooled", or_null(figures.p_pooled)},
                 {"p_unpooled", or_null(figures.p_unpooled)},
                 {"p_fisher_two_sided", or_null(figures.p_fisher)},
                 {"ci95_diff_newcombe", or_null(figures.newcombe)},
                 {"bayes_p_treatment_gt_control", figures.p_greater},
                 {"bayes_ci95_lift_rel", pair(figures.lift_belief.interval)},
                 {"bayes_median_lift_rel", figures.lift_belief.median},
                 {"sequential_asymp_cs", sequential(figures.sequential)}};
    if (figures.sequential_over_looks.size() > 1) {
        Json &looks = json["sequential_over_looks"] = Json::array();
        for (const auto &look : figures.sequential_over_looks) {
            looks.push_back(sequential(look));
        }
    }
    json["p_holm"] = or_null(figures.p_holm);
    json["p_always_valid_holm"] = or_null(figures.p_always_valid_holm);
    return json;
}

Json recommendation(const Recommendation &advice, const std::optional<std::int64_t> &planned) {
    Json reasons = Json::array();
    for (const auto &reason : advice.reasons) {
        reasons.push_back({{"id", reason.id}, {"sentence", reason.sentence}});
    }
    return {{"action", to_string(advice.action)},
            {"reasons", std::move(reasons)},
            {"winner", or_null(advice.winner)},
            {"days", or_null(advice.days)},
            {"planned_per_variant", or_null(planned)}};
}

} // namespace

Json to_json(const Evaluation &evaluation) {
    Json variants = Json::array(), comparisons = Json::array();
    for (const auto &figures : evaluation.variants) {
        variants.push_back(variant(figures));
    }
    for (const auto &figures : evaluation.comparisons) {
        comparisons.push_back(comparison(figures));
    }
    const SampleRatio &ratio = evaluation.sample_ratio;
    return {{"alpha", evaluation.alpha},
            {"variants", std::move(variants)},
            {"comparisons", std::move(comparisons)},
            {"srm",
             {{"chi2", ratio.chi2},
              {"df", ratio.df},
              {"p_value", or_null(ratio.p_value)},
              {"leak_into_zero_weight_arm", ratio.leak},
              {"mismatch", ratio.mismatch()}}},
            {"recommendation", recommendation(evaluation.recommendation, evaluation.planned_per_variant)}};
}

} // namespace studio::statistics
