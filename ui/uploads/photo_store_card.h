// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/s3/connection_check.h"
#include "ui/async/worker.h"
#include "ui/uploads/store_move.h"

#include <QThreadPool>
#include <QWidget>

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>

class QLabel;
class QProgressBar;
class QPushButton;
class QRadioButton;

namespace studio::ui {

class StoreFields;
class StoreKeys;

struct PhotoStoreServices {
    std::string database_url; // of an operator
    std::filesystem::path media_root;
    StoreKeys *keys = nullptr;                // outlives the card
    std::function<void()> store_changed = {}; // so that uploads go to the other place
    bool is_the_services_folder = true;       // the public service shows photos from media_root
};

// Where the platform keeps its photos: the folder, or a bucket with its address and keys. Test, save, move.
class PhotoStoreCard final : public QWidget {
    Q_OBJECT

public:
    explicit PhotoStoreCard(PhotoStoreServices services, QWidget *parent = nullptr);
    ~PhotoStoreCard() override; // breaks off a move, which goes on the next time

private:
    using Keys = std::optional<media::s3::Credentials>;
    void build();
    void read();
    void test();
    void save();
    void move();
    void stop_move();
    void confirm();
    void show_confirmed(bool confirmed);
    // The keys that are typed, else those that are kept. Says so where there are none.
    void with_keys(std::function<void(const media::s3::Credentials &)> then);
    void with_kept_keys(const models::BucketAddress &bucket, const QString &without,
                        std::function<void(const media::s3::Credentials &)> then);
    void start_move(const MovePlaces &places);
    void moved(const MovePlaces &places, const MoveOutcome &outcome);
    void say_moved(const MovePlaces &places, const media::s3::MoveResult &result);
    void saved(const models::PhotoStore &store, const Keys &keys);
    void show_steps(const media::s3::ConnectionCheck &check);
    void say(const QString &text, bool is_problem = false);
    void set_busy(bool busy, bool moving = false);
    void show_kind();

    PhotoStoreServices m_services;
    Worker m_worker;
    QThreadPool m_pool;
    std::stop_source m_stop;
    models::PhotoStore m_stored; // as the database has it
    bool m_busy = false;
    QRadioButton *m_folder, *m_spaces;
    StoreFields *m_fields;
    QLabel *m_message, *m_steps, *m_unconfirmed;
    QProgressBar *m_progress;
    QPushButton *m_test, *m_save, *m_move, *m_stop_move, *m_confirm;
};

} // namespace studio::ui
