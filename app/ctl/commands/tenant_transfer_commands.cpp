// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/tenant_transfer_commands.h"

#include "app/ctl/amount_literals.h"
#include "app/ctl/drafts.h"
#include "app/ctl/failure.h"
#include "app/ctl/files.h"
#include "app/ctl/picture_report.h"
#include "app/ctl/text.h"
#include "base/host.h"
#include "db/stores/compliance_store.h"
#include "db/stores/photo_library.h"
#include "db/stores/platform_store.h"
#include "db/stores/tenant_store.h"
#include "media/asset_key.h"
#include "media/local_asset_store.h"
#include "media/new_files.h"
#include "models/documents/parse_document.h"
#include "models/documents/validate_documents.h"
#include "models/tenant/hostname.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace studio::ctl {

namespace {

using Arity = Positional::Arity;

constexpr const char *format_name = "companion-studio tenant";
constexpr int format_version = 1;
// Three documents of the maximum size, with room for the indentation of an export.
constexpr std::size_t largest_export = 16 * models::max_document_bytes;

Report export_tenant(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const auto revision = named_revision(context, tenant, arguments.text_or("--revision", "latest"));
    const models::Json exported = {
        {"format", format_name},
        {"formatVersion", format_version},
        {"tenant",
         {{"subdomain", tenant.subdomain},
          {"mediaFolder", tenant.media_folder},
          {"name", tenant.name},
          {"status", to_string(tenant.status)},
          {"customDomain", tenant.custom_domain ? models::Json(*tenant.custom_domain) : models::Json()}}},
        {"revision", to_json(revision.summary)},
        {"theme", revision.documents.theme},
        {"content", revision.documents.content},
        {"photos", revision.documents.photos}};
    const auto file = arguments.optional_text("FILE");
    if (!file) {
        return {exported, exported.dump(2) + "\n"};
    }
    write_file(std::filesystem::absolute(*file), exported.dump(2) + "\n", "FILE");
    return {
        {{"tenant", tenant.subdomain}, {"revision", revision.summary.number}, {"file", *file}},
        fmt::format("{}: revision {} written to {}.\n", tenant.subdomain, revision.summary.number, *file)};
}

struct Imported {
    std::string subdomain, name;
    media::OwnFolders folders; // the exported companion's: only pictures in them are copied
    models::Documents documents;
};

std::string text_of(const models::Json &object, const char *key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// Refuses the file with its first own error, or with all errors of its documents.
Imported read_export(const std::string &text) {
    const auto parsed = models::parse_document(text, largest_export);
    if (!parsed.issues.empty()) {
        throw CommandFailure("FILE", parsed.issues.front().message);
    }
    const models::Json &file = parsed.document;
    if (!file.is_object() || text_of(file, "format") != format_name) {
        throw CommandFailure(
            "/format",
            fmt::format("This is not an exported tenant: \"format\" must be \"{}\".", format_name));
    }
    const auto version = file.find("formatVersion");
    if (version == file.end() || *version != format_version) {
        throw CommandFailure("/formatVersion",
                             fmt::format("This program reads version {} of the format.", format_version));
    }
    Imported imported;
    models::ValidationIssues issues;
    for (const auto kind :
         {models::DocumentKind::Theme, models::DocumentKind::Content, models::DocumentKind::Photos}) {
        const auto document = file.find(to_string(kind));
        if (document == file.end() || !document->is_object()) {
            issues.push_back(
                {fmt::format("/{}", to_string(kind)), "The document is missing: it must be an object."});
        } else {
            imported.documents.of(kind) = *document;
        }
    }
    if (issues.empty()) {
        issues = only_errors(models::validate(imported.documents));
    }
    if (!issues.empty()) {
        throw CommandFailure("Nothing was imported.", issues);
    }
    if (const auto amounts = ambiguous_amounts_of_export(text); !amounts.empty()) {
        throw CommandFailure("Nothing was imported: an amount can be read two ways.", amounts);
    }
    const auto tenant = file.find("tenant");
    if (tenant != file.end() && tenant->is_object()) {
        imported.subdomain = text_of(*tenant, "subdomain");
        imported.name = text_of(*tenant, "name");
        imported.folders = {imported.subdomain, text_of(*tenant, "mediaFolder")};
    }
    return imported;
}

// Copies the exported companion's pictures; the result names those that were not copied. `files` is null
// where the media folder is not known, `withheld` are pictures that nobody may see.
media::ImportedPictures import_pictures(media::AssetStore *files, Imported &imported,
                                        const media::OwnFolders &own, const std::string &folder,
                                        const std::set<std::string> &withheld) {
    std::vector<media::ImportedPhoto> copies;
    if (files) {
        for (const std::string &owner : media::find_pictures(imported.documents, own).owners) {
            if (imported.folders.contains(owner)) {
                auto copied =
                    media::copy_pictures(*files, imported.documents, owner, folder, withheld).copies;
                std::ranges::move(copied, std::back_inserter(copies));
            }
        }
    }
    media::ImportedPictures all = media::find_pictures(imported.documents, own);
    all.copied = static_cast<int>(copies.size());
    all.copies = std::move(copies);
    return all;
}

// The companion whose photo folder it is, if this login may see her; else the folder.
std::string owner_name(Context &context, const std::string &folder) {
    db::TenantStore tenants(context.session());
    for (const models::TenantSummary &each : tenants.list()) {
        const auto tenant = tenants.find_by_subdomain(each.subdomain);
        if (tenant && tenant->media_folder == folder) {
            return tenant->subdomain;
        }
    }
    return folder;
}

void add_to_library(Context &context, const std::string &subdomain,
                    const std::vector<media::ImportedPhoto> &photos) {
    if (photos.empty()) {
        return;
    }
    db::PhotoLibrary library(context.session());
    const auto tenant = context.tenant(subdomain);
    const bool stored = !db::PlatformStore(context.session()).photo_store().bucket;
    for (const media::ImportedPhoto &photo : photos) {
        db::LibraryPhoto row;
        row.picture = photo.picture;
        row.photo = photo.photo;
        row.content_hash = photo.content_hash;
        row.likeness = photo.likeness;
        for (const media::ImportedFile &file : photo.files) {
            row.files.push_back({file.key, file.content_type, file.bytes, file.original, stored});
        }
        library.add(tenant.id, row);
    }
}

// Copies are only in the folder. Says how they get into the platform's bucket.
void tell_of_bucket(Context &context, const media::ImportedPictures &pictures, const std::string &subdomain,
                    Report &report) {
    if (pictures.copied > 0 && db::PlatformStore(context.session()).photo_store().bucket) {
        report.text += fmt::format("The copies are not in the bucket yet: \"{}\" sends them.\n",
                                   context.command_here("photo upload " + subdomain));
    }
}

Report import_tenant(Context &context, const Arguments &arguments) {
    Imported imported = read_export(read_file(arguments.text("FILE"), "FILE", largest_export));
    const std::string subdomain = base::plain_host(arguments.text_or("--as", imported.subdomain));
    if (const std::string problem = models::Subdomain::problem(subdomain); !problem.empty()) {
        throw CommandFailure(arguments.has("--as") ? "--as" : "/tenant/subdomain", problem);
    }
    db::TenantStore tenants(context.session());
    const auto existing = tenants.find_by_subdomain(subdomain);
    if (existing && !arguments.has("--update")) {
        throw CommandFailure("--as",
                             fmt::format("A tenant \"{}\" already exists: import under another name with "
                                         "--as NAME, or save it as its new draft with --update.",
                                         subdomain));
    }
    std::optional<media::LocalAssetStore> store;
    std::optional<media::NewFiles> files; // removed again unless the documents that show them are saved
    if (context.knows_media_root()) {
        store.emplace(context.media_root());
        files.emplace(*store, [](const std::string &reason) {
            fmt::print(stderr, "companionctl: files of the import could not be removed: {}\n", reason);
        });
    }
    const std::string folder = existing ? existing->media_folder : media::new_folder();
    const auto withdrawn = db::ComplianceStore(context.session()).withdrawn_photos();
    auto pictures = import_pictures(files ? &*files : nullptr, imported, {folder, subdomain}, folder,
                                    {withdrawn.begin(), withdrawn.end()});
    Report report;
    if (existing) {
        report = save_draft(context, *existing, latest_revision(context, *existing), imported.documents,
                            "Imported", false);
    } else {
        const std::string name = imported.name.empty() ? display_name(subdomain) : imported.name;
        const auto tenant = tenants.create({subdomain, name, imported.documents, folder});
        report = {{{"tenant", subdomain}, {"id", tenant.id}, {"name", name}, {"revision", 1}},
                  fmt::format("{}: imported with status {}.\n", subdomain, to_string(tenant.status))};
        add_css_losses(report, imported.documents);
    }
    if (files) {
        files->keep();
    }
    add_to_library(context, subdomain, pictures.copies);
    std::set<std::string> owners;
    for (const std::string &owner : pictures.owners) {
        owners.insert(owner_name(context, owner));
    }
    pictures.owners = std::move(owners);
    add_pictures(report, pictures);
    tell_of_bucket(context, pictures, subdomain, report);
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
          {"FILE", "The file to write; default: standard output", Arity::Optional}},
         {{"--revision", "REVISION", "A number, published, or latest (default)"}},
         export_tenant},
        {"tenant",
         "import",
         "Creates a tenant from an exported file",
         "companionctl tenant import claire.json --as claire-two",
         {{"FILE", "The file; - is standard input", Arity::Required}},
         {{"--as", "NAME", "The subdomain; default: the file's own"},
          {"--update", "", "Save it as the new draft of an existing tenant"}},
         import_tenant},
    };
}

} // namespace studio::ctl
