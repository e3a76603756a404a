// SPDX-License-Identifier: Apache-2.0
#include "ui/uploads/upload_queue.h"

#include <QMetaObject>

namespace studio::ui {

namespace {
constexpr int refresh_ms = 100;
}

UploadQueue::UploadQueue(UploadSurroundings surroundings, QObject *parent)
    : QObject(parent), m_media_root(surroundings.media_root) {
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(refresh_ms);
    connect(&m_refresh, &QTimer::timeout, this, &UploadQueue::take_state);
    m_engine = std::make_unique<UploadEngine>(
        std::move(surroundings),
        [this] {
            QMetaObject::invokeMethod(
                this,
                [this] {
                    if (!m_refresh.isActive()) {
                        m_refresh.start();
                    }
                },
                Qt::QueuedConnection);
        },
        [this](const models::BucketAddress &bucket) {
            QMetaObject::invokeMethod(
                this, [this, bucket] { emit keys_wanted(bucket); }, Qt::QueuedConnection);
        });
}

UploadQueue::~UploadQueue() = default;

void UploadQueue::start() {
    m_engine->start();
}

void UploadQueue::look() {
    m_engine->look();
}

void UploadQueue::set_keys(const models::BucketAddress &bucket,
                           const std::optional<media::s3::Credentials> &keys) {
    m_engine->set_keys(bucket, keys);
}

void UploadQueue::pause() {
    m_engine->pause();
    take_state();
}

void UploadQueue::resume() {
    m_engine->resume();
    take_state();
}

void UploadQueue::cancel(const std::string &picture) {
    m_engine->cancel(picture);
    take_state();
}

void UploadQueue::retry(const std::string &picture) {
    m_engine->retry(picture);
    take_state();
}

void UploadQueue::retry_all() {
    m_engine->retry_all();
    take_state();
}

void UploadQueue::take_state() {
    m_state = m_engine->state();
    emit changed();
    if (m_state.phase == UploadsState::Phase::Working && !m_refresh.isActive()) {
        m_refresh.start(); // the speed changes also where nothing moves
    }
}

} // namespace studio::ui
