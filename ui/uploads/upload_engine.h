// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/s3/signature.h"
#include "models/values/photo_store.h"
#include "ui/uploads/former_places.h"
#include "ui/uploads/upload_list.h"

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace studio::media::s3 {
class Connection;
class StoreSteps;
} // namespace studio::media::s3

namespace studio::ui {

struct UploadSurroundings {
    std::string database_url;         // as the signed-in person
    std::filesystem::path media_root; // where the files lie until they are sent
    std::string cdn_token;            // "" without one
    // The public service shows photos from media_root. Elsewhere nothing can be said of its folder.
    bool is_the_services_folder = true;
};

// What works behind UploadQueue: one thread with the database's session, which reads what is missing, notes
// what was stored and carries out steps, and up to six that send. Everything here may be called by any
// thread.
class UploadEngine final {
public:
    using KeysWanted = std::function<void(const models::BucketAddress &)>;
    // Both are called by the engine's threads.
    UploadEngine(UploadSurroundings surroundings, std::function<void()> changed, KeysWanted keys_wanted);
    ~UploadEngine();

    void start();
    void look();
    void set_keys(const models::BucketAddress &bucket, const std::optional<media::s3::Credentials> &keys);
    void pause();
    void resume();
    void cancel(const std::string &picture);
    void retry(const std::string &picture);
    void retry_all();
    UploadsState state() const;

private:
    using Phase = UploadsState::Phase;
    struct Keys {
        models::BucketAddress bucket;
        std::optional<media::s3::Credentials> found;
    };
    struct Sent {
        WaitingPhoto photo;
        std::optional<media::s3::CopyTarget> bucket; // nullopt: it lies in the folder
        bool is_whole = true; // else its sending ended early, and some of its files may be there
    };
    class Sender;

    void run(const std::stop_token &stop);
    void round(db::Session &session, const std::stop_token &stop);
    // Nothing where the keys are not known; says so.
    std::optional<media::s3::CopyTarget> bucket_of(const models::PhotoStore &store,
                                                   const std::stop_token &stop);
    void store_in_folder();
    void send(db::Session &session, const media::s3::CopyTarget &target, media::s3::StoreSteps &store,
              const std::stop_token &stop);
    // False where another store was chosen since: what was sent waits again, for the new one.
    bool note_stored(db::Session &session);
    void leave_former(const Sent &sent);
    void note_arrived(db::Session &session, const Sent &sent);
    void carry_out_steps(db::Session &session, media::s3::StoreSteps &store, const std::stop_token &stop);
    void note_step(db::PhotoLibrary &library, db::PhotoStep step, const std::string &problem);
    void forget_settled_steps(db::PhotoLibrary &library);
    void settle(Phase phase, const std::string &problem, std::chrono::milliseconds until_next);
    void wake();

    const UploadSurroundings m_surroundings;
    const std::function<void()> m_changed;
    const KeysWanted m_keys_wanted;

    mutable std::mutex m_mutex; // of everything below it
    std::condition_variable_any m_awake;
    UploadList m_list;
    std::vector<Sent> m_sent; // that the database is not asked about yet
    std::optional<Keys> m_keys;
    Phase m_phase = Phase::Idle;
    std::string m_problem, m_step_problem;
    std::chrono::milliseconds m_until_next{};
    int m_outages = 0; // one after the other
    bool m_paused = false, m_look = true;
    bool m_ended = false; // the thread

    db::Session m_session;        // of the thread
    FormerPlaces m_former;        // the same
    std::string m_former_problem; // the same
    bool m_has_new_steps = false; // the same: some that came to the store must not stay there as they are
    std::vector<db::PhotoStep> m_failed_steps; // the same: that are tried again, with their problems
    std::jthread m_thread;                     // the last member: ends before the others go
};

} // namespace studio::ui
