// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/store_commands.h"

#include "app/ctl/failure.h"
#include "app/ctl/platform_photos.h"
#include "app/ctl/text.h"
#include "db/stores/compliance_store.h"
#include "db/stores/photo_library.h"
#include "db/stores/platform_store.h"
#include "db/stores/tenant_store.h"
#include "media/asset_key.h"
#include "media/local_asset_store.h"
#include "media/s3/connection_check.h"
#include "media/s3/credentials.h"
#include "media/s3/store_copy.h"
#include "models/tenant/photo_releases.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <set>

namespace studio::ctl {

namespace {

using Outcome = media::s3::CheckStep::Outcome;

constexpr std::array bucket_options{"--endpoint", "--region", "--bucket", "--public", "--path-style"};

Report report_of(const Context &context, const models::PhotoStore &store) {
    Report report;
    if (!store.bucket) {
        const std::string folder = context.knows_media_root() ? context.media_root().string() : "";
        report.data = {{"kind", "folder"},
                       {"folder", folder.empty() ? models::Json() : models::Json(folder)}};
        report.text = folder.empty() ? "Photos lie in the folder that the public service serves at /media.\n"
                                     : fmt::format("Photos lie in the folder {}.\n", folder);
        return report;
    }
    const models::BucketAddress &bucket = *store.bucket;
    const std::string shown_at = models::public_address(bucket, "");
    const bool has_keys = media::s3::credentials_in_environment().has_value();
    report.data = {{"kind", "s3"},
                   {"endpoint", bucket.endpoint},
                   {"region", bucket.region},
                   {"bucket", bucket.bucket},
                   {"public", shown_at.substr(0, shown_at.size() - 1)},
                   {"path_style", bucket.path_style},
                   {"keys", has_keys}};
    report.text = table({"BUCKET", "ENDPOINT", "REGION", "STYLE", "SHOWN AT"},
                        {{bucket.bucket, bucket.endpoint, bucket.region, bucket.path_style ? "path" : "host",
                          report.data["public"].get<std::string>()}});
    report.text += has_keys ? "" : "STUDIO_S3_KEY and STUDIO_S3_SECRET are not set here.\n";
    return report;
}

Report show_store(Context &context, const Arguments &) {
    return report_of(context, db::PlatformStore(context.session()).photo_store());
}

// An issue's pointer "/endpoint" means the option --endpoint.
[[noreturn]] void refuse(const models::ValidationIssue &issue) {
    throw UsageError("--" + issue.pointer.substr(1), issue.message);
}

// "s3" or "folder".
const std::string &kind_in(const Arguments &arguments, const char *kind_option) {
    const std::string &kind = arguments.text(kind_option);
    if (kind != "s3" && kind != "folder") {
        throw UsageError(kind_option, fmt::format("must be s3 or folder, not \"{}\".", kind));
    }
    for (const char *option : bucket_options) {
        if (kind == "folder" && arguments.has(option)) {
            throw UsageError(option, fmt::format("is for {} s3 only.", kind_option));
        }
    }
    return kind;
}

// Removes a slash at the end, which pasted addresses may have.
std::string without_end_slash(std::string url) {
    if (url.ends_with('/')) {
        url.pop_back();
    }
    return url;
}

models::BucketAddress bucket_in(const Arguments &arguments) {
    models::BucketAddress address{without_end_slash(arguments.text_or("--endpoint", "")),
                                  arguments.text_or("--region", ""), arguments.text_or("--bucket", ""),
                                  without_end_slash(arguments.text_or("--public", "")),
                                  arguments.has("--path-style")};
    if (address.region.empty()) {
        address.region = models::usual_region(address);
    }
    if (const auto issues = models::validate(address); !issues.empty()) {
        refuse(issues.front());
    }
    return address;
}

Report set_store(Context &context, const Arguments &arguments) {
    models::PhotoStore store;
    if (kind_in(arguments, "--kind") == "s3") {
        store.bucket = bucket_in(arguments);
    }
    db::PlatformStore(context.session()).set_photo_store(store);
    Report report = report_of(context, store);
    report.text += fmt::format("Test it with \"{}\". No photo was copied: that does \"{}\".\n",
                               context.command_here("store test"), context.command_here("store move"));
    return report;
}

// Makes the same tests as for a bucket, except for the public address, because the service may not be
// running.
media::s3::ConnectionCheck test_folder(const std::filesystem::path &folder) {
    media::LocalAssetStore store(folder);
    const std::string content = "Test of Companion Studio";
    const std::string key = media::key_of_content(media::new_folder(), content, ".txt");
    media::s3::ConnectionCheck check;
    const auto step = [&](const std::string &name, auto work) {
        try {
            const bool passed = work();
            check.steps.push_back({name,
                                   passed ? Outcome::Passed : Outcome::Failed,
                                   {},
                                   passed ? "" : "The folder does not keep what is written to it."});
        } catch (const media::Error &error) {
            check.steps.push_back({name, Outcome::Failed, {}, error.what()});
        }
    };
    step("put", [&] { return store.put(key, content, "text/plain"), true; });
    if (!check.passed()) {
        return check;
    }
    step("head", [&] { return store.read(key) == content; });
    step("delete", [&] { return store.remove(key); });
    std::error_code ignored;
    std::filesystem::remove((folder / key).parent_path(), ignored);
    return check;
}

media::s3::ConnectionCheck test_bucket(const models::BucketAddress &address) {
    media::s3::ConnectionOptions options;
    options.retry.attempts = 3;
    media::s3::Connection connection(address, bucket_credentials(), options);
    return media::s3::check_connection(connection);
}

const char *word_of(Outcome outcome) {
    switch (outcome) {
    case Outcome::Passed:
        return "passed";
    case Outcome::Failed:
        return "failed";
    case Outcome::Skipped:
        break;
    }
    return "skipped";
}

Report test_store(Context &context, const Arguments &) {
    const models::PhotoStore store = db::PlatformStore(context.session()).photo_store();
    const media::s3::ConnectionCheck check =
        store.bucket ? test_bucket(*store.bucket) : test_folder(context.media_root());
    Report report;
    models::Json steps = models::Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const media::s3::CheckStep &step : check.steps) {
        steps.push_back({{"step", step.name},
                         {"outcome", word_of(step.outcome)},
                         {"code", step.code},
                         {"message", step.message}});
        rows.push_back({step.name, word_of(step.outcome), step.message});
    }
    report.data = {{"kind", store.bucket ? "s3" : "folder"}, {"passed", check.passed()}, {"steps", steps}};
    report.text = table({"STEP", "OUTCOME", "WHAT TO CHANGE"}, rows);
    report.exit_code = check.passed() ? 0 : 1;
    return report;
}

// The bucket that the options name, else the one in the platform's settings.
models::BucketAddress wanted_bucket(Context &context, const Arguments &arguments) {
    for (const char *option : bucket_options) {
        if (arguments.has(option)) {
            return bucket_in(arguments);
        }
    }
    const auto set = db::PlatformStore(context.session()).photo_store().bucket;
    if (!set) {
        throw CommandFailure("--bucket", fmt::format("No bucket is chosen yet: name it here, or with \"{}\".",
                                                     context.command_here("store set --kind s3")));
    }
    return *set;
}

// What the photo libraries know of files: their types, and the pictures that are hidden at present.
struct KnownFiles {
    std::map<std::string, std::string> types; // by key
    std::set<std::string> hidden;             // pictures
};

KnownFiles known_files(Context &context) {
    KnownFiles known;
    for (const std::string &url : db::ComplianceStore(context.session()).withdrawn_photos()) {
        known.hidden.insert(models::picture_of(url));
    }
    db::PhotoLibrary library(context.session());
    for (const models::TenantSummary &tenant : db::TenantStore(context.session()).list()) {
        for (const db::LibraryPhoto &photo : library.list(tenant.id)) {
            for (const db::LibraryFile &file : photo.files) {
                known.types[file.key] = file.content_type;
            }
        }
    }
    return known;
}

media::s3::CopyResult copy_to_bucket(Context &context, media::AssetStore &folder,
                                     const media::s3::CopyTarget &bucket) {
    const KnownFiles known = known_files(context);
    return media::s3::copy_to_bucket(folder, bucket, [&](const std::string &key) {
        const auto type = known.types.find(key);
        auto facts = media::s3::facts_of(key, type == known.types.end() ? media::content_type_of_key(key)
                                                                        : type->second);
        facts.is_public = facts.is_public && !known.hidden.contains(models::picture_of("/media/" + key));
        return facts;
    });
}

// Marks the files that the folder has as stored, because after a move they are at both places.
void mark_moved(Context &context, const media::LocalAssetStore &folder) {
    db::PhotoLibrary library(context.session());
    for (const models::TenantSummary &tenant : db::TenantStore(context.session()).list()) {
        std::vector<std::string> keys;
        for (const db::LibraryFile &file : library.not_stored(tenant.id)) {
            std::error_code problem;
            if (std::filesystem::is_regular_file(folder.root() / file.key, problem)) {
                keys.push_back(file.key);
            }
        }
        if (!keys.empty()) {
            library.mark_stored(tenant.id, keys);
        }
    }
}

Report move_store(Context &context, const Arguments &arguments) {
    const bool to_bucket = kind_in(arguments, "--to") == "s3";
    const models::BucketAddress address = wanted_bucket(context, arguments);
    media::LocalAssetStore folder(context.media_root());
    const media::s3::CopyTarget bucket{address, bucket_credentials(), {}};
    const media::s3::CopyResult result =
        to_bucket ? copy_to_bucket(context, folder, bucket) : media::s3::copy_to_folder(bucket, folder);
    if (!result.failed.empty()) {
        throw PartlyDone(
            fmt::format("{} of {} files could not be copied, the first, {}: {} The setting stays as it was. "
                        "Running the command again copies the rest.",
                        result.failed.size(), result.failed.size() + result.copied + result.present,
                        result.failed.front().key, result.failed.front().message));
    }
    mark_moved(context, folder);
    const models::PhotoStore store{to_bucket ? std::optional(address) : std::nullopt};
    db::PlatformStore(context.session()).set_photo_store(store);
    Report report = report_of(context, store);
    report.data["copied"] = result.copied;
    report.data["present"] = result.present;
    report.data["bytes"] = result.bytes;
    report.text +=
        fmt::format("{} copied and compared, {} were there. Nothing was removed where they come from.\n",
                    counted(static_cast<std::int64_t>(result.copied), "file"), result.present);
    return report;
}

} // namespace

