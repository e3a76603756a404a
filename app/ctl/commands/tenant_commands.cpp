// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/tenant_commands.h"

#include "app/ctl/amount_literals.h"
#include "app/ctl/drafts.h"
#include "app/ctl/failure.h"
#include "app/ctl/text.h"
#include "base/host.h"
#include "base/text.h"
#include "db/stores/revision_store.h"
#include "db/stores/tenant_store.h"
#include "models/documents/content.h"
#include "models/documents/known_fields.h"
#include "models/documents/parse_document.h"
#include "models/documents/validate_documents.h"
#include "models/editing/edit.h"
#include "models/editing/field_path.h"
#include "models/json/json_pointer.h"
#include "models/tenant/hostname.h"
#include "models/tenant/site_template.h"
#include "models/values/money.h"

#include <fmt/format.h>

#include <algorithm>

namespace studio::ctl {

namespace {

using Arity = Positional::Arity;

models::Json to_json(const models::TenantSummary &tenant) {
    return {{"subdomain", tenant.subdomain},
            {"name", tenant.name},
            {"status", to_string(tenant.status)},
            {"customDomain", tenant.custom_domain ? models::Json(*tenant.custom_domain) : models::Json()},
            {"publishedRevision",
             tenant.published_revision ? models::Json(*tenant.published_revision) : models::Json()},
            {"latestRevision", tenant.latest_revision},
            {"lastEdit", iso_time(tenant.last_edit)},
            {"lastAuthor", tenant.last_author}};
}

Report list_tenants(Context &context, const Arguments &) {
    Report report;
    report.data = models::Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const auto &tenant : db::TenantStore(context.session()).list()) {
        report.data.push_back(to_json(tenant));
        const std::string published =
            tenant.published_revision ? std::to_string(*tenant.published_revision) : "-";
        rows.push_back({tenant.subdomain, tenant.name, std::string(to_string(tenant.status)),
                        tenant.custom_domain.value_or("-"), published, std::to_string(tenant.latest_revision),
                        iso_time(tenant.last_edit), tenant.last_author});
    }
    report.text =
        table({"TENANT", "NAME", "STATUS", "DOMAIN", "PUBLISHED", "LATEST", "LAST EDIT", "BY"}, rows);
    return report;
}

std::string template_names() {
    std::string names;
    for (const auto &site_template : models::site_templates()) {
        names += (names.empty() ? "" : ", ") + site_template.slug;
    }
    return names;
}

Report create_tenant(Context &context, const Arguments &arguments) {
    const std::string subdomain = base::plain_host(arguments.text("TENANT"));
    if (const std::string problem = models::Subdomain::problem(subdomain); !problem.empty()) {
        throw CommandFailure("TENANT", problem);
    }
    const std::string slug = arguments.text_or("--template", "elegant");
    const auto *site_template = models::find_site_template(slug);
    if (!site_template) {
        throw CommandFailure("--template",
                             fmt::format("There is no template \"{}\": choose {}.", slug, template_names()));
    }
    const std::string name = base::clean_line(arguments.text_or("--name", display_name(subdomain)));
    const models::Documents documents = models::start_from(*site_template, name);
    if (const auto errors = only_errors(models::validate(documents)); !errors.empty()) {
        throw CommandFailure("The name is not valid.", errors);
    }
    const auto tenant = db::TenantStore(context.session()).create({subdomain, name, documents});
    Report report;
    report.data = {
        {"tenant", tenant.subdomain}, {"id", tenant.id}, {"name", name}, {"template", slug}, {"revision", 1}};
    report.text = fmt::format("{}: created from the template {}, status {}.\n", subdomain, slug,
                              to_string(tenant.status));
    return report;
}

Report show_field(const models::Documents &documents, const std::string &path) {
    const auto field = models::parse_field_path(documents, path);
    const models::Json *value =
        field ? models::find_value(documents.of(field->document), field->pointer) : nullptr;
    if (!value) {
        throw CommandFailure("PATH", fmt::format("There is nothing at \"{}\". A path begins with theme, "
                                                 "content or photos, such as theme.colors.primary.",
                                                 path));
    }
    return {*value, (value->is_string() ? value->get<std::string>() : value->dump(2)) + "\n"};
}

Report show_tenant(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const auto revision = arguments.has("--published") ? named_revision(context, tenant, "published")
                                                       : latest_revision(context, tenant);
    if (arguments.has("PATH")) {
        return show_field(revision.documents, arguments.text("PATH"));
    }
    const auto issues = models::validate(revision.documents);
    Report report;
    report.data = {
        {"id", tenant.id},
        {"subdomain", tenant.subdomain},
        {"name", tenant.name},
        {"status", to_string(tenant.status)},
        {"customDomain", tenant.custom_domain ? models::Json(*tenant.custom_domain) : models::Json()},
        {"publishedRevision",
         tenant.published_revision ? models::Json(*tenant.published_revision) : models::Json()},
        {"revision", ctl::to_json(revision.summary)},
        {"documents", ctl::to_json(revision.documents)},
        {"issues", ctl::to_json(issues)}};
    report.text =
        table({"TENANT", tenant.subdomain},
              {{"NAME", tenant.name},
               {"STATUS", std::string(to_string(tenant.status))},
               {"DOMAIN", tenant.custom_domain.value_or("-")},
               {"PUBLISHED", tenant.published_revision ? std::to_string(*tenant.published_revision) : "-"},
               {"SHOWN", fmt::format("revision {} by {}, {}", revision.summary.number,
                                     revision.summary.author, iso_time(revision.summary.created_at))}});
    for (const auto &issue : issues) {
        report.text +=
            fmt::format("{} {}: {}\n", issue.severity == models::Severity::Error ? "error" : "hint",
                        issue.pointer, issue.message);
    }
    return report;
}

// The values that the argument may mean, the likelier first: where the field has a text it is taken as text,
// elsewhere as JSON if it can be parsed.
std::vector<models::Json> readings(const std::string &words, const models::Json *old) {
    auto parsed = models::parse_document(words);
    const std::string text = base::clean_prose(words);
    if (!parsed.issues.empty()) {
        return {text};
    }
    if (old && old->is_string()) {
        return {text, std::move(parsed.document)};
    }
    return {std::move(parsed.document), text};
}

bool concerns(const models::ValidationIssue &issue, const std::string &pointer) {
    return issue.pointer == pointer || issue.pointer.starts_with(pointer + "/");
}

// The amount in the argument, for a field of money, with numbers written the English way.
models::Json money_value(const std::string &words, const std::string &pointer,
                         const models::Documents &documents) {
    const auto reading =
        models::read_money(words, {}, models::read_content(documents.content).pricing.currency);
    if (!reading.amount) {
        throw CommandFailure(pointer, reading.problem);
    }
    return reading.amount->to_json();
}

models::Documents with_value(const models::Documents &documents, const models::FieldPath &field,
                             const std::string &words) {
    const std::string pointer = fmt::format("/{}{}", to_string(field.document), field.pointer);
    const bool money =
        field.document == models::DocumentKind::Content && models::is_money_pointer(field.pointer);
    if (money && words != "null") {
        models::Documents changed = documents;
        apply(changed, {models::Edit::Kind::Set, field.document, field.pointer,
                        money_value(words, pointer, documents), 0});
        return changed;
    }
    if (field.document == models::DocumentKind::Content) {
        if (const auto issues = ambiguous_amounts(words, field.pointer, "/content"); !issues.empty()) {
            throw CommandFailure("Nothing was saved: an amount is ambiguous.", issues);
        }
    }
    std::optional<models::Documents> first;
    for (auto &value : readings(words, models::find_value(documents.of(field.document), field.pointer))) {
        models::Documents changed = documents;
        apply(changed, {models::Edit::Kind::Set, field.document, field.pointer, std::move(value), 0});
        const auto errors = new_errors(documents, changed);
        const bool fits = std::none_of(errors.begin(), errors.end(),
                                       [&](const auto &issue) { return concerns(issue, pointer); });
        if (fits) {
            return changed;
        }
        if (!first) {
            first = std::move(changed);
        }
    }
    return *first;
}

std::string no_such_field(const std::string &path, models::DocumentKind kind, const std::string &pointer) {
    const std::string similar = models::similar_field(kind, pointer);
    return fmt::format("There is no field {}.{}", path,
                       similar.empty() ? "" : fmt::format(" The nearest is {}.", similar));
}

// Refuses new members that no page or program reads. Unknown members that an import added may stay.
void require_known_fields(const models::Documents &before, const models::Documents &changed,
                          const models::FieldPath &field, const std::string &path) {
    if (!models::is_known_field(field.document, field.pointer)) {
        throw CommandFailure("PATH", no_such_field(path, field.document, field.pointer));
    }
    const auto kept = models::unknown_fields(field.document, before.of(field.document));
    models::ValidationIssues issues;
    for (const std::string &pointer : models::unknown_fields(field.document, changed.of(field.document))) {
        if (std::find(kept.begin(), kept.end(), pointer) == kept.end()) {
            const std::string whole = fmt::format("/{}{}", to_string(field.document), pointer);
            issues.push_back({whole, no_such_field(whole, field.document, pointer), models::Severity::Error});
        }
    }
    if (!issues.empty()) {
        throw CommandFailure("Nothing was saved: the value has unknown fields.", std::move(issues));
    }
}

Report set_field(Context &context, const Arguments &arguments) {
    const bool remove = arguments.has("--remove");
    if (remove == arguments.has("VALUE")) {
        throw UsageError("VALUE", "either give a value, or remove the field with --remove.");
    }
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const auto base = latest_revision(context, tenant);
    if (arguments.has("--publish")) {
        require_no_other_draft(context, tenant, base, arguments);
    }
    const std::string &path = arguments.text("PATH");
    const auto field = models::parse_field_path(base.documents, path);
    if (!field || field->pointer.empty()) {
        throw CommandFailure("PATH",
                             fmt::format("\"{}\" is not a field: begin with theme, content or photos, such "
                                         "as theme.colors.primary or content.services[0].price.",
                                         path));
    }
    models::Documents changed = base.documents;
    if (remove) {
        apply(changed, {models::Edit::Kind::Remove, field->document, field->pointer, nullptr, 0});
    } else {
        require_known_fields(base.documents, base.documents, *field, path);
        changed = with_value(base.documents, *field, arguments.text("VALUE"));
        require_known_fields(base.documents, changed, *field, path);
    }
    if (const auto errors = new_errors(base.documents, changed); !errors.empty()) {
        throw CommandFailure("Nothing was saved: the value is not valid.", errors);
    }
    if (changed == base.documents && !arguments.has("--publish")) {
        return {{{"tenant", tenant.subdomain}, {"revision", base.summary.number}, {"published", false}},
                fmt::format("{}: {} already has that value.\n", tenant.subdomain, path)};
    }
    return save_draft(context, tenant, base, changed, arguments.text_or("--note", "Set " + path),
                      arguments.has("--publish"));
}

Report rename_tenant(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const std::string name = base::clean_line(arguments.text("NAME"));
    db::TenantStore(context.session()).rename(tenant.id, name);
    return {{{"tenant", tenant.subdomain}, {"name", name}},
            fmt::format("{}: renamed to {}.\n", tenant.subdomain, name)};
}

} // namespace

