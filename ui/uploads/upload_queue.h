// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/uploads/upload_engine.h"

#include <QObject>
#include <QTimer>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace studio::ui {

// Sends photos to the platform's store and carries out the steps of takedowns, in threads of its own. What is
// to be sent stands in the database and lies in the media folder, so that it goes on after a restart. Nothing
// that it meets ends it.
class UploadQueue final : public QObject {
    Q_OBJECT

public:
    explicit UploadQueue(UploadSurroundings surroundings, QObject *parent = nullptr);
    ~UploadQueue() override; // breaks off what is under way; the next queue sends it

    void start();
    // Something was added, or steps were asked for: reads the database now.
    void look();
    // The keys of the bucket, or that there are none; answers keys_wanted.
    void set_keys(const models::BucketAddress &bucket, const std::optional<media::s3::Credentials> &keys);

    void pause();
    void resume();
    void cancel(const std::string &picture);
    void retry(const std::string &picture);
    void retry_all();

    const UploadsState &state() const { return m_state; }
    const std::filesystem::path &media_root() const { return m_media_root; }

signals:
    void changed(); // state(), at most ten times a second
    void keys_wanted(const studio::models::BucketAddress &bucket);

private:
    void take_state();

    const std::filesystem::path m_media_root;
    UploadsState m_state;
    QTimer m_refresh;
    std::unique_ptr<UploadEngine> m_engine;
};

} // namespace studio::ui
