// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/drafts.h"

#include "app/ctl/failure.h"
#include "app/ctl/text.h"
#include "db/stores/revision_store.h"
#include "models/documents/theme.h"
#include "models/documents/validate_documents.h"
#include "models/editing/describe_change.h"
#include "models/editing/difference.h"
#include "site/css/sanitizer.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace studio::ctl {

models::Revision latest_revision(Context &context, const models::Tenant &tenant) {
    if (auto revision = db::RevisionStore(context.session()).latest(tenant.id)) {
        return std::move(*revision);
    }
    throw CommandFailure("TENANT", fmt::format("{} has no revision yet.", tenant.subdomain));
}

models::Revision find_revision(Context &context, const models::Tenant &tenant, int number) {
    if (auto revision = db::RevisionStore(context.session()).find(tenant.id, number)) {
        return std::move(*revision);
    }
    throw CommandFailure("REVISION",
                         fmt::format("{} has no revision {}. \"{}\" shows them.", tenant.subdomain, number,
                                     context.command_here("revision list " + tenant.subdomain)));
}

models::Revision named_revision(Context &context, const models::Tenant &tenant, const std::string &name) {
    if (name == "latest") {
        return latest_revision(context, tenant);
    }
    if (name == "published") {
        if (!tenant.published_revision) {
            throw CommandFailure("REVISION", fmt::format("{} was never published.", tenant.subdomain));
        }
        return find_revision(context, tenant, *tenant.published_revision);
    }
    int number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error != std::errc{} || end != name.data() + name.size() || number < 1) {
        throw UsageError("REVISION",
                         fmt::format("must be a number, \"latest\" or \"published\", not \"{}\".", name));
    }
    return find_revision(context, tenant, number);
}

models::ValidationIssues only_errors(const models::ValidationIssues &issues) {
    models::ValidationIssues errors;
    std::copy_if(issues.begin(), issues.end(), std::back_inserter(errors),
                 [](const auto &issue) { return issue.severity == models::Severity::Error; });
    return errors;
}

models::ValidationIssues new_errors(const models::Documents &before, const models::Documents &after) {
    const auto old = only_errors(models::validate(before));
    models::ValidationIssues fresh;
    for (const auto &issue : only_errors(models::validate(after))) {
        if (std::find(old.begin(), old.end(), issue) == old.end()) {
            fresh.push_back(issue);
        }
    }
    return fresh;
}

void add_css_losses(Report &report, const models::Documents &documents) {
    const auto dropped = site::sanitize_css(models::read_theme(documents.theme).custom_css, ".site").dropped;
    if (dropped.empty()) {
        return;
    }
    report.data["cssLeftOut"] = dropped;
    report.text += "Removed from the custom CSS on the page:\n";
    for (const std::string &what : dropped) {
        report.text += "  " + what + "\n";
    }
}

void require_no_other_draft(Context &context, const models::Tenant &tenant, const models::Revision &base,
                            const Arguments &arguments) {
    if (arguments.has("--with-draft") || !tenant.published_revision ||
        *tenant.published_revision == base.summary.number) {
        return;
    }
    constexpr std::size_t max_shown = 10;
    const auto live = find_revision(context, tenant, *tenant.published_revision);
    const auto changes = models::describe_all(live.documents, base.documents);
    if (changes.empty()) {
        return;
    }
    std::string what;
    for (std::size_t at = 0; at < std::min(max_shown, changes.size()); ++at) {
        what += "\n  " + changes[at];
    }
    if (changes.size() > max_shown) {
        what += fmt::format("\n  and {} more", changes.size() - max_shown);
    }
    throw CommandFailure(
        "--publish", fmt::format("Nothing was saved: the draft, revision {} by {}, has unpublished changes. "
                                 "Leave out --publish, or use --with-draft to publish them too.{}",
                                 base.summary.number, base.summary.author, what));
}

Report save_draft(Context &context, const models::Tenant &tenant, const models::Revision &base,
                  const models::Documents &documents, const std::string &note, bool publish) {
    const auto errors = only_errors(models::validate(documents));
    if (publish && !errors.empty()) {
        throw CommandFailure("Nothing was saved: the documents cannot be published.", errors);
    }
    db::RevisionStore revisions(context.session());
    const auto saved =
        publish ? revisions.save_and_publish(tenant.id, base.summary.number, documents, note, make_uuid())
                : revisions.save(tenant.id, base.summary.number, documents, note, make_uuid());
    Report report;
    report.data = {{"tenant", tenant.subdomain}, {"revision", saved.number}, {"published", publish}};
    report.text = fmt::format("{}: saved revision {}", tenant.subdomain, saved.number);
    report.text += publish ? " and published it.\n" : ".\n";
    if (!errors.empty()) {
        report.text +=
            fmt::format("{} to fix before it can be published.\n",
                        errors.size() == 1 ? "1 problem" : fmt::format("{} problems", errors.size()));
    }
    report.data["problems"] = to_json(errors);
    add_css_losses(report, documents);
    return report;
}

std::string display_name(const std::string &subdomain) {
    std::string name = subdomain;
    bool start = true;
    for (char &c : name) {
        if (c == '-') {
            c = ' ';
        } else if (start && c >= 'a' && c <= 'z') {
            c = static_cast<char>(c - 'a' + 'A');
        }
        start = c == ' ';
    }
    return name;
}

models::Json to_json(const models::Documents &documents) {
    return {{"theme", documents.theme}, {"content", documents.content}, {"photos", documents.photos}};
}

models::Json to_json(const models::ValidationIssues &issues) {
    models::Json list = models::Json::array();
    for (const auto &issue : issues) {
        list.push_back({{"field", issue.pointer},
                        {"message", issue.message},
                        {"severity", issue.severity == models::Severity::Error ? "error" : "warning"}});
    }
    return list;
}

models::Json to_json(const models::RevisionSummary &revision) {
    return {{"number", revision.number},
            {"author", revision.author},
            {"createdAt", iso_time(revision.created_at)},
            {"note", revision.note},
            {"published", revision.published}};
}

} // namespace studio::ctl
