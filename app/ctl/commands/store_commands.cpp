// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/store_commands.h"

#include "app/ctl/failure.h"
#include "app/ctl/platform_photos.h"
#include "app/ctl/text.h"
#include "db/stores/platform_store.h"
#include "db/stores/store_files.h"
#include "media/asset_key.h"
#include "media/local_asset_store.h"
#include "media/s3/connection_check.h"
#include "media/s3/credentials.h"
#include "media/s3/store_move.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace studio::ctl {

namespace {

using Outcome = media::s3::CheckStep::Outcome;

constexpr std::array bucket_options{"--endpoint", "--region", "--bucket", "--public", "--path-style"};

Report place_of(const Context &context, const models::PhotoStore &store) {
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

Report report_of(Context &context, const models::PhotoStore &store) {
    Report report = place_of(context, store);
    const bool confirmed = db::PlatformStore(context.session()).photo_store_confirmed();
    report.data["confirmed"] = confirmed;
    if (!confirmed) {
        report.text +=
            fmt::format("Not confirmed since the restore: nothing is changed there until \"{}\".\n",
                        context.command_here("store confirm"));
    }
    return report;
}

Report show_store(Context &context, const Arguments &) {
    return report_of(context, db::PlatformStore(context.session()).photo_store());
}

// Only a person knows whether another installation uses the store as well.
Report confirm_store(Context &context, const Arguments &arguments) {
    db::PlatformStore platform(context.session());
    const models::PhotoStore store = platform.photo_store();
    const std::string place =
        store.bucket ? fmt::format("the bucket {} at {}", store.bucket->bucket, store.bucket->endpoint)
                     : "the media folder";
    if (!platform.photo_store_confirmed() && !arguments.has("--yes")) {
        throw UsageError("--yes",
                         fmt::format("is required: this installation will hide, show and remove photos in "
                                     "{}. Confirm it only where no other installation uses that; for a copy "
                                     "to try things out choose another store with \"{}\".",
                                     place, context.command_here("store set")));
    }
    platform.confirm_photo_store();
    Report report = report_of(context, store);
    report.text +=
        fmt::format("Confirmed: {} belongs to this installation. \"{}\" does what is open there.\n", place,
                    context.command_here("jobs run media"));
    return report;
}

// "/endpoint" of an issue is the option --endpoint.
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

// As people paste addresses.
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
    db::PlatformStore platform(context.session());
    const bool stays = models::is_same_place(platform.photo_store(), store);
    const std::int64_t elsewhere = stays ? 0 : db::StoreFiles(context.session()).stored();
    if (elsewhere > 0 && !arguments.has("--anyway")) {
        throw CommandFailure(
            "--kind", fmt::format("{} of photos {} at the present store, and pages would show none of them. "
                                  "\"{}\" takes them along; with --anyway the store is chosen without them.",
                                  counted(elsewhere, "file"), elsewhere == 1 ? "lies" : "lie",
                                  context.command_here("store move")));
    }
    platform.set_photo_store(store);
    Report report = report_of(context, store);
    report.text += fmt::format("Test it with \"{}\".\n", context.command_here("store test"));
    if (elsewhere > 0) {
        report.text +=
            fmt::format("{} of photos {} not there unless somebody brought {} there: \"{}\" says it.\n",
                        counted(elsewhere, "file"), elsewhere == 1 ? "is" : "are",
                        elsewhere == 1 ? "it" : "them", context.command_here("photo reconcile TENANT"));
    }
    return report;
}

// The same as in a bucket, but for what the public address shows: the service needs not run.
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

bool names_bucket(const Arguments &arguments) {
    return std::ranges::any_of(bucket_options, [&](const char *option) { return arguments.has(option); });
}

Report test_store(Context &context, const Arguments &arguments) {
    const models::PhotoStore store = names_bucket(arguments)
                                         ? models::PhotoStore{bucket_in(arguments)}
                                         : db::PlatformStore(context.session()).photo_store();
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

// The bucket that the options name, else the one that is set. Throws CommandFailure where there is none.
models::BucketAddress wanted_bucket(Context &context, const Arguments &arguments) {
    if (names_bucket(arguments)) {
        return bucket_in(arguments);
    }
    const auto set = db::PlatformStore(context.session()).photo_store().bucket;
    if (!set) {
        throw CommandFailure("--bucket", fmt::format("No bucket is chosen yet: name it here, or with \"{}\".",
                                                     context.command_here("store set --kind s3")));
    }
    return *set;
}

std::string named(const std::vector<media::s3::CopyFailure> &failures) {
    constexpr std::size_t most_named = 3;
    std::string text;
    for (std::size_t at = 0; at < std::min(failures.size(), most_named); ++at) {
        text += failures[at].key.empty() ? failures[at].message
                                         : fmt::format("{}: {}", failures[at].key, failures[at].message);
        text += '\n';
    }
    return text;
}

std::string files(std::size_t count) {
    return counted(static_cast<std::int64_t>(count), "file");
}

// What is not done at the present store would be done at the new one, where it is not what is seen.
void require_no_open_steps(Context &context) {
    const std::int64_t open = db::StoreFiles(context.session()).open_steps();
    if (open > 0) {
        throw CommandFailure(
            "--to",
            fmt::format("{} of takedowns and pauses {} not done at the present store yet. Carry {} out "
                        "with \"{}\", then move.",
                        counted(open, "step"), open == 1 ? "is" : "are", open == 1 ? "it" : "them",
                        context.command_here("jobs run media")));
    }
}

std::string close_command(Context &context, const models::BucketAddress &bucket) {
    return context.command_here(fmt::format("store close --endpoint {} --bucket {}{}", bucket.endpoint,
                                            bucket.bucket, bucket.path_style ? " --path-style" : ""));
}

void add_result(Context &context, const media::s3::MoveResult &result,
                const std::optional<media::s3::CopyTarget> &former, Report &report) {
    report.data["copied"] = result.copied;
    report.data["present"] = result.present;
    report.data["bytes"] = result.bytes;
    report.text += fmt::format("{} copied and compared, {} were there.\n",
                               counted(static_cast<std::int64_t>(result.copied), "file"), result.present);
    if (former) {
        report.data["closed"] = result.closed;
        report.text +=
            fmt::format("The former bucket {} keeps its {}, now private. What its CDN has copies of "
                        "ends with the CDN's time limit.\n",
                        former->address.bucket, files(result.closed));
    } else {
        report.text += "Nothing was removed where they come from.\n";
    }
    if (!result.left.empty()) {
        report.exit_code = 3;
        report.text +=
            fmt::format("{} that changed during the move could not be brought along. \"{}\" for each "
                        "companion sets it right.\n{}",
                        files(result.left.size()), context.command_here("photo reconcile TENANT --repair"),
                        named(result.left));
    }
    if (!result.open.empty()) {
        report.exit_code = 3;
        report.text += fmt::format(
            "{} of the former bucket may still be seen by everybody. \"{}\" tries again.\n{}",
            files(result.open.size()), close_command(context, former->address), named(result.open));
    }
}

Report move_store(Context &context, const Arguments &arguments) {
    const bool to_bucket = kind_in(arguments, "--to") == "s3";
    const models::BucketAddress address = wanted_bucket(context, arguments);
    db::PlatformStore platform(context.session());
    const models::PhotoStore present = platform.photo_store();
    const models::PhotoStore wanted{to_bucket ? std::optional(address) : std::nullopt};
    require_confirmed_store(context);
    require_no_open_steps(context);
    media::LocalAssetStore folder(context.media_root());
    media::s3::StoreMove move{folder,
                              {},
                              {},
                              [&] { return db::StoreFiles(context.session()).all(); },
                              [&] { platform.set_photo_store(wanted); }};
    if (present.bucket && !models::is_same_place(present, wanted)) {
        move.from = media::s3::CopyTarget{*present.bucket, bucket_credentials(), {}};
    }
    if (to_bucket) {
        move.to = media::s3::CopyTarget{address, bucket_credentials(), {}};
    }
    const media::s3::MoveResult result = media::s3::move_store(move);
    if (!result.chosen) {
        throw PartlyDone(
            fmt::format("{} could not be brought there. The setting stays as it was. Running the "
                        "command again goes on with the rest.\n{}",
                        files(result.failed.size()), named(result.failed)));
    }
    Report report = report_of(context, wanted);
    add_result(context, result, move.from, report);
    return report;
}

Report close_store(Context &context, const Arguments &arguments) {
    const models::BucketAddress address = bucket_in(arguments);
    const models::PhotoStore present = db::PlatformStore(context.session()).photo_store();
    if (models::is_same_place(present, {address})) {
        throw UsageError("--bucket",
                         fmt::format("must not be {}: pages take their photos from it.", address.bucket));
    }
    const auto result = media::s3::close_bucket({address, bucket_credentials(), {}},
                                                db::StoreFiles(context.session()).all().folders);
    Report report{
        {{"closed", result.closed}, {"open", result.open.size()}},
        fmt::format("{} of {} can be seen by nobody without keys.\n", files(result.closed), address.bucket)};
    if (!result.open.empty()) {
        report.exit_code = 3;
        report.text += fmt::format("{} may still be seen by everybody. Run the command again.\n{}",
                                   files(result.open.size()), named(result.open));
    }
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
          {"--path-style", "", "The bucket's name in the path and not in the host"},
          {"--anyway", "", "Also where files of photos lie at another store: they are not taken along"}},
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
         "close",
         "Makes the photos of a former bucket private",
         "companionctl store close --endpoint https://fra1.digitaloceanspaces.com --bucket former-photos",
         {},
         {{"--endpoint", "URL", "As of store set", true},
          {"--region", "REGION", "As of store set"},
          {"--bucket", "BUCKET", "As of store set", true},
          {"--public", "URL", "As of store set"},
          {"--path-style", "", "As of store set"}},
         close_store},
        {"store",
         "confirm",
         "Says after a restore that the store belongs to this installation",
         "companionctl store confirm --yes",
         {},
         {{"--yes", "", "Confirm that no other installation uses the store"}},
         confirm_store},
        {"store",
         "test",
         "Stores, reads, shows and removes a small file",
         "companionctl store test",
         {},
         {{"--endpoint", "URL", "As of store set: another bucket than the one that is set"},
          {"--region", "REGION", "As of store set"},
          {"--bucket", "BUCKET", "As of store set"},
          {"--public", "URL", "As of store set"},
          {"--path-style", "", "As of store set"}},
         test_store},
    };
}

} // namespace studio::ctl
