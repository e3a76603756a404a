// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/job_media.h"

#include "app/ctl/platform_photos.h"

#include <fmt/format.h>

namespace studio::ctl {

Report run_media(Context &context) {
    Report report{{{"ran", true}, {"steps", models::Json::array()}}, ""};
    for (const auto &[step, problem] : PlatformPhotos(context).carry_out_steps()) {
        const bool is_done = problem.empty();
        const std::string name = step.key.empty() ? step.picture : step.key;
        report.data["steps"].push_back({{"action", step.action},
                                        {"key", name},
                                        {"reason", step.reason},
                                        {"done", is_done},
                                        {"problem", is_done ? models::Json() : models::Json(problem)}});
        report.text += is_done ? fmt::format("{}: {}\n", name, done_word(step.action))
                               : fmt::format("{}: could not be {}, is tried again later: {}\n", name,
                                             done_word(step.action), problem);
        report.exit_code = is_done ? report.exit_code : 3;
    }
    if (report.text.empty()) {
        report.text = "Nothing is left to do for photos.\n";
    }
    return report;
}

} // namespace studio::ctl
