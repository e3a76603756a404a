// SPDX-License-Identifier: Apache-2.0
#include "ui/uploads/store_keys.h"

#include "media/s3/credentials.h"
#include "ui/settings/profiles/secret_store.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>

#include <memory>

namespace studio::ui {

namespace {

QString place_of(const models::BucketAddress &bucket) {
    return QString::fromStdString(bucket.endpoint + "/" + bucket.bucket);
}

QString name() {
    return QStringLiteral("the photo store");
}

std::optional<media::s3::Credentials> parse(const QString &secret) {
    const auto pair = QJsonDocument::fromJson(secret.toUtf8()).array();
    if (pair.size() != 2) {
        return std::nullopt;
    }
    return media::s3::Credentials{pair[0].toString().toStdString(), pair[1].toString().toStdString()};
}

} // namespace

StoreKeys::StoreKeys(SecretStore &secrets, QObject *parent) : QObject(parent), m_secrets(secrets) {}

void StoreKeys::read(const models::BucketAddress &bucket) {
    if (const auto keys = media::s3::credentials_in_environment()) {
        QTimer::singleShot(0, this, [this, bucket, keys] { emit found(bucket, keys); });
        return;
    }
    auto once = std::make_shared<QMetaObject::Connection>();
    *once = connect(&m_secrets, &SecretStore::found, this,
                    [this, bucket, once](const QString &place, const QString &login, const QString &secret) {
                        if (place == place_of(bucket) && login == name()) {
                            disconnect(*once);
                            emit found(bucket, parse(secret));
                        }
                    });
    m_secrets.read(place_of(bucket), name());
}

void StoreKeys::keep(const models::BucketAddress &bucket, const media::s3::Credentials &keys) {
    const QJsonArray pair{QString::fromStdString(keys.key), QString::fromStdString(keys.secret)};
    m_secrets.keep(place_of(bucket), name(),
                   QString::fromUtf8(QJsonDocument(pair).toJson(QJsonDocument::Compact)));
    emit found(bucket, media::s3::credentials_in_environment().value_or(keys));
}

} // namespace studio::ui
