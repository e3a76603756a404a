// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/command.h"
#include "app/ctl/failure.h"
#include "app/ctl/text.h"
#include "db/analytics/analytics_upkeep.h"
#include "db/analytics_generator.h"
#include "db/tenant_store.h"

#include <fmt/format.h>

#include <chrono>

namespace studio::ctl {

namespace {

using Seconds = std::chrono::duration<double>;

Report refresh(Context &context, const Arguments &) {
    const db::UpkeepReport report = db::AnalyticsUpkeep(context.session()).update_all();
    return {{{"visits", report.visits}, {"days", report.days}},
            fmt::format("The figures are up to date: {} visits and {} days were recomputed.\n", report.visits,
                        report.days)};
}

struct Chosen {
    std::string id, subdomain;
};

std::vector<Chosen> chosen_tenants(Context &context, const Arguments &arguments) {
    if (const auto subdomain = arguments.optional_text("--tenant")) {
        const models::Tenant tenant = context.tenant(*subdomain, "--tenant");
        return {{tenant.id, tenant.subdomain}};
    }
    std::vector<Chosen> all;
    for (const models::TenantSummary &tenant : db::TenantStore(context.session()).list())
        all.push_back({tenant.id, tenant.subdomain});
    return all;
}

std::string side(const std::string &row) {
    return row.empty() ? "nothing" : row;
}

// A difference is a failure: exit code 1, one line each.
Report verify(Context &context, const Arguments &arguments) {
    const auto tenants = chosen_tenants(context, arguments);
    models::ValidationIssues issues;
    for (const Chosen &tenant : tenants)
        for (const auto &difference : db::AnalyticsUpkeep(context.session()).verify(tenant.id))
            issues.push_back({fmt::format("{} {} {}", tenant.subdomain, difference.table, difference.key),
                              fmt::format("stored {}, recomputed {}", side(difference.stored),
                                          side(difference.recomputed))});
    if (!issues.empty())
        throw CommandFailure(fmt::format("{} rows of the figures differ from the raw data.", issues.size()),
                             issues);
    return {{{"tenants", tenants.size()}, {"differences", 0}},
            fmt::format("The figures of {} tenants match the raw data.\n", tenants.size())};
}

Report rebuild(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("--tenant"), "--tenant");
    const std::int64_t visits = db::AnalyticsUpkeep(context.session()).rebuild(tenant.id);
    return {{{"visits", visits}},
            fmt::format("Rebuilt the figures of {} from {} visits.\n", tenant.subdomain, visits)};
}

models::Json json_of(const db::GeneratedTruth &truth) {
    models::Json arms = models::Json::object(), sources = models::Json::object();
    for (const auto &[name, arm] : truth.arms)
        arms[name] = {{"visitors", arm.visitors}, {"conversions", arm.conversions}};
    for (const auto &[source, visits] : truth.visits_by_source)
        sources[source] = {{"visits", visits}, {"bookings", truth.bookings_by_source.at(source)}};
    const db::Totals &totals = truth.totals;
    db::PageLoads page_loads;
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
            {"arms", std::move(arms)}};
}

std::chrono::sys_days day_of(const std::string &text) {
    int year = 0, month = 0, day = 0;
    char rest = 0;
    const bool read = std::sscanf(text.c_str(), "%4d-%2d-%2d%c", &year, &month, &day, &rest) == 3;
    const std::chrono::year_month_day date = std::chrono::year(year) / month / day;
    if (!read || !date.ok())
        throw UsageError("--until", "Use a day such as 2026-11-23.");
    return date;
}

Report generate(Context &context, const Arguments &arguments) {
    db::GeneratorPlan plan;
    plan.tenants = arguments.number_or("--tenants", plan.tenants, 1, 1000);
    plan.months = arguments.number_or("--months", plan.months, 1, 24);
    plan.events = arguments.number_or("--events", 100'000, 1, 2'000'000'000);
    plan.seed = static_cast<std::uint64_t>(arguments.number_or("--seed", 1, 0, 1'000'000'000));
    const auto until = arguments.optional_text("--until");
    plan.until = until ? day_of(*until)
                       : std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) -
                             std::chrono::days(1);
    db::Session &owner = context.owner_session();
    const auto began = std::chrono::steady_clock::now();
    const auto truths = db::AnalyticsGenerator(owner).run(plan);
    const double took = Seconds(std::chrono::steady_clock::now() - began).count();
    models::Json list = models::Json::array();
    std::int64_t events = 0;
    for (const auto &truth : truths) {
        list.push_back(json_of(truth));
        events += truth.events;
    }
    return {{{"tenants", std::move(list)}, {"events", events}, {"seconds", took}},
            fmt::format("Created {} tenants with {} events in {:.0f} s, including their figures.\n",
                        truths.size(), events, took)};
}

} // namespace

std::vector<Command> analytics_commands() {
    const Option tenant{"--tenant", "TENANT", "Only this tenant; default: all"};
    return {
        {"analytics",
         "refresh",
         "Updates the figures with everything recorded since the last update",
         "companionctl analytics refresh",
         {},
         {},
         refresh},
        {"analytics",
         "verify",
         "Recomputes the figures from the raw data and lists each difference",
         "companionctl analytics verify --tenant claire",
         {},
         {tenant},
         verify},
        {"analytics",
         "rebuild",
         "Rebuilds a tenant's figures from the raw data",
         "companionctl analytics rebuild --tenant claire",
         {},
         {{"--tenant", "TENANT", "The tenant's subdomain", true}},
         rebuild},
        {"analytics",
         "generate",
         "Creates tenants with realistic visits and known figures, printed with --json",
         "companionctl analytics generate --tenants 3 --events 100000 --months 12 --seed 1",
         {},
         {{"--tenants", "COUNT", "Number of tenants; the first gets half of the events; default: 3"},
          {"--events", "COUNT", "Approximate number of events in all; default: 100000"},
          {"--months", "COUNT", "Months of 30 days, 1 to 24; default: 12"},
          {"--seed", "NUMBER", "The same seed creates the same visits; default: 1"},
          {"--until", "DAY", "The last day, UTC; default: yesterday"}},
         generate},
    };
}

} // namespace studio::ctl
