// SPDX-License-Identifier: Apache-2.0
#include "models/statistics/evaluation_parse.h"

#include "models/json/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <set>
#include <string>

namespace studio::statistics {

namespace {

using models::Json;

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Range {
    double low, high;
    bool low_included = true, high_included = true;
    bool holds(double number) const {
        return (low_included ? number >= low : number > low) &&
               (high_included ? number <= high : number < high);
    }
};

// Reads one input document and collects its errors.
class Reader final {
public:
    ParsedInput read(std::string_view text) {
        Json document;
        try {
            document = Json::parse(text);
        } catch (const Json::parse_error &error) {
            issue("", fmt::format("The input is not JSON: an error at byte {}.", error.byte));
        } catch (const Json::exception &) {
            issue("", "The input is not JSON: a number is too large.");
        }
        EvaluationInput input;
        if (m_issues.empty() && object("", document,
                                       {"alpha", "prior", "sequential_tuning_n", "variants", "plan",
                                        "days_running", "visitors_per_week", "looks"})) {
            read_into(input, document);
        }
        if (!m_issues.empty()) {
            return {std::nullopt, std::move(m_issues)};
        }
        return {std::move(input), {}};
    }

private:
    void read_into(EvaluationInput &input, const Json &document) {
        input.alpha = number("/alpha", document, "alpha", {1e-6, 0.5}).value_or(input.alpha);
        read_prior(input.prior, document);
        input.sequential_tuning_visitors =
            number("/sequential_tuning_n", document, "sequential_tuning_n", {1, 1e12});
        read_variants(input.variants, document);
        read_plan(input.plan, document);
        input.days_running = days("/days_running", document, "days_running");
        input.visitors_per_week = number("/visitors_per_week", document, "visitors_per_week", {0, 1e12});
        if (m_issues.empty()) {
            read_looks(input, document);
        }
    }

    void issue(std::string pointer, std::string message) {
        m_issues.push_back({std::move(pointer), std::move(message), models::Severity::Error});
    }

    bool object(const std::string &pointer, const Json &value, std::initializer_list<std::string_view> keys) {
        if (!value.is_object()) {
            issue(pointer, "must be an object.");
            return false;
        }
        for (const auto &[key, ignored] : value.items()) {
            if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
                issue(pointer + "/" + key,
                      fmt::format("is not known here. Known are {}.", fmt::join(keys, ", ")));
            }
        }
        return true;
    }

    // nullopt, without an error, where the key is missing or null.
    std::optional<double> number(const std::string &pointer, const Json &owner, const char *key,
                                 Range range) {
        const auto found = owner.find(key);
        if (found == owner.end() || found->is_null()) {
            return std::nullopt;
        }
        const double value = found->is_number() ? found->get<double>() : std::nan("");
        if (range.holds(value)) {
            return value;
        }
        issue(pointer,
              fmt::format("must be a number {} {:g}{}.", range.low_included ? "of at least" : "above",
                          range.low, upper_words(range)));
        return std::nullopt;
    }

    static std::string upper_words(Range range) {
        if (range.high == infinity) {
            return "";
        }
        return fmt::format(" and {} {:g}", range.high_included ? "at most" : "below", range.high);
    }

    std::optional<std::int64_t> whole(const std::string &pointer, const Json &owner, const char *key,
                                      std::int64_t low, std::int64_t high) {
        const auto found = owner.find(key);
        if (found == owner.end() || found->is_null()) {
            return std::nullopt;
        }
        const double value = found->is_number() ? found->get<double>() : std::nan("");
        if (value == std::floor(value) && value >= static_cast<double>(low) &&
            value <= static_cast<double>(high)) {
            return static_cast<std::int64_t>(value);
        }
        issue(pointer, fmt::format("must be a whole number from {} to {}.", low, high));
        return std::nullopt;
    }

