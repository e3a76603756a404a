// SPDX-License-Identifier: Apache-2.0
#include "ui/uploads/upload_engine.h"

#include "db/connection/error.h"
#include "db/stores/platform_store.h"
#include "db/stores/store_files.h"
#include "media/local_asset_store.h"
#include "media/s3/bucket.h"
#include "media/s3/store_steps.h"
#include "ui/uploads/photo_sender.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>

namespace studio::ui {

namespace {

using namespace std::chrono_literals;
using media::s3::Error;
using media::s3::ErrorKind;

constexpr std::size_t most_workers = 6;
constexpr int attempts = 3; // of a request; after them the queue itself waits
constexpr int steps_at_once = 50;
constexpr auto look_again = 60s; // photos that other programs added
constexpr auto database_pause = 2s;

// What is true of all photos, not of one.
bool is_of_the_store(ErrorKind kind) {
    return kind != ErrorKind::FileChanged && kind != ErrorKind::NoUpload &&
           kind != ErrorKind::MultipleFailed && kind != ErrorKind::Canceled && kind != ErrorKind::Other;
}

bool passes_by_itself(ErrorKind kind) {
    return kind == ErrorKind::Unreachable || kind == ErrorKind::Busy;
}

// A purge that names no file is of all files of the picture.
std::string key_of(const db::PhotoStep &step) {
    const std::string media_path = "/media/";
    return step.key.empty() && step.picture.starts_with(media_path)
               ? step.picture.substr(media_path.size()) + "*"
               : step.key;
}

} // namespace

UploadEngine::UploadEngine(UploadSurroundings surroundings, std::function<void()> changed,
                           KeysWanted keys_wanted)
    : m_surroundings(std::move(surroundings)), m_changed(std::move(changed)),
      m_keys_wanted(std::move(keys_wanted)), m_session(m_surroundings.database_url) {}

UploadEngine::~UploadEngine() {
    m_thread.request_stop();
    {
        const std::scoped_lock lock(m_mutex);
        m_list.break_off();
    }
    wake();
    // Cancelling needs a connection to the server, so it is done only where the end takes long.
    std::unique_lock lock(m_mutex);
    while (m_thread.joinable() && !m_awake.wait_for(lock, 200ms, [this] { return m_ended; })) {
        lock.unlock();
        m_session.cancel();
        lock.lock();
    }
}

void UploadEngine::start() {
    m_thread = std::jthread([this](const std::stop_token &stop) { run(stop); });
}

void UploadEngine::wake() {
    {
        const std::scoped_lock lock(m_mutex);
        m_look = true;
    }
    m_awake.notify_all();
}

void UploadEngine::look() {
    wake();
}

void UploadEngine::set_keys(const models::BucketAddress &bucket,
                            const std::optional<media::s3::Credentials> &keys) {
    {
        const std::scoped_lock lock(m_mutex);
        m_keys = Keys{bucket, keys};
    }
    wake();
}

void UploadEngine::pause() {
    {
        const std::scoped_lock lock(m_mutex);
        m_paused = true;
        m_list.break_off();
    }
    wake();
}

void UploadEngine::resume() {
    {
        const std::scoped_lock lock(m_mutex);
        m_paused = false;
    }
    wake();
}

void UploadEngine::cancel(const std::string &picture) {
    {
        const std::scoped_lock lock(m_mutex);
        m_list.cancel(picture);
    }
    m_changed();
}

void UploadEngine::retry(const std::string &picture) {
    {
        const std::scoped_lock lock(m_mutex);
        m_list.retry(picture);
    }
    wake();
}

void UploadEngine::retry_all() {
    retry({});
}

UploadsState UploadEngine::state() const {
    const std::scoped_lock lock(m_mutex);
    UploadsState state = m_list.state(UploadSpeed::Clock::now());
    state.phase = m_paused ? Phase::Paused : m_phase;
    state.problem = QString::fromStdString(m_problem);
    state.step_problem = QString::fromStdString(m_step_problem);
    return state;
}

void UploadEngine::settle(Phase phase, const std::string &problem, std::chrono::milliseconds until_next) {
    {
        const std::scoped_lock lock(m_mutex);
        m_phase = phase;
        m_problem = problem;
        m_until_next = until_next;
        m_outages = phase == Phase::StoreAway ? m_outages + 1 : 0;
    }
    m_changed();
}

void UploadEngine::run(const std::stop_token &stop) {
    while (!stop.stop_requested()) {
        {
            const std::scoped_lock lock(m_mutex);
            m_look = false;
        }
        try {
            round(m_session, stop);
        } catch (const db::Error &error) {
            const bool is_away =
                error.kind() == db::ErrorKind::Unreachable || error.kind() == db::ErrorKind::Conflict;
            settle(is_away ? Phase::DatabaseAway : Phase::Refused, error.what(),
                   is_away ? database_pause : look_again);
        } catch (const Error &error) {
            if (passes_by_itself(error.kind())) {
                const auto pause = std::min(1s * (1 << std::min(m_outages, 5)), 30s);
                settle(Phase::StoreAway, error.what(), pause);
            } else if (error.kind() != ErrorKind::Canceled) {
                settle(Phase::Refused, error.what(), look_again);
            }
        } catch (const std::exception &error) {
            settle(Phase::Refused, error.what(), look_again);
        }
        std::unique_lock lock(m_mutex);
        m_awake.wait_for(lock, stop, m_until_next, [this] { return m_look; });
    }
    {
        const std::scoped_lock lock(m_mutex);
        m_ended = true;
    }
    m_awake.notify_all();
}

void UploadEngine::round(db::Session &session, const std::stop_token &stop) {
    db::PlatformStore platform(session);
    const auto store = platform.photo_store();
    auto waiting = waiting_photos(session);
    {
        const std::scoped_lock lock(m_mutex);
        m_list.update(std::move(waiting));
    }
    m_changed();
    media::LocalAssetStore folder(m_surroundings.media_root);
    m_former_problem = m_former.hide(folder, store);
    if (!store.bucket && !m_surroundings.is_the_services_folder) {
        settle(Phase::NoFolder, {}, look_again);
        return;
    }
    if (!platform.photo_store_confirmed()) {
        settle(Phase::Refused,
               QCoreApplication::translate(
                   "studio::ui::UploadQueue",
                   "This database was restored from a backup, and nobody said since whether its "
                   "photo store belongs to it.")
                   .toStdString(),
               look_again);
        return;
    }
    if (!store.bucket) {
        media::s3::StoreSteps steps(folder);
        store_in_folder();
        note_stored(session);
        carry_out_steps(session, steps, stop);
        settle(Phase::Idle, {}, look_again);
        return;
    }
    const auto target = bucket_of(store, stop);
    if (!target) {
        return;
    }
    // Before any step is claimed: a step that fails waits longer each time.
    // Asked once and not for long: meanwhile nobody reads what was added.
    media::s3::Connection connection(target->address, target->credentials, asked_once(*target, stop).options);
    media::s3::Bucket(connection).check_access();
    media::s3::StoreSteps steps(folder, *target, m_surroundings.cdn_token);
    note_stored(session);
    carry_out_steps(session, steps, stop);
    send(session, *target, steps, stop);
    settle(Phase::Idle, {}, look_again);
}

std::optional<media::s3::CopyTarget> UploadEngine::bucket_of(const models::PhotoStore &store,
                                                             const std::stop_token &stop) {
    std::optional<Keys> keys;
    {
        const std::scoped_lock lock(m_mutex);
        keys = m_keys;
    }
    if (!keys || keys->bucket != *store.bucket) {
        settle(Phase::Idle, {}, look_again);
        m_keys_wanted(*store.bucket);
        return std::nullopt;
    }
    if (!keys->found) {
        settle(Phase::NoKeys, {}, look_again);
        return std::nullopt;
    }
    media::s3::CopyTarget target{*store.bucket, *keys->found, {}};
    target.options.retry.attempts = attempts;
    target.options.stop = stop;
    return target;
}

// Files of the folder are where visitors get them from as soon as they lie in it.
void UploadEngine::store_in_folder() {
    const std::scoped_lock lock(m_mutex);
    while (const auto item = m_list.take_next()) {
        const auto missing = missing_file(item->photo, m_surroundings.media_root);
        if (missing.empty()) {
            m_sent.push_back({item->photo, {}});
        } else {
            m_list.put_back(item->upload.picture, Upload::State::Missing, missing);
        }
    }
}

void UploadEngine::send(db::Session &session, const media::s3::CopyTarget &target,
                        media::s3::StoreSteps &store, const std::stop_token &stop) {
    std::optional<Error> trouble; // of the store: ends the sending of all
    std::size_t at_work = 0;
    const auto next = [&]() -> std::optional<UploadList::Item> {
        const std::scoped_lock lock(m_mutex);
        return trouble || m_paused || stop.stop_requested() ? std::nullopt : m_list.take_next();
    };
    const auto progress = [&](const std::string &picture, std::uint64_t sent) {
        {
            const std::scoped_lock lock(m_mutex);
            m_list.set_sent(picture, sent);
        }
        m_changed();
    };
    const auto ended = [&](const UploadList::Item &item, const PhotoSender::Outcome &outcome) {
        {
            const std::scoped_lock lock(m_mutex);
            const auto &picture = item.upload.picture;
            m_sent.push_back({item.photo, target, !outcome.error});
            if (!outcome.error) {
                // It is done once the database knows of it.
            } else if (outcome.is_missing) {
                m_list.put_back(picture, Upload::State::Missing, outcome.error->what());
            } else if (outcome.error->kind() == ErrorKind::Canceled) {
                m_list.put_back(picture, Upload::State::Waiting);
            } else if (is_of_the_store(outcome.error->kind())) {
                m_list.put_back(picture, Upload::State::Waiting);
                trouble = trouble ? trouble : outcome.error;
            } else {
                m_list.put_back(picture, Upload::State::Failed, outcome.error->what());
            }
        }
        m_changed();
        m_awake.notify_all();
    };
    const auto work = [&] {
        PhotoSender sender(target, m_surroundings.media_root);
        while (auto item = next()) {
            ended(*item, sender.send(*item, progress));
        }
        const std::scoped_lock lock(m_mutex);
        --at_work;
        m_awake.notify_all();
    };
    std::vector<std::jthread> workers;
    const auto add_workers = [&] {
        const std::scoped_lock lock(m_mutex);
        const auto items = m_list.items();
        const auto waiting = static_cast<std::size_t>(std::ranges::count_if(
            items, [](const auto &item) { return item.upload.state == Upload::State::Waiting; }));
        const std::size_t wanted =
            trouble || m_paused || stop.stop_requested() ? 0 : std::min(most_workers - at_work, waiting);
        for (std::size_t made = 0; made < wanted; ++made) {
            ++at_work;
            workers.emplace_back(work);
        }
        return at_work > 0;
    };
    std::exception_ptr failure;
    bool is_former = false; // another store was chosen meanwhile
    while (add_workers()) {
        settle(Phase::Working, {}, look_again);
        bool looks = false;
        {
            std::unique_lock lock(m_mutex);
            m_awake.wait(lock, [&] {
                return at_work == 0 || (!failure && !stop.stop_requested() && (!m_sent.empty() || m_look));
            });
            looks = std::exchange(m_look, false);
        }
        if (failure || stop.stop_requested()) {
            continue; // the photos that are sent wait for the database, or for the end below
        }
        try {
            if (!note_stored(session)) {
                const std::scoped_lock lock(m_mutex);
                m_list.break_off();
                is_former = true;
                trouble = Error(ErrorKind::Canceled, "Another photo store was chosen.");
            } else if (looks) {
                auto waiting = waiting_photos(session);
                const std::scoped_lock lock(m_mutex);
                m_list.update(std::move(waiting));
            }
            if (looks || m_has_new_steps) {
                carry_out_steps(session, store, stop);
            }
        } catch (...) {
            failure = std::current_exception();
            const std::scoped_lock lock(m_mutex);
            m_list.break_off();
            trouble = trouble ? trouble : Error(ErrorKind::Canceled, "The database is away.");
        }
    }
    workers.clear();
    if (failure) {
        std::rethrow_exception(failure);
    }
    is_former = !note_stored(session) || is_former;
    if (m_has_new_steps && !stop.stop_requested()) {
        carry_out_steps(session, store, stop);
    }
    if (is_former) {
        wake(); // the next round sends to the new one
        return;
    }
    if (trouble) {
        throw *trouble;
    }
}

bool UploadEngine::note_stored(db::Session &session) {
    for (bool is_present = true;;) {
        std::optional<Sent> sent;
        {
            const std::scoped_lock lock(m_mutex);
            if (m_sent.empty()) {
                return is_present;
            }
            sent = m_sent.front();
        }
        if (models::is_same_place(db::PlatformStore(session).photo_store(), place_of(sent->bucket))) {
            note_arrived(session, *sent);
        } else {
            is_present = false;
            leave_former(*sent);
        }
        {
            const std::scoped_lock lock(m_mutex);
            m_sent.erase(m_sent.begin());
        }
        m_changed();
    }
}

void UploadEngine::leave_former(const Sent &sent) {
    if (sent.bucket) {
        m_former.add(asked_once(*sent.bucket, sent.bucket->options.stop), keys_of(sent.photo));
    }
    const std::scoped_lock lock(m_mutex);
    m_look = true;
    if (sent.is_whole) {
        m_list.put_back(sent.photo.picture, Upload::State::Waiting);
    }
}

// What was decided while the photo was on its way found nothing at the store: the database asks for it again.
void UploadEngine::note_arrived(db::Session &session, const Sent &sent) {
    db::PhotoLibrary library(session);
    const auto &photo = sent.photo;
    const auto kept_away = sent.is_whole
                               ? library.mark_stored(photo.tenant, keys_of(photo), place_of(sent.bucket))
                               : library.sent_in_part(photo.tenant, keys_of(photo));
    m_has_new_steps = m_has_new_steps || !kept_away.empty();
    const std::scoped_lock lock(m_mutex);
    if (sent.is_whole && kept_away.empty()) {
        m_list.done(photo.picture);
    } else if (sent.is_whole) {
        m_list.leave_out(photo.picture);
    }
}

void UploadEngine::carry_out_steps(db::Session &session, media::s3::StoreSteps &store,
                                   const std::stop_token &stop) {
    db::PhotoLibrary library(session);
    m_has_new_steps = false;
    std::set<std::string> tried;
    for (bool is_new = true; is_new && !stop.stop_requested();) {
        is_new = false;
        const auto claimed = library.claim_steps(steps_at_once);
        std::vector<media::s3::StoreStep> steps;
        for (const auto &step : claimed) {
            is_new = tried.insert(step.id).second || is_new;
            steps.push_back({step.action, key_of(step)});
        }
        store.carry_out_all(
            steps,
            [&](std::size_t at) { // still ours, and photos still lie where it would be done
                return !stop.stop_requested() && db::StoreFiles(session).is_claimed(claimed[at]) &&
                       db::PlatformStore(session).photo_store() == store.place();
            },
            [&](std::size_t at, const std::string &problem) { note_step(library, claimed[at], problem); });
    }
    forget_settled_steps(library);
    const std::scoped_lock lock(m_mutex);
    m_step_problem = m_failed_steps.empty() ? m_former_problem : m_failed_steps.back().problem;
}

void UploadEngine::note_step(db::PhotoLibrary &library, db::PhotoStep step, const std::string &problem) {
    std::erase_if(m_failed_steps, [&](const db::PhotoStep &each) { return each.id == step.id; });
    if (problem.empty()) {
        library.step_done(step.id);
    } else {
        library.step_failed(step.id, problem);
        step.problem = problem;
        m_failed_steps.push_back(std::move(step));
    }
}

// Another program may have carried them out, or another wish for the photo made them pointless.
void UploadEngine::forget_settled_steps(db::PhotoLibrary &library) {
    std::erase_if(m_failed_steps, [&](const db::PhotoStep &failed) {
        return std::ranges::none_of(
            library.steps(failed.tenant_id, failed.picture),
            [&](const db::PhotoStep &each) { return each.id == failed.id && !each.done_at; });
    });
}

} // namespace studio::ui
