// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/experiment_statistics_commands.h"

// The commands that compute with counts alone and need neither workspace nor database.
#include "app/ctl/failure.h"
#include "app/ctl/files.h"
#include "app/ctl/text.h"
#include "models/statistics/evaluation_parse.h"
#include "models/statistics/evaluation_write.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace studio::ctl {

namespace {

using Arity = Positional::Arity;
using models::Json;

constexpr std::size_t largest_input = 8 * 1024 * 1024;

struct Bounds {
    double above, below; // exclusive bounds
};

double real(const Arguments &arguments, const char *name, Bounds bounds) {
    const std::string &digits = arguments.text(name);
    double number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size() ||
        !(number > bounds.above && number < bounds.below)) {
        throw UsageError(name, fmt::format("must be a number above {:g} and below {:g}, not \"{}\".",
                                           bounds.above, bounds.below, digits));
    }
    return number;
}

double real_or(const Arguments &arguments, const char *name, double otherwise, Bounds bounds) {
    return arguments.has(name) ? real(arguments, name, bounds) : otherwise;
}

std::string percent(const std::optional<double> &share) {
    return share ? fmt::format("{:.3g} %", *share * 100) : "-";
}

std::string percent(const std::optional<statistics::Interval> &interval) {
    return interval ? fmt::format("{:.3g} … {:.3g} %", interval->low * 100, interval->high * 100) : "-";
}

std::string probability(const std::optional<double> &p) {
    return p ? fmt::format("{:.3g}", *p) : "-";
}

std::string variant_table(const statistics::Evaluation &evaluation) {
    std::vector<std::vector<std::string>> rows;
    for (const auto &variant : evaluation.variants) {
        rows.push_back({variant.id, percent(variant.rate), percent(variant.wilson), percent(variant.p_best),
                        percent(variant.expected_loss)});
    }
    return table({"VARIANT", "RATE", "INTERVAL", "BEST", "EXPECTED LOSS"}, rows);
}

std::string comparison_table(const statistics::Evaluation &evaluation) {
    std::vector<std::vector<std::string>> rows;
    for (const auto &comparison : evaluation.comparisons) {
        const auto &always = comparison.sequential_over_looks.back();
        rows.push_back({comparison.id, percent(comparison.lift), percent(comparison.lift_belief.interval),
                        percent(comparison.p_greater), probability(comparison.p_holm),
                        percent(always ? always->absolute.interval : std::nullopt),
                        probability(comparison.p_always_valid_holm)});
    }
    return table({"AGAINST CONTROL", "LIFT", "LIKELY LIFT", "BETTER", "P", "ALWAYS-VALID DIFFERENCE",
                  "ALWAYS-VALID P"},
                 rows);
}

Report evaluate(Context &, const Arguments &arguments) {
    const auto parsed =
        statistics::parse_evaluation_input(read_file(arguments.text_or("FILE", "-"), "FILE", largest_input));
    if (!parsed.input) {
        const auto &issue = parsed.issues.front();
        throw UsageError(issue.pointer.empty() ? "FILE" : issue.pointer, issue.message);
    }
    const auto evaluation = statistics::evaluate(*parsed.input);
    Report report;
    report.data = statistics::to_json(evaluation);
    report.text =
        variant_table(evaluation) + "\n" + comparison_table(evaluation) + "\n" +
        fmt::format("Recommendation: {}\n", statistics::to_string(evaluation.recommendation.action));
    for (const auto &reason : evaluation.recommendation.reasons) {
        report.text += "  " + reason.sentence + "\n";
    }
    if (const auto days = evaluation.recommendation.days) {
        report.text += fmt::format("  About {}.\n", counted(*days, "more day", "more days"));
    }
    return report;
}

statistics::SampleSizeQuestion question_of(const Arguments &arguments) {
    statistics::SampleSizeQuestion question;
    question.baseline = real(arguments, "--baseline", {0, 1});
    question.lift = real(arguments, "--lift", {-1, 1000});
    question.alpha = real_or(arguments, "--alpha", question.alpha, {0, 0.5});
    question.power = real_or(arguments, "--power", question.power, {0, 1});
    question.variants = arguments.number_or("--variants", 2, 2, static_cast<int>(statistics::max_variants));
    if (question.lift == 0) {
        throw UsageError("--lift", "must not be 0: it is the smallest relative change worth finding.");
    }
    if (question.changed_rate() >= 1) {
        throw UsageError(
            "--lift", fmt::format("makes the rate {:.4g}: it must stay below 1.", question.changed_rate()));
    }
    return question;
}

Report sample_size(Context &, const Arguments &arguments) {
    const auto question = question_of(arguments);
    const auto visitors = statistics::visitors_per_arm(question);
    if (!visitors) {
        throw UsageError("--lift", "is too small a change: no site has enough visitors to detect it.");
    }
    Report report;
    report.data = {{"per_variant", *visitors}};
    report.text = fmt::format("Each of {} variants needs {} visitors.\n", question.variants, *visitors);
    if (!arguments.has("--visitors-per-week")) {
        return report;
    }
    const double traffic = real(arguments, "--visitors-per-week", {0, 1e12});
    const double weeks = *statistics::weeks_needed(*visitors, question.variants, traffic);
    report.data["weeks"] = static_cast<std::int64_t>(weeks);
    report.text += fmt::format("At {:g} visitors a week that takes {:.0f} weeks.{}\n", traffic, weeks,
                               weeks > statistics::usual_max_weeks
                                   ? " That is too long: test a larger change or fewer variants."
                                   : "");
    return report;
}

} // namespace

std::vector<Command> experiment_statistics_commands() {
    return {
        {"experiment",
         "evaluate",
         "Evaluates a test's counts and gives a recommendation",
         "companionctl experiment evaluate --json < counts.json",
         {{"FILE", "Counts as JSON; default, or -: standard input", Arity::Optional}},
         {},
         evaluate},
        {"experiment",
         "sample-size",
         "How many visitors a test needs, and how many weeks",
         "companionctl experiment sample-size --baseline 0.05 --lift 0.1 --visitors-per-week 2000",
         {},
         {{"--baseline", "RATE", "Control's rate, between 0 and 1", true},
          {"--lift", "SHARE", "The smallest relative change worth finding: 0.1 is 10 % more", true},
          {"--alpha", "LEVEL", "Chance of a false finding; default: 0.05"},
          {"--power", "CHANCE", "Chance to find a change that exists; default: 0.8"},
          {"--variants", "COUNT", "Number of variants with control; default: 2"},
          {"--visitors-per-week", "COUNT", "Visitors of all variants together; also prints the weeks"}},
         sample_size},
    };
}

} // namespace studio::ctl