    std::optional<int> days(const std::string &pointer, const Json &owner, const char *key) {
        const auto value = whole(pointer, owner, key, 0, 36'500);
        return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
    }

    std::int64_t required_count(const std::string &pointer, const Json &owner, const char *key) {
        const auto before = m_issues.size();
        const auto value = whole(pointer, owner, key, 0, max_visitors);
        if (!value && m_issues.size() == before) {
            issue(pointer, fmt::format("is missing: a whole number from 0 to {}.", max_visitors));
        }
        return value.value_or(0);
    }

    Arm read_arm(const std::string &pointer, const Json &value) {
        const auto before = m_issues.size();
        const Arm arm{required_count(pointer + "/conversions", value, "conversions"),
                      required_count(pointer + "/visitors", value, "visitors")};
        if (m_issues.size() == before && arm.conversions > arm.visitors) {
            issue(pointer + "/conversions",
                  fmt::format("must not exceed the {} visitors, but is {}. A visitor counts "
                              "as converted once.",
                              arm.visitors, arm.conversions));
        }
        return arm;
    }

    void read_prior(Prior &prior, const Json &document) {
        const auto found = document.find("prior");
        if (found == document.end() || found->is_null()) {
            return;
        }
        const auto fits = [](const Json &value) {
            return value.is_number() && value.get<double>() >= 0.01 && value.get<double>() <= 1e9;
        };
        if (!found->is_array() || found->size() != 2 || !fits((*found)[0]) || !fits((*found)[1])) {
            issue("/prior",
                  "must be two numbers of at least 0.01 and at most 1e9: the a and b of a Beta prior.");
            return;
        }
        prior = {(*found)[0].get<double>(), (*found)[1].get<double>()};
    }

    void read_variants(std::vector<TestState::Variant> &variants, const Json &document) {
        const auto found = document.find("variants");
        if (found == document.end() || !found->is_array() || found->size() < 2 ||
            found->size() > max_variants) {
            issue("/variants",
                  fmt::format("must be a list of 2 to {} variants, control first.", max_variants));
            return;
        }
        const bool weighted = std::any_of(found->begin(), found->end(), [](const Json &variant) {
            return variant.is_object() && variant.contains("weight");
        });
        std::set<std::string> ids;
        for (std::size_t at = 0; at < found->size(); ++at) {
            variants.push_back(read_variant(fmt::format("/variants/{}", at), (*found)[at], weighted, ids));
        }
        if (m_issues.empty() && std::none_of(variants.begin(), variants.end(),
                                             [](const auto &variant) { return variant.weight > 0; })) {
            issue("/variants", "must have a weight above 0 somewhere.");
        }
    }

    TestState::Variant read_variant(const std::string &pointer, const Json &value, bool weighted,
                                    std::set<std::string> &ids) {
        TestState::Variant variant;
        if (!object(pointer, value, {"id", "conversions", "visitors", "weight"})) {
            return variant;
        }
        const auto id = value.find("id");
        if (id == value.end() || !id->is_string() || id->get<std::string>().empty()) {
            issue(pointer + "/id", "must be text that is not empty.");
        } else if (variant.id = id->get<std::string>(); !ids.insert(variant.id).second) {
            issue(pointer + "/id",
                  fmt::format("must differ from the others: \"{}\" appears twice.", variant.id));
        }
        variant.arm = read_arm(pointer, value);
        const auto before = m_issues.size();
        const auto weight = number(pointer + "/weight", value, "weight", {0, 1e9});
        if (weighted && !weight && m_issues.size() == before) {
            issue(pointer + "/weight", "is missing: give every variant a weight, or none for equal shares.");
        }
        variant.weight = weight.value_or(1);
        return variant;
    }

    void read_plan(Plan &plan, const Json &document) {
        const auto found = document.find("plan");
        if (found == document.end() || found->is_null() ||
            !object("/plan", *found, {"per_variant", "baseline", "lift", "power", "max_weeks"})) {
            return;
        }
        plan.visitors_per_variant = whole("/plan/per_variant", *found, "per_variant", 1, max_visitors);
        plan.baseline = number("/plan/baseline", *found, "baseline", {0, 1, false, false});
        plan.lift = number("/plan/lift", *found, "lift", {-1, 1000, false}).value_or(plan.lift);
        if (plan.lift == 0) {
            issue("/plan/lift", "must not be 0: the smallest relative change worth finding.");
        }
        if (plan.baseline && *plan.baseline * (1 + plan.lift) >= 1) {
            issue("/plan/lift", "must leave the changed rate, baseline x (1 + lift), below 1.");
        }
        plan.power = number("/plan/power", *found, "power", {0.05, 1, true, false}).value_or(plan.power);
        const auto weeks = whole("/plan/max_weeks", *found, "max_weeks", 1, 520);
        plan.max_weeks = weeks ? static_cast<int>(*weeks) : plan.max_weeks;
    }

    void read_looks(EvaluationInput &input, const Json &document) {
        const auto found = document.find("looks");
        if (found == document.end() || found->is_null()) {
            return;
        }
        if (!found->is_array() || found->size() > max_looks) {
            issue("/looks",
                  fmt::format("must be a list of at most {} earlier evaluations, oldest first.", max_looks));
            return;
        }
        for (std::size_t at = 0; at < found->size(); ++at) {
            read_look(input, fmt::format("/looks/{}", at), (*found)[at]);
        }
    }

    void read_look(EvaluationInput &input, const std::string &pointer, const Json &value) {
        if (!object(pointer, value, {"days", "variants"})) {
            return;
        }
        Look look;
        look.days = days(pointer + "/days", value, "days");
        const auto last = input.looks.empty() ? std::nullopt : input.looks.back().days;
        if (look.days &&
            ((last && *look.days <= *last) || (input.days_running && *look.days >= *input.days_running))) {
            issue(pointer + "/days", "must grow from one evaluation to the next and be below days_running.");
        }
        const auto variants = value.find("variants");
        if (variants == value.end() || !variants->is_array() || variants->size() != input.variants.size()) {
            issue(pointer + "/variants",
                  fmt::format("must be a list of {} variants, in the order of /variants.",
                              input.variants.size()));
            return;
        }
        for (std::size_t at = 0; at < variants->size(); ++at) {
            const std::string place = fmt::format("{}/variants/{}", pointer, at);
            if (object(place, (*variants)[at], {"conversions", "visitors"})) {
                look.arms.push_back(read_arm(place, (*variants)[at]));
            }
        }
        input.looks.push_back(std::move(look));
    }

    models::ValidationIssues m_issues;
};

} // namespace

ParsedInput parse_evaluation_input(std::string_view text) {
    return Reader().read(text);
}

} // namespace studio::statistics
