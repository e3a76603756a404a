// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/social_commands.h"

#include "app/ctl/failure.h"
#include "app/ctl/files.h"
#include "app/ctl/text.h"
#include "db/stores/social_store.h"

#include <fmt/format.h>

#include <set>

namespace studio::ctl {

namespace {

std::string place_of(const models::SocialIssue &issue) {
    if (issue.row == 0) {
        return "FILE";
    }
    return issue.column.empty() ? fmt::format("row {}", issue.row)
                                : fmt::format("row {}, {}", issue.row, issue.column);
}

Report import_file(Context &context, const Arguments &arguments) {
    const auto file =
        models::read_social_csv(read_file(arguments.text("FILE"), "FILE", models::max_social_bytes));
    if (!file.issues.empty()) {
        models::ValidationIssues issues;
        for (const auto &issue : file.issues) {
            issues.push_back({place_of(issue), issue.sentence});
        }
        throw CommandFailure("The file has errors. Nothing was imported.", std::move(issues));
    }
    const auto tenant = context.tenant(arguments.text("--tenant"), "--tenant");
    db::SocialStore store(context.session());
    const std::int64_t replaced = store.count_known(tenant.id, file.metrics);
    store.import(tenant.id, file.metrics);
    std::set<std::string> platforms;
    for (const auto &metric : file.metrics) {
        platforms.insert(metric.platform);
    }
    std::string ignored;
    for (const auto &title : file.ignored) {
        ignored += fmt::format("The column “{}” was not read.\n", title);
    }
    return {{{"rows", file.metrics.size()},
             {"replaced", replaced},
             {"platforms", platforms},
             {"ignoredColumns", file.ignored}},
            fmt::format("Imported {} of {} for {}; {} of them replaced what was there.\n{}",
                        counted(std::ssize(file.metrics), "row"), counted(std::ssize(platforms), "platform"),
                        tenant.subdomain, replaced, ignored)};
}

} // namespace

std::vector<Command> social_commands() {
    return {
        {"social",
         "import",
         "Imports a companion's social media figures from a CSV file, all rows or none",
         "companionctl social import --tenant claire figures.csv",
         {{"FILE", "CSV with the columns platform, date, followers, engagement, posts, reach; - for standard "
                   "input"}},
         {{"--tenant", "TENANT", "The tenant's subdomain", true}},
         import_file},
    };
}

} // namespace studio::ctl
