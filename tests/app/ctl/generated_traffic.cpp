// SPDX-License-Identifier: Apache-2.0
#include "tests/app/ctl/generated_traffic.h"

#include "tests/app/ctl/companionctl.h"

namespace studio::ctl_tests {

std::vector<db::GeneratedTruth> generate_traffic(int tenants, std::int64_t events, int months,
                                                 std::uint64_t seed) {
    db::GeneratorPlan plan;
    plan.tenants = tenants;
    plan.events = events;
    plan.months = months;
    plan.seed = seed;
    plan.until =
        std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) - std::chrono::days(1);
    db::Session owner(answer({"workspace", "status"})["logins"]["owner"].get<std::string>());
    return db::TrafficGenerator(owner).run(plan);
}

} // namespace studio::ctl_tests
