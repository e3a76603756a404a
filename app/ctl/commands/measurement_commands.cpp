// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/measurement_commands.h"

#include "app/ctl/failure.h"
#include "app/ctl/measurement_report.h"
#include "app/ctl/text.h"

#include <fmt/format.h>

#include <chrono>

namespace studio::ctl {

namespace {

constexpr double wanted_uptime = 0.999;
constexpr int wanted_load_ms = 2000; // the average must be below it

models::Json json_of(const db::Uptime &uptime) {
    const bool measured = uptime.measured_minutes > 0;
    return {{"measuredMinutes", uptime.measured_minutes},
            {"upMinutes", uptime.up_minutes},
            {"share", measured ? models::Json(static_cast<double>(uptime.up_minutes) /
                                              static_cast<double>(uptime.measured_minutes))
                               : models::Json()},
            {"target", wanted_uptime},
            {"requests", uptime.answered},
            {"failedRequests", uptime.failed}};
}

models::Json json_of(const db::PageLoads &loads) {
    models::Json buckets = models::Json::array();
    for (std::size_t i = 0; i < loads.buckets.size(); ++i) {
        buckets.push_back({{"fromMs", db::page_load_bounds_ms[i]}, {"loads", loads.buckets[i]}});
    }
    return {{"loads", loads.loads},
            {"averageMs", loads.loads > 0 ? models::Json(static_cast<double>(loads.total_ms) /
                                                         static_cast<double>(loads.loads))
                                          : models::Json()},
            {"targetMs", wanted_load_ms},
            {"fasterThanTarget", loads.faster_than(wanted_load_ms)},
            {"buckets", std::move(buckets)}};
}

std::string text_of(const db::Uptime &uptime) {
    if (uptime.measured_minutes == 0) {
        return "Uptime: not measured yet (target 99.9 %).\n";
    }
    // Rounded down, so that a target that was missed never looks reached.
    const auto hundredths = 10'000 * uptime.up_minutes / uptime.measured_minutes;
    return fmt::format("Uptime: {}.{:02} % of {} (target 99.9 %); {} of {} failed.\n", hundredths / 100,
                       hundredths % 100, counted(uptime.measured_minutes, "minute"), uptime.failed,
                       counted(uptime.answered, "request"));
}

std::string text_of(const db::PageLoads &loads) {
    if (loads.loads == 0) {
        return "Page load time: not measured yet (target under 2 s).\n";
    }
    return fmt::format(
        "Page load time: {:.2f} s on average (target under 2 s); {} of {} took less than 2 s.\n",
        static_cast<double>(loads.total_ms) / static_cast<double>(loads.loads) / 1000,
        loads.faster_than(wanted_load_ms), counted(loads.loads, "load"));
}

Report service(Context &context, const Arguments &arguments) {
    const int days = arguments.number_or("--days", 30, 1, 731);
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    return measurement_report(context.session(), {today - std::chrono::days(days - 1), today});
}

} // namespace

Report measurement_report(db::Session &session, db::DateRange range) {
    db::MeasurementStore store(session);
    const db::Uptime uptime = store.uptime(range);
    const db::PageLoads loads = store.page_loads({}, range);
    return {{{"uptime", json_of(uptime)}, {"pageLoads", json_of(loads)}}, text_of(uptime) + text_of(loads)};
}

std::vector<Command> measurement_commands() {
    return {{"analytics",
             "service",
             "Page load times and uptime of the public service, against the targets",
             "companionctl analytics service --days 90",
             {},
             {{"--days", "COUNT", "Number of days up to today, UTC; default: 30"}},
             service}};
}

} // namespace studio::ctl
