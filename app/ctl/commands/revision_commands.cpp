// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/revision_commands.h"

#include "app/ctl/drafts.h"
#include "app/ctl/failure.h"
#include "app/ctl/text.h"
#include "db/stores/revision_store.h"
#include "models/editing/describe_change.h"
#include "models/editing/difference.h"

#include <fmt/format.h>

namespace studio::ctl {

namespace {

using Arity = Positional::Arity;

Report list_revisions(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    Report report;
    report.data = models::Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const auto &revision : db::RevisionStore(context.session()).list(tenant.id)) {
        report.data.push_back(to_json(revision));
        rows.push_back({std::to_string(revision.number), iso_time(revision.created_at), revision.author,
                        revision.published ? "live" : "", revision.note});
    }
    report.text = table({"REVISION", "SAVED", "BY", "", "NOTE"}, rows);
    return report;
}

std::string kind_name(models::ChangeKind kind) {
    switch (kind) {
    case models::ChangeKind::Added:
        return "added";
    case models::ChangeKind::Removed:
        return "removed";
    case models::ChangeKind::Moved:
        return "moved";
    default:
        return "changed";
    }
}

Report compare(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const auto before = named_revision(context, tenant, arguments.text("FROM"));
    const auto after = named_revision(context, tenant, arguments.text_or("TO", "latest"));
    Report report;
    report.data = {
        {"tenant", tenant.subdomain}, {"from", before.summary.number}, {"to", after.summary.number}};
    models::Json changes = models::Json::array();
    for (const auto &change : models::difference(before.documents, after.documents)) {
        const std::string words = models::describe(change, before.documents, after.documents);
        report.text += words + "\n";
        changes.push_back({{"kind", kind_name(change.kind)},
                           {"field", change.pointer},
                           {"before", change.before},
                           {"after", change.after},
                           {"description", words}});
    }
    if (changes.empty()) {
        report.text =
            fmt::format("Revisions {} and {} are equal.\n", before.summary.number, after.summary.number);
    }
    report.data["changes"] = std::move(changes);
    return report;
}

Report restore(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const auto old = named_revision(context, tenant, arguments.text("REVISION"));
    const auto base = latest_revision(context, tenant);
    if (arguments.has("--publish")) {
        require_no_other_draft(context, tenant, base, arguments);
    }
    return save_draft(context, tenant, base, old.documents,
                      arguments.text_or("--note", fmt::format("Restored revision {}", old.summary.number)),
                      arguments.has("--publish"));
}

} // namespace

std::vector<Command> revision_commands() {
    const Positional tenant{"TENANT", "The tenant's subdomain", Arity::Required};
    return {
        {"revision",
         "list",
         "All revisions of a tenant, newest first",
         "companionctl revision list claire",
         {tenant},
         {},
         list_revisions},
        {"revision",
         "diff",
         "What changed between two revisions",
         "companionctl revision diff claire published latest",
         {tenant,
          {"FROM", "A number, published or latest", Arity::Required},
          {"TO", "The same; default: latest", Arity::Optional}},
         {},
         compare},
        {"revision",
         "restore",
         "Saves an old revision as the newest draft",
         "companionctl revision restore claire 3 --publish",
         {tenant, {"REVISION", "A number, or published", Arity::Required}},
         {{"--publish", "", "Publish it too"},
          {"--with-draft", "", "Even if the latest draft is unpublished: it stays only in the history"},
          {"--note", "TEXT", "A note for the revision"}},
         restore},
    };
}

} // namespace studio::ctl
