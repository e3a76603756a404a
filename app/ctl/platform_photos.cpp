// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/platform_photos.h"

#include "app/ctl/failure.h"
#include "db/connection/error.h"
#include "db/stores/compliance_store.h"
#include "db/stores/platform_store.h"
#include "db/stores/store_files.h"
#include "media/s3/credentials.h"
#include "media/s3/upload.h"
#include "media/s3/workers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <map>
#include <mutex>
#include <set>

namespace studio::ctl {

namespace {

constexpr int steps_at_once = 50; // claimed for five minutes together
constexpr const char *media_path = "/media/";

std::string cdn_token() {
    const char *token = std::getenv("STUDIO_CDN_TOKEN");
    return token ? token : "";
}

// A purge that names no file is for all files of the picture.
std::string key_of(const db::PhotoStep &step) {
    if (!step.key.empty() || !step.picture.starts_with(media_path)) {
        return step.key;
    }
    return step.picture.substr(std::string(media_path).size()) + "*";
}

// The step is still ours, and photos still lie where it would be done.
bool is_due(Context &context, const db::PhotoStep &step, const models::PhotoStore &place) {
    return db::StoreFiles(context.session()).is_claimed(step) &&
           db::PlatformStore(context.session()).photo_store() == place;
}

} // namespace

media::s3::Credentials bucket_credentials() {
    auto found = media::s3::credentials_in_environment();
    if (!found) {
        throw CommandFailure("STUDIO_S3_KEY",
                             "Set STUDIO_S3_KEY and STUDIO_S3_SECRET in the environment: the keys of "
                             "the bucket.");
    }
    return std::move(*found);
}

void require_confirmed_store(Context &context) {
    if (!db::PlatformStore(context.session()).photo_store_confirmed()) {
        throw CommandFailure(
            "", fmt::format(
                    "This database was restored from a backup, and nobody said since whether its photo store "
                    "belongs to it. Where no other installation uses that store: \"{}\".",
                    context.command_here("store confirm")));
    }
}

PlatformPhotos::PlatformPhotos(Context &context)
    : m_context(context), m_store(db::PlatformStore(context.session()).photo_store()),
      m_folder(context.media_root()) {}

media::s3::CopyTarget PlatformPhotos::bucket(int attempts) const {
    media::s3::CopyTarget target{m_store.bucket.value_or(models::BucketAddress()), bucket_credentials(), {}};
    target.options.retry.attempts = attempts;
    return target;
}

SentPhotos PlatformPhotos::send(const models::TenantId &tenant, const std::string &picture) {
    db::PhotoLibrary library(m_context.session());
    auto photos = library.list(tenant);
    const auto withdrawn = db::ComplianceStore(m_context.session()).withdrawn_photos();
    const std::set<std::string> withheld(withdrawn.begin(), withdrawn.end());
    std::erase_if(photos, [&](const db::LibraryPhoto &photo) {
        return (!picture.empty() && photo.picture != picture) || withheld.contains(photo.picture);
    });
    std::erase_if(photos, [](const db::LibraryPhoto &photo) {
        return std::ranges::all_of(photo.files, [](const db::LibraryFile &file) { return file.stored; });
    });
    SentPhotos sent;
    if (photos.empty()) {
        return sent;
    }
    require_confirmed_store(m_context);
    if (in_bucket()) {
        sent = send_to_bucket(photos);
    } else {
        for (const db::LibraryPhoto &photo : photos) {
            for (const db::LibraryFile &file : photo.files) {
                std::error_code problem;
                if (file.stored) {
                    continue;
                }
                if (std::filesystem::is_regular_file(m_folder.root() / file.key, problem)) {
                    sent.stored.push_back(file.key);
                    sent.bytes += file.bytes;
                } else {
                    sent.left.push_back(
                        {file.key, "The media folder has no such file: add the photo again."});
                }
            }
        }
    }
    note_stored(tenant, photos, sent);
    return sent;
}

void PlatformPhotos::note_stored(const models::TenantId &tenant, const std::vector<db::LibraryPhoto> &photos,
                                 SentPhotos &sent) {
    db::PhotoLibrary library(m_context.session());
    const std::set<std::string> arrived(sent.stored.begin(), sent.stored.end());
    sent.stored.clear();
    bool has_new_steps = false;
    for (const db::LibraryPhoto &photo : photos) {
        std::vector<std::string> keys;
        for (const db::LibraryFile &file : photo.files) {
            if (arrived.contains(file.key)) {
                keys.push_back(file.key);
            }
        }
        if (keys.empty()) {
            continue;
        }
        try {
            // What was decided while the photo was on its way found nothing at the store: steps were asked
            // for again.
            const auto withheld = library.mark_stored(tenant, keys, m_store);
            has_new_steps = has_new_steps || !withheld.empty();
            std::ranges::copy_if(keys, std::back_inserter(sent.stored), [&](const std::string &key) {
                return std::ranges::find(withheld, key) == withheld.end();
            });
        } catch (const db::Error &) {
            if (models::is_same_place(db::PlatformStore(m_context.session()).photo_store(), m_store)) {
                throw;
            }
            leave_former(keys, sent);
        }
    }
    for (const StepOutcome &outcome : has_new_steps ? carry_out_steps() : std::vector<StepOutcome>()) {
        if (!outcome.problem.empty() && arrived.contains(outcome.step.key)) {
            sent.left.push_back({outcome.step.key, outcome.problem});
        }
    }
}

// Another store was chosen while they were sent: nobody may see them at the former one.
void PlatformPhotos::leave_former(const std::vector<std::string> &keys, SentPhotos &sent) {
    media::s3::StoreSteps former = store_steps();
    for (const std::string &key : keys) {
        const std::string problem = in_bucket() ? former.carry_out({"hide", key}) : "";
        sent.left.push_back(
            {key,
             problem.empty()
                 ? "Another photo store was chosen while it was sent. Run the command again."
                 : fmt::format("Another photo store was chosen while it was sent, and the former bucket may "
                               "still show it: {} Make it private there with \"{}\".",
                               problem, m_context.command_here("store close"))});
    }
}

media::s3::StoreSteps PlatformPhotos::store_steps() {
    constexpr int attempts = 2; // what fails is tried again in a minute
    return in_bucket() ? media::s3::StoreSteps(m_folder, bucket(attempts), cdn_token())
                       : media::s3::StoreSteps(m_folder);
}

SentPhotos PlatformPhotos::send_to_bucket(const std::vector<db::LibraryPhoto> &photos) const {
    std::map<std::string, media::s3::ObjectFacts> facts;
    std::vector<std::string> keys;
    for (const db::LibraryPhoto &photo : photos) {
        for (const db::LibraryFile &file : photo.files) {
            if (!file.stored) {
                facts[file.key] = media::s3::facts_of(file.key, file.content_type);
                keys.push_back(file.key);
            }
        }
    }
    SentPhotos sent;
    if (keys.empty()) {
        return sent;
    }
    const media::s3::CopyTarget target = bucket();
    // Reports a wrong key or bucket once instead of for each file.
    media::s3::Connection first(target.address, target.credentials, target.options);
    media::s3::Bucket(first).check_access();
    media::s3::UploadOptions options;
    options.records = m_folder.root() / ".uploads";
    std::mutex mutex;
    media::s3::for_each_key(
        target, keys,
        [&](media::s3::Connection &connection, const std::string &key) {
            const auto uploaded =
                media::s3::upload_file(connection, m_folder.root() / key, key, facts.at(key), options);
            const std::scoped_lock lock(mutex);
            sent.stored.push_back(key);
            sent.bytes += uploaded.bytes;
        },
        [&](const std::string &key, const std::string &message) {
            const std::scoped_lock lock(mutex);
            sent.left.push_back({key, message});
        });
    return sent;
}

std::vector<StepOutcome> PlatformPhotos::carry_out_steps() {
    media::s3::StoreSteps store = store_steps();
    db::PhotoLibrary library(m_context.session());
    std::vector<StepOutcome> outcomes;
    std::set<std::string> tried;
    for (;;) {
        bool is_new = false;
        const auto claimed = library.claim_steps(steps_at_once);
        std::vector<media::s3::StoreStep> steps;
        for (const db::PhotoStep &step : claimed) {
            is_new = tried.insert(step.id).second || is_new;
            steps.push_back({step.action, key_of(step)});
        }
        store.carry_out_all(
            steps, [&](std::size_t at) { return is_due(m_context, claimed[at], store.place()); },
            [&](std::size_t at, const std::string &problem) {
                if (problem.empty()) {
                    library.step_done(claimed[at].id);
                } else {
                    library.step_failed(claimed[at].id, problem);
                }
                outcomes.push_back({claimed[at], problem});
            });
        if (!is_new) {
            return outcomes;
        }
    }
}

std::string done_word(const std::string &action) {
    const std::map<std::string, std::string> words{
        {"remove", "removed"}, {"hide", "hidden"}, {"show", "shown"}, {"purge", "purged from the CDN"}};
    const auto found = words.find(action);
    return found == words.end() ? action : found->second;
}

} // namespace studio::ctl
