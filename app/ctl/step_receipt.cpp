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

struct Line {
    std::string name, done, place, problem;
    std::int64_t files = 0;
    bool is_same(const Line &other) const {
        return name == other.name && done.empty() == other.done.empty() && problem == other.problem;
    }
};

// A line for each place that showed the photo; the files of a step that went alike are counted in one.
void add_lines(Report &report, const std::vector<db::PhotoStep> &steps) {
    std::vector<Line> lines;
    for (const db::PhotoStep &step : steps) {
        Line line{step_name(step), step.done_at ? iso_time(*step.done_at) : "",
                  step.is_of_place() ? step.key : "", step.done_at ? "" : step.problem};
        const auto same = std::ranges::find_if(lines, [&](const Line &before) {
            return !step.is_of_place() && before.files > 0 && before.is_same(line);
        });
        if (same != lines.end()) {
            same->files += 1;
            same->done = std::max(same->done, line.done);
        } else {
            line.files = step.is_of_place() ? 0 : 1;
            lines.push_back(std::move(line));
        }
    }
    const bool has_problems =
        std::ranges::any_of(lines, [](const Line &line) { return !line.problem.empty(); });
    std::vector<std::string> headings{"STEP", "DONE", "PLACE OR FILES"};
    if (has_problems) {
        headings.emplace_back("PROBLEM");
    }
    std::vector<std::vector<std::string>> rows;
    for (const Line &line : lines) {
        rows.push_back({line.name, line.done.empty() ? "left for the job" : line.done,
                        line.files > 0 ? counted(line.files, "file") : line.place});
        if (has_problems) {
            rows.back().push_back(line.problem);
        }
    }
    report.text += rows.empty() ? "" : table(headings, rows);
}

void add_receipt(Report &report, const std::vector<db::PhotoStep> &steps) {
    report.data["steps"] = models::Json::array();
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
    }
    add_lines(report, steps);
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