std::vector<Command> store_commands() {
    return {
        {"store", "show", "Where the photos lie", "companionctl store show", {}, {}, show_store},
        {"store",
         "set",
         "Chooses where the photos lie",
         "companionctl store set --kind s3 --endpoint https://fra1.digitaloceanspaces.com --bucket "
         "companion-photos",
         {},
         {{"--kind", "KIND", "s3 or folder", true},
          {"--endpoint", "URL", "The store's address without the bucket"},
          {"--region", "REGION", "Default: of a Space the first word of the endpoint"},
          {"--bucket", "BUCKET", "The bucket's name"},
          {"--public", "URL", "Where visitors see the bucket: the CDN. Default: the bucket's own address"},
          {"--path-style", "", "The bucket's name in the path and not in the host"}},
         set_store},
        {"store",
         "move",
         "Copies all photos to a bucket or to the folder, and chooses it",
         "companionctl store move --to s3",
         {},
         {{"--to", "KIND", "s3 or folder", true},
          {"--endpoint", "URL", "As of store set; without these options the bucket that is set"},
          {"--region", "REGION", "As of store set"},
          {"--bucket", "BUCKET", "As of store set"},
          {"--public", "URL", "As of store set"},
          {"--path-style", "", "As of store set"}},
         move_store},
        {"store",
         "test",
         "Stores, reads, shows and removes a small file",
         "companionctl store test",
         {},
         {},
         test_store},
    };
}

} // namespace studio::ctl
