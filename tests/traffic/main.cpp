// SPDX-License-Identifier: Apache-2.0
// traffic_generator: makes tenants with lifelike visits whose true figures are known, and prints those as one
// line of JSON.
#include "app/workspace/workspace.h"
#include "tests/traffic/traffic_generator.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdio>

namespace studio::db {

namespace {

using Json = nlohmann::json;

Json json_of(const GeneratedTruth &truth) {
    Json variants = Json::object(), sources = Json::object();
    for (const auto &[name, variant] : truth.variants) {
        variants[name] = {{"visitors", variant.visitors}, {"conversions", variant.conversions}};
    }
    for (const auto &[source, visits] : truth.visits_by_source) {
        sources[source] = {{"visits", visits}, {"bookings", truth.bookings_by_source.at(source)}};
    }
    const Totals &totals = truth.totals;
    PageLoads page_loads;
    for (const auto &[day, loads] : truth.page_loads) {
        page_loads.loads += loads.loads;
        page_loads.total_ms += loads.total_ms;
    }
    return {{"subdomain", truth.subdomain},
            {"tenant", truth.tenant_id},
            {"test", truth.test_id},
            {"events", truth.events},
            {"botVisits", truth.bot_visits},
            {"visits", totals.visits},
            {"visitors", truth.visitors},
            {"pageViews", totals.page_views},
            {"pageLoads", page_loads.loads},
            {"pageLoadMs", page_loads.total_ms},
            {"seconds", totals.seconds},
            {"engagedVisits", totals.engaged_visits},
            {"bouncedVisits", totals.bounced_visits},
            {"bookings", totals.bookings},
            {"value", totals.value},
            {"funnel", truth.funnel},
            {"sources", std::move(sources)},
            {"devices", truth.visits_by_device},
            {"variants", std::move(variants)}};
}

int run(int argc, char **argv) {
    CLI::App program(
        "Makes tenants generated-SEED-1, … with lifelike visits; prints their true figures as JSON");
    std::string workspace;
    GeneratorPlan plan;
    program.add_option("--workspace", workspace, "Folder of the running local workspace")->required();
    program.add_option("--tenants", plan.tenants, "Tenants; the first has half of the events")
        ->check(CLI::Range(1, 1000));
    program.add_option("--events", plan.events, "Events of all together, about")
        ->check(CLI::Range(1, 2'000'000'000));
    program.add_option("--months", plan.months, "Months of 30 days up to yesterday")
        ->check(CLI::Range(1, 24));
    program.add_option("--seed", plan.seed, "The same seed makes the same visits");
    CLI11_PARSE(program, argc, argv);
    plan.until =
        std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) - std::chrono::days(1);
    try {
        Session owner(app::Workspace(workspace).addresses().logins.at("owner"));
        const auto began = std::chrono::steady_clock::now();
        const auto truths = TrafficGenerator(owner).run(plan);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
        Json tenants = Json::array();
        std::int64_t events = 0;
        for (const auto &truth : truths) {
            tenants.push_back(json_of(truth));
            events += truth.events;
        }
        const Json answer = {{"tenants", std::move(tenants)}, {"events", events}, {"seconds", took.count()}};
        fmt::print("{}\n", answer.dump());
        return 0;
    } catch (const std::exception &error) {
        fmt::print(stderr, "traffic_generator: {}\n", error.what());
        return 1;
    }
}

} // namespace

} // namespace studio::db

int main(int argc, char **argv) {
    return studio::db::run(argc, argv);
}