std::vector<Command> tenant_commands() {
    const Positional tenant{"TENANT", "The tenant's subdomain", Arity::Required};
    return {
        {"tenant",
         "list",
         "All tenants with status and revisions",
         "companionctl tenant list",
         {},
         {},
         list_tenants},
        {"tenant",
         "create",
         "Creates a tenant from a template",
         "companionctl tenant create olivia --name \"Olivia Hart\" --template modern",
         {tenant},
         {{"--name", "NAME", "The name on the site; default: from the subdomain"},
          {"--template", "SLUG", "elegant, modern or minimal"}},
         create_tenant},
        {"tenant",
         "show",
         "Shows a tenant's state, or one field of its documents",
         "companionctl tenant show claire theme.colors.primary",
         {tenant, {"PATH", "A field: theme.colors.primary", Arity::Optional}},
         {{"--published", "", "The published revision instead of the latest draft"}},
         show_tenant},
        {"tenant",
         "set",
         "Changes one field and saves a new revision",
         "companionctl tenant set claire theme.colors.primary '#123456' --publish",
         {tenant,
          {"PATH", "The field: content.services[0].price, or by id content.services.dinner.price",
           Arity::Required},
          {"VALUE", "Text, a number, true, false or other JSON", Arity::Optional}},
         {{"--remove", "", "Remove the field"},
          {"--publish", "", "Publish the new revision"},
          {"--with-draft", "", "Also publish the other changes of the latest draft"},
          {"--note", "TEXT", "A note for the revision"}},
         set_field},
        {"tenant",
         "rename",
         "Changes the name shown in lists",
         "companionctl tenant rename claire \"Claire Hamilton\"",
         {tenant, {"NAME", "The new name", Arity::Required}},
         {},
         rename_tenant},
    };
}

} // namespace studio::ctl
