// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/drafts.h"
#include "app/ctl/failure.h"
#include "app/ctl/files.h"
#include "app/ctl/text.h"
#include "base/host.h"
#include "db/tenant_store.h"
#include "media/local_asset_store.h"
#include "media/new_files.h"
#include "models/hostname.h"
#include "models/json_read.h"

#include <fmt/format.h>

#include <optional>
#include <set>
#include <string_view>

namespace studio::ctl {

namespace {

using Arity = Positional::Arity;

constexpr const char *format_name = "companion-studio tenant";
constexpr int format_version = 1;
// Three documents, with the indentation that an export writes.
constexpr std::size_t largest_export = 16 * models::max_document_bytes;

Report export_tenant(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const auto revision = named_revision(context, tenant, arguments.text_or("--revision", "latest"));
    const models::Json exported = {
        {"format", format_name},
        {"formatVersion", format_version},
        {"tenant",
         {{"subdomain", tenant.subdomain},
          {"name", tenant.name},
          {"status", to_string(tenant.status)},
          {"customDomain", tenant.custom_domain ? models::Json(*tenant.custom_domain) : models::Json()}}},
        {"revision", to_json(revision.summary)},
        {"theme", revision.documents.theme},
        {"content", revision.documents.content},
        {"photos", revision.documents.photos}};
    const auto file = arguments.optional_text("FILE");
    if (!file)
        return {exported, exported.dump(2) + "\n"};
    write_file(std::filesystem::absolute(*file), exported.dump(2) + "\n", "FILE");
    return {
        {{"tenant", tenant.subdomain}, {"revision", revision.summary.number}, {"file", *file}},
        fmt::format("{}: revision {} written to {}.\n", tenant.subdomain, revision.summary.number, *file)};
}

struct Imported {
    std::string subdomain, name;
    models::Documents documents;
};

std::string text_of(const models::Json &object, const char *key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// Refuses at the first thing that is wrong with the file itself, and with every error of the documents.
Imported read_export(const std::string &text) {
    const auto parsed = models::parse_document(text, largest_export);
    if (!parsed.issues.empty())
        throw CommandFailure("FILE", parsed.issues.front().message);
    const models::Json &file = parsed.document;
    if (!file.is_object() || text_of(file, "format") != format_name)
        throw CommandFailure(
            "/format", fmt::format("This is no exported tenant: \"format\" must be \"{}\".", format_name));
    const auto version = file.find("formatVersion");
    if (version == file.end() || *version != format_version)
        throw CommandFailure("/formatVersion",
                             fmt::format("This program reads version {} of the format.", format_version));
    Imported imported;
    models::ValidationIssues issues;
    for (const auto kind :
         {models::DocumentKind::Theme, models::DocumentKind::Content, models::DocumentKind::Photos}) {
        const auto document = file.find(to_string(kind));
        if (document == file.end() || !document->is_object())
            issues.push_back(
                {fmt::format("/{}", to_string(kind)), "The document is missing: it must be an object."});
        else
            imported.documents.of(kind) = *document;
    }
    if (issues.empty())
        issues = only_errors(models::validate(imported.documents));
    if (!issues.empty())
        throw CommandFailure("Nothing was imported.", issues);
    const auto tenant = file.find("tenant");
    if (tenant != file.end() && tenant->is_object()) {
        imported.subdomain = text_of(*tenant, "subdomain");
        imported.name = text_of(*tenant, "name");
    }
    return imported;
}

constexpr std::string_view media_prefix = "/media/";

// Where the address is of a picture in `from`'s folder and the file is there, it is copied into `to`'s and
// the address made that of the copy.
void copy_picture(media::AssetStore &files, models::Json &address, const std::string &from,
                  const std::string &to) {
    const std::string url = address.is_string() ? address.get<std::string>() : std::string();
    const std::string folder = fmt::format("{}{}/", media_prefix, from);
    if (!url.starts_with(folder))
        return;
    const auto bytes = files.read(url.substr(media_prefix.size()));
    if (!bytes)
        return;
    const std::string copy = fmt::format("{}/{}", to, url.substr(folder.size()));
    files.put(copy, *bytes, url.ends_with(".webp") ? "image/webp" : "image/jpeg");
    address = std::string(media_prefix) + copy;
}

void copy_all_pictures(media::AssetStore &files, models::Json &value, const std::string &from,
                       const std::string &to) {
    if (value.is_structured()) {
        for (models::Json &part : value)
            copy_all_pictures(files, part, from, to);
    } else {
        copy_picture(files, value, from, to);
    }
}

// The copy is of the same companion: the exported companion's own pictures come along. Those of others do
// not.
void copy_own_pictures(media::AssetStore &files, models::Documents &documents, const std::string &from,
                       const std::string &to) {
    if (from.empty() || from == to)
        return;
    const auto held = files.hold();
    copy_all_pictures(files, documents.photos, from, to);
    const auto seo = documents.content.find("seo");
    if (seo != documents.content.end() && seo->is_object() && seo->contains("ogImage"))
        copy_picture(files, (*seo)["ogImage"], from, to);
}

// Pictures stay in the folder of the companion whom they are of: no other site may show them.
void add_pictures_of_others(Report &report, const models::Documents &documents,
                            const std::string &subdomain) {
    std::set<std::string> owners;
    models::Json addresses = documents.photos.flatten();
    addresses["/seo/ogImage"] =
        models::text_member(models::object_member(documents.content, "seo"), "ogImage");
    for (const models::Json &value : addresses) {
        const std::string url = value.is_string() ? value.get<std::string>() : std::string();
        if (!url.starts_with(media_prefix))
            continue;
        const auto end = url.find('/', media_prefix.size());
        if (const std::string owner = url.substr(media_prefix.size(), end - media_prefix.size());
            owner != subdomain)
            owners.insert(owner);
    }
    if (owners.empty())
        return;
    report.data["picturesOf"] = owners;
    report.text += fmt::format("Its pictures belong to {}: add them again before it can be public.\n",
                               fmt::join(owners, ", "));
}

Report import_tenant(Context &context, const Arguments &arguments) {
    Imported imported = read_export(read_file(arguments.text("FILE"), "FILE", largest_export));
    const std::string subdomain = base::plain_host(arguments.text_or("--as", imported.subdomain));
    if (const std::string problem = models::Subdomain::problem(subdomain); !problem.empty())
        throw CommandFailure(arguments.has("--as") ? "--as" : "/tenant/subdomain", problem);
    std::optional<media::LocalAssetStore> store;
    std::optional<media::NewFiles> files;
    const auto copy_pictures = [&] {
        if (const auto root = context.known_media_root()) {
            store.emplace(*root);
            files.emplace(*store, [](const std::string &reason) {
                fmt::print(stderr, "companionctl: files of the import could not be removed: {}\n", reason);
            });
            copy_own_pictures(*files, imported.documents, imported.subdomain, subdomain);
        }
    };
    db::TenantStore tenants(context.session());
    if (const auto tenant = tenants.find_by_subdomain(subdomain)) {
        if (!arguments.has("--update"))
            throw CommandFailure(
                "--as", fmt::format("There is a tenant \"{}\" already: import under another name with "
                                    "--as NAME, or save it as its new draft with --update.",
                                    subdomain));
        const auto base = latest_revision(context, *tenant);
        copy_pictures();
        Report saved = save_draft(context, *tenant, base, imported.documents, "Imported", false);
        if (files)
            files->keep();
        add_pictures_of_others(saved, imported.documents, subdomain);
        return saved;
    }
    const std::string name = imported.name.empty() ? display_name(subdomain) : imported.name;
    copy_pictures();
    const auto tenant = tenants.create({subdomain, name, imported.documents});
    if (files)
        files->keep();
    Report report{{{"tenant", subdomain}, {"id", tenant.id}, {"name", name}, {"revision", 1}},
                  fmt::format("{}: imported with status {}.\n", subdomain, to_string(tenant.status))};
    add_css_losses(report, imported.documents);
    add_pictures_of_others(report, imported.documents, subdomain);
    return report;
}

} // namespace

std::vector<Command> tenant_transfer_commands() {
    return {
        {"tenant",
         "export",
         "Writes a tenant's documents as one JSON file",
         "companionctl tenant export claire claire.json",
         {{"TENANT", "The tenant's subdomain", Arity::Required},
          {"FILE", "Where to write; else standard output", Arity::Optional}},
         {{"--revision", "REVISION", "A number, published, or latest (usual)"}},
         export_tenant},
        {"tenant",
         "import",
         "Makes a tenant from an exported file",
         "companionctl tenant import claire.json --as claire-two",
         {{"FILE", "The file; - is standard input", Arity::Required}},
         {{"--as", "NAME", "The subdomain; else the file's own"},
          {"--update", "", "Save it as the new draft of a tenant that exists"}},
         import_tenant},
    };
}

} // namespace studio::ctl
