// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/job_winners.h"

#include "db/experiments/experiment_winners.h"

#include <fmt/format.h>

#include <chrono>

namespace studio::ctl {

namespace {

std::string sentence(const db::WinnerDecision &decision) {
    if (decision.published_revision > 0) {
        return fmt::format("{}: \"{}\" won and is now live as revision {}\n", decision.test, decision.variant,
                           decision.published_revision);
    }
    if (!decision.problem.empty()) {
        return fmt::format("{}: \"{}\" won and could not be published: {}\n", decision.test, decision.variant,
                           decision.problem);
    }
    return fmt::format("{}: {}\n", decision.test, decision.action);
}

} // namespace

Report run_winners(Context &context) {
    const auto decisions = db::declare_winners(context.session());
    Report report{{{"ran", true}, {"tests", models::Json::array()}},
                  decisions.empty() ? "No running test has an automatic winner.\n" : ""};
    for (const db::WinnerDecision &decision : decisions) {
        report.data["tests"].push_back(
            {{"id", decision.test_id},
             {"action", decision.action},
             {"winner", decision.variant.empty() ? models::Json() : models::Json(decision.variant)},
             {"publishedRevision",
              decision.published_revision > 0 ? models::Json(decision.published_revision) : models::Json()},
             {"problem", decision.problem.empty() ? models::Json() : models::Json(decision.problem)},
             {"figures", decision.figures}});
        report.text += sentence(decision);
    }
    return report;
}

} // namespace studio::ctl
