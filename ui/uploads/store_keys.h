// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/s3/signature.h"
#include "models/values/photo_store.h"

#include <QObject>

#include <optional>

namespace studio::ui {

class SecretStore;

// The keys of buckets: from STUDIO_S3_KEY and STUDIO_S3_SECRET, else from the computer's keychain, where they
// lie under endpoint and bucket. For the main thread, as the keychain asks.
class StoreKeys final : public QObject {
    Q_OBJECT

public:
    explicit StoreKeys(SecretStore &secrets, QObject *parent = nullptr);

    void read(const models::BucketAddress &bucket); // answered by found()
    // Answered by found(), with those of the environment where there are any.
    void keep(const models::BucketAddress &bucket, const media::s3::Credentials &keys);

signals:
    void found(const studio::models::BucketAddress &bucket,
               const std::optional<studio::media::s3::Credentials> &keys);

private:
    SecretStore &m_secrets;
};

} // namespace studio::ui
