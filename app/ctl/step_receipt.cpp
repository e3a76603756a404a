// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/step_receipt.h"

#include "app/ctl/failure.h"
#include "app/ctl/platform_photos.h"
#include "app/ctl/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace studio::ctl {

namespace {

// "page left", "page back"; a step at the store or the CDN by its action.
std::string step_name(const db::PhotoStep &step) {
    return !step.is_of_place() ? step.action : step.action + (step.reason == "resumed" ? " back" : " left");
}

void add_receipt(Report &report, const std::vector<db::PhotoStep> &steps) {
    report.data["steps"] = models::Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const db::PhotoStep &step : steps) {
        const bool is_done = step.done_at.has_value();
        report.data["steps"].push_back(
            {{"action", step.action},
             {"key", step.key},
             {"reason", step.reason},
             {"askedAt", iso_time(step.asked_at)},
             {"done", is_done},
             {"doneAt", is_done ? models::Json(iso_time(*step.done_at)) : models::Json()},
             {"problem", is_done || step.problem.empty() ? models::Json() : models::Json(step.problem)}});
        rows.push_back({step_name(step), is_done ? iso_time(*step.done_at) : "left for the job", step.key,
                        is_done ? "" : step.problem});
    }
    report.text += rows.empty() ? "" : table({"STEP", "DONE", "PLACE OR FILE", "PROBLEM"}, rows);
}

} // namespace

void carry_out_and_tell(Context &context, const models::TenantId &tenant, const std::string &picture,
                        Report &report) {
    std::string problem;
    try {
        PlatformPhotos(context).carry_out_steps();
    } catch (const CommandFailure &failure) {
        problem = std::string(failure.what()) + " ";
    } catch (const UsageError &error) {
        problem = fmt::format("{} {} ", error.field(), error.what());
    }
    const auto steps = db::PhotoLibrary(context.session()).steps(tenant, picture);
    add_receipt(report, steps);
    const auto left =
        std::count_if(steps.begin(), steps.end(), [](const db::PhotoStep &step) { return !step.done_at; });
    report.data["left"] = left;
    if (left > 0) {
        report.exit_code = 3;
        report.text += fmt::format("{} left. {}\"{}\" tries again; on a timer it does so every minute.\n",
                                   counted(left, "step"), problem, context.command_here("jobs run media"));
    }
}

} // namespace studio::ctl
