// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/analytics_commands.h"

#include "app/ctl/failure.h"
#include "app/ctl/text.h"
#include "db/analytics/analytics_upkeep.h"
#include "db/stores/tenant_store.h"

#include <fmt/format.h>

namespace studio::ctl {

namespace {

Report refresh(Context &context, const Arguments &) {
    const db::UpkeepReport report = db::AnalyticsUpkeep(context.session()).update_all();
    return {{{"visits", report.visits}, {"days", report.days}},
            fmt::format("The figures are up to date. Recomputed: {} and {}.\n",
                        counted(report.visits, "visit"), counted(report.days, "day"))};
}

struct Chosen {
    models::TenantId id;
    std::string subdomain;
};

std::vector<Chosen> chosen_tenants(Context &context, const Arguments &arguments) {
    if (const auto subdomain = arguments.optional_text("--tenant")) {
        const models::Tenant tenant = context.tenant(*subdomain, "--tenant");
        return {{tenant.id, tenant.subdomain}};
    }
    std::vector<Chosen> all;
    for (const models::TenantSummary &tenant : db::TenantStore(context.session()).list()) {
        all.push_back({tenant.id, tenant.subdomain});
    }
    return all;
}

std::string side(const std::string &row) {
    return row.empty() ? "nothing" : row;
}

// Lists each difference on a line; any difference makes the exit code 1.
Report verify(Context &context, const Arguments &arguments) {
    const auto tenants = chosen_tenants(context, arguments);
    models::ValidationIssues issues;
    for (const Chosen &tenant : tenants) {
        for (const auto &difference : db::AnalyticsUpkeep(context.session()).verify(tenant.id)) {
            issues.push_back({fmt::format("{} {} {}", tenant.subdomain, difference.table, difference.key),
                              fmt::format("stored {}, recomputed {}", side(difference.stored),
                                          side(difference.recomputed))});
        }
    }
    if (!issues.empty()) {
        throw CommandFailure(
            fmt::format("{} from the raw data.", counted(std::ssize(issues), "row of the figures differs",
                                                         "rows of the figures differ")),
            issues);
    }
    return {{{"tenants", tenants.size()}, {"differences", 0}},
            fmt::format("The figures of {} match the raw data.\n", counted(std::ssize(tenants), "tenant"))};
}

Report rebuild(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("--tenant"), "--tenant");
    const std::int64_t visits = db::AnalyticsUpkeep(context.owner_session()).rebuild(tenant.id);
    return {{{"visits", visits}},
            fmt::format("Rebuilt the figures of {} from {}.\n", tenant.subdomain, counted(visits, "visit"))};
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
    };
}

} // namespace studio::ctl
