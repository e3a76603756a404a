// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/command.h"
#include "app/ctl/text.h"
#include "db/stores/audit_store.h"

#include <fmt/format.h>

namespace studio::ctl {

namespace {

Report list_audit(Context &context, const Arguments &arguments) {
    const int limit = arguments.number_or("--limit", 50, 1, 10'000);
    std::optional<std::string> tenant_id;
    if (const auto subdomain = arguments.optional_text("--tenant")) {
        tenant_id = context.tenant(*subdomain, "--tenant").id;
    }
    Report report;
    report.data = models::Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const auto &entry : db::AuditStore(context.session()).list(tenant_id, limit)) {
        report.data.push_back({{"at", iso_time(entry.at)},
                               {"login", entry.login},
                               {"name", entry.name},
                               {"action", entry.action},
                               {"table", entry.table},
                               {"row", entry.row_id},
                               {"changes", entry.changes}});
        std::string columns;
        for (const auto &[column, values] : entry.changes.items()) {
            columns += (columns.empty() ? "" : ", ") + column;
        }
        rows.push_back({iso_time(entry.at), entry.name, entry.action, entry.table, columns});
    }
    report.text = table({"AT", "BY", "ACTION", "TABLE", "COLUMNS"}, rows);
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
