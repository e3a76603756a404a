// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/audit_commands.h"

#include "app/ctl/text.h"
#include "db/stores/audit_store.h"
#include "db/stores/tenant_store.h"

#include <fmt/format.h>

#include <map>

namespace studio::ctl {

namespace {

// The subdomains of existing tenants, by id.
std::map<models::TenantId, std::string> subdomains(Context &context) {
    std::map<models::TenantId, std::string> names;
    for (const auto &tenant : db::TenantStore(context.session()).list()) {
        names.emplace(tenant.id, tenant.subdomain);
    }
    return names;
}

// The names of changed columns, such as "status, name"; for a photo's release also the photo.
std::string changed_columns(const db::AuditEntry &entry) {
    std::string columns;
    for (const auto &[column, values] : entry.changes.items()) {
        columns += (columns.empty() ? "" : ", ") + column;
        if (entry.table != "photo_releases" || column != "photo_url" || !values.is_array()) {
            continue;
        }
        for (const auto &value : values) {
            if (value.is_string()) {
                columns += " " + value.get<std::string>();
            }
        }
    }
    return columns;
}

Report list_audit(Context &context, const Arguments &arguments) {
    const int limit = arguments.number_or("--limit", 50, 1, 10'000);
    std::optional<models::TenantId> tenant_id;
    if (const auto subdomain = arguments.optional_text("--tenant")) {
        tenant_id = context.tenant(*subdomain, "--tenant").id;
    }
    Report report;
    report.data = models::Json::array();
    std::vector<std::vector<std::string>> rows;
    const auto names = subdomains(context);
    for (const auto &entry : db::AuditStore(context.session()).list(tenant_id, limit)) {
        const auto tenant = entry.tenant_id ? names.find(*entry.tenant_id) : names.end();
        const bool named = tenant != names.end();
        report.data.push_back({{"at", iso_time(entry.at)},
                               {"login", entry.login},
                               {"name", entry.name},
                               {"tenant", named ? models::Json(tenant->second) : models::Json()},
                               {"action", entry.action},
                               {"table", entry.table},
                               {"row", entry.row_id},
                               {"changes", entry.changes}});
        rows.push_back({iso_time(entry.at), entry.name, named ? tenant->second : "-", entry.action,
                        entry.table, changed_columns(entry)});
    }
    report.text = table({"AT", "BY", "TENANT", "ACTION", "TABLE", "COLUMNS"}, rows);
    return report;
}

} // namespace

std::vector<Command> audit_commands() {
    return {{"audit",
             "list",
             "Who changed what, newest first",
             "companionctl audit list --tenant claire --limit 20",
             {},
             {{"--tenant", "TENANT", "Only entries of this tenant"},
              {"--limit", "COUNT", "Maximum number of rows, 1 to 10000; default: 50"}},
             list_audit}};
}

} // namespace studio::ctl
