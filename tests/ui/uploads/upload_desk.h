// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/compliance_store.h"
#include "db/stores/photo_library.h"
#include "db/stores/platform_store.h"
#include "db/stores/tenant_store.h"
#include "media/s3/bucket.h"
#include "tests/db/fixtures/sql.h"
#include "tests/media/s3/store_fixture.h"
#include "tests/support/test_database.h"
#include "ui/uploads/upload_queue.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <string>
#include <vector>

namespace studio::test_support {

constexpr int patience_ms = 60000;

// The tenants ada and bea, a media folder, and a bucket of its own that is the platform's store.
class UploadDesk {
public:
    explicit UploadDesk(const std::string &bucket_name)
        : address(media::s3::bucket_at_radosgw(bucket_name)),
          connection(address, media::s3::radosgw_keys(), media::s3::hasty()) {
        db::PlatformStore(session).set_photo_store({address});
        media_folder = db::TenantStore(session).find(database.tenant_id())->media_folder;
    }

    // A photo of one file of so many bytes, or of a second one too, which is sent after it, in ada's library
    // and in the media folder.
    std::string add(int number, int bytes = 20000, qint64 second_bytes = 0) {
        const auto hash = QString("%1").arg(number, 32, 16, QLatin1Char('0')).toStdString();
        db::LibraryPhoto photo;
        photo.picture = "/media/" + media_folder + "/" + hash;
        photo.photo.id = "p" + std::to_string(number);
        photo.photo.url = photo.picture + "-480.webp";
        photo.photo.alt = "Photo " + std::to_string(number);
        photo.photo.width = 480;
        photo.photo.height = 320;
        photo.content_hash = std::string(32, 'c') + hash;
        photo.files = {{key(number), "image/webp", static_cast<std::uint64_t>(bytes), false, false}};
        QDir(root()).mkpath(QString::fromStdString(media_folder));
        QFile file(path(number));
        if (!file.open(QIODevice::WriteOnly) ||
            file.write(QByteArray(bytes, static_cast<char>('a' + number % 26))) != bytes) {
            qFatal("the media folder cannot be written");
        }
        file.close();
        if (second_bytes > 0) {
            const auto second = media_folder + "/" + hash + "-960.webp";
            photo.files.push_back(
                {second, "image/webp", static_cast<std::uint64_t>(second_bytes), false, false});
            QFile large(root() + "/" + QString::fromStdString(second));
            if (!large.open(QIODevice::WriteOnly) || !large.resize(second_bytes)) {
                qFatal("the media folder cannot be written");
            }
        }
        db::PhotoLibrary(session).add(database.tenant_id(), photo);
        return photo.picture;
    }
    std::string key(int number) const {
        return media_folder + "/" +
               QString("%1-480.webp").arg(number, 32, 16, QLatin1Char('0')).toStdString();
    }
    QString root() const { return folder.path(); }
    QString path(int number) const { return root() + "/" + QString::fromStdString(key(number)); }

    std::unique_ptr<ui::UploadQueue>
    queue(const std::optional<media::s3::Credentials> &keys = media::s3::radosgw_keys(),
          bool is_the_services_folder = true) {
        auto made = std::make_unique<ui::UploadQueue>(ui::UploadSurroundings{
            database.operator_url(), root().toStdString(), "", is_the_services_folder});
        made->set_keys(address, keys);
        return made;
    }
    // As another studio or the timer does it: every step that is due counts as done.
    void carry_out_elsewhere() {
        db::PhotoLibrary library(session);
        for (const auto &step : library.claim_steps(100)) {
            library.step_done(step.id);
        }
    }
    void forget_steps() { db::Sql(database.owner_url()).done("DELETE FROM photo_steps"); }
    int left() { return static_cast<int>(db::PhotoLibrary(session).not_stored(database.tenant_id()).size()); }
    bool sent_all() {
        return QTest::qWaitFor([this] { return left() == 0; }, patience_ms);
    }
    bool is_public(int number) { return connection.perform_anonymously(key(number)).status == 200; }
    bool is_there(int number) { return bucket.head(key(number)).has_value(); }

    TestDatabase database{TestDatabase::Tenants::Two};
    db::Session session{database.operator_url()};
    QTemporaryDir folder;
    models::BucketAddress address;
    media::s3::Connection connection;
    media::s3::Bucket bucket{connection};
    std::string media_folder;
};

} // namespace studio::test_support
