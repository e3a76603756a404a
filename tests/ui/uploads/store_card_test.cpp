// SPDX-License-Identifier: Apache-2.0
#include "tests/db/fixtures/sql.h"
#include "tests/support/radosgw.h"
#include "tests/ui/uploads/upload_desk.h"
#include "ui/settings/profiles/secret_store.h"
#include "ui/uploads/photo_store_card.h"
#include "ui/uploads/store_keys.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTest>

using namespace studio;
using namespace studio::ui;
using test_support::patience_ms;
using test_support::Radosgw;
using test_support::UploadDesk;

namespace {

struct Card {
    explicit Card(UploadDesk &desk, bool is_the_services_folder = true)
        : card({desk.database.operator_url(), desk.folder.path().toStdString(), &keys, [this] { ++changes; },
                is_the_services_folder}) {
        card.show();
    }
    template <typename Widget> Widget *find(const char *name) const {
        auto *widget = card.findChild<Widget *>(QLatin1String(name));
        if (widget == nullptr) {
            qFatal("no widget %s", name);
        }
        return widget;
    }
    bool is_read() const {
        return QTest::qWaitFor([&] { return !find<QLineEdit>("store.bucket")->text().isEmpty(); },
                               patience_ms);
    }
    void type(const char *name, const std::string &text) const {
        find<QLineEdit>(name)->setText(QString::fromStdString(text));
    }
    void fill_in(const models::BucketAddress &address) const {
        find<QRadioButton>("store.spaces")->setChecked(true);
        type("store.endpoint", address.endpoint);
        type("store.region", address.region);
        type("store.bucket", address.bucket);
        type("store.public", address.public_url);
        find<QAbstractButton>("store.path_style")->setChecked(address.path_style);
    }
    void type_keys(const std::string &secret) const {
        type("store.key", media::s3::radosgw_keys().key);
        type("store.secret", secret);
    }
    void click(const char *name) const { find<QPushButton>(name)->click(); }
    QString message() const { return find<QLabel>("store.message")->text(); }
    bool says(const QString &words) const {
        return QTest::qWaitFor([&] { return message().contains(words); }, patience_ms);
    }

    SecretStore secrets;
    StoreKeys keys{secrets};
    int changes = 0;
    PhotoStoreCard card;
};

} // namespace

class StoreCardTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        qunsetenv("STUDIO_S3_KEY");
        qunsetenv("STUDIO_S3_SECRET");
        Radosgw::instance();
    }

    void keys_of_the_environment_count_also_where_others_are_entered() {
        SecretStore secrets;
        StoreKeys keys(secrets);
        QStringList found;
        connect(&keys, &StoreKeys::found, this,
                [&found](const models::BucketAddress &, const std::optional<media::s3::Credentials> &each) {
                    found << QString::fromStdString(each ? each->key : "");
                });
        models::BucketAddress bucket;
        bucket.endpoint = "https://fra1.digitaloceanspaces.com";
        bucket.bucket = "photos";
        qputenv("STUDIO_S3_KEY", "of-the-environment");
        qputenv("STUDIO_S3_SECRET", "secret");
        keys.keep(bucket, {"entered", "secret"});
        qunsetenv("STUDIO_S3_KEY");
        qunsetenv("STUDIO_S3_SECRET");
        QCOMPARE(found, QStringList{"of-the-environment"});
        keys.keep(bucket, {"entered", "secret"});
        QCOMPARE(found.last(), QString("entered"));
    }

    void a_test_that_fails_names_the_step_and_what_to_change() {
        UploadDesk desk("card-fails");
        const Card card(desk);
        QVERIFY(card.is_read());
        card.type_keys("another");
        card.click("store.test");
        QVERIFY(card.says("Change what is said above"));
        const auto steps = card.find<QLabel>("store.steps")->text();
        QVERIFY2(steps.contains("✗ Write a file: The secret"), qPrintable(steps));
        QVERIFY(steps.contains("– Delete it: not tried"));
        QCOMPARE(card.find<QLineEdit>("store.secret")->text(), QString("another"));
        auto *endpoint = card.find<QLineEdit>("store.endpoint");
        QTest::keyClick(endpoint, Qt::Key_End);
        QTest::keyClicks(endpoint, "/"); // as addresses are copied
        QVERIFY2(!card.find<QLabel>("store.steps")->isVisible(), "the test was of another address");
        card.click("store.test");
        QVERIFY(card.says("Change what is said above"));
        QVERIFY(!card.find<QLabel>("store.endpoint.problem")->isVisible());
    }

    void keys_of_the_environment_are_said_and_leave_none_to_be_entered() {
        UploadDesk desk("card-environment");
        {
            const Card card(desk);
            QVERIFY(card.card.findChild<QLabel *>("store.environment") == nullptr);
            QVERIFY(card.find<QLineEdit>("store.secret")->isEnabled());
        }
        qputenv("STUDIO_S3_KEY", QByteArray::fromStdString(media::s3::radosgw_keys().key));
        qputenv("STUDIO_S3_SECRET", QByteArray::fromStdString(media::s3::radosgw_keys().secret));
        const Card card(desk);
        const bool is_read = card.is_read();
        card.click("store.test");
        const bool passes = card.says("Photos can be published there");
        qunsetenv("STUDIO_S3_KEY");
        qunsetenv("STUDIO_S3_SECRET");
        QVERIFY(is_read && passes);
        QVERIFY(card.find<QLabel>("store.environment")->text().contains("STUDIO_S3_SECRET"));
        QVERIFY(!card.find<QLineEdit>("store.key")->isEnabled());
        QVERIFY(!card.find<QLineEdit>("store.secret")->isEnabled());
    }

    void a_test_that_passes_says_so() {
        UploadDesk desk("card-passes");
        const Card card(desk);
        QVERIFY(card.is_read());
        card.type_keys(media::s3::radosgw_keys().secret);
        card.click("store.test");
        QVERIFY(card.says("Photos can be published there"));
        QVERIFY(!card.find<QLabel>("store.steps")->text().contains("✗"));
    }

    void an_endpoint_that_cannot_be_right_is_said_beside_its_field_and_not_saved() {
        UploadDesk desk("card-endpoint");
        const Card card(desk);
        QVERIFY(card.is_read());
        card.type("store.endpoint", "fra1");
        card.click("store.save");
        const auto *problem = card.find<QLabel>("store.endpoint.problem");
        QVERIFY(problem->isVisible());
        QVERIFY(!problem->text().isEmpty());
        QVERIFY(!card.find<QLabel>("store.bucket.problem")->isVisible());
        QCOMPARE(card.changes, 0);
        QCOMPARE(db::PlatformStore(desk.session).photo_store().bucket->endpoint, desk.address.endpoint);
        QCOMPARE(card.find<QLineEdit>("store.endpoint")->text(), QString("fra1"));
    }

    void keys_are_kept_with_the_setting_and_never_shown() {
        UploadDesk desk("card-keys");
        db::PlatformStore(desk.session).set_photo_store({});
        Card card(desk);
        std::optional<media::s3::Credentials> kept;
        connect(&card.keys, &StoreKeys::found, this, [&](const auto &, const auto &keys) { kept = keys; });
        card.find<QRadioButton>("store.spaces")->setChecked(true);
        card.type("store.endpoint", desk.address.endpoint);
        card.type("store.region", desk.address.region);
        card.type("store.bucket", desk.address.bucket);
        card.type("store.public", desk.address.public_url);
        card.type_keys(media::s3::radosgw_keys().secret);
        card.click("store.save");
        QVERIFY(card.says("Saved"));
        QCOMPARE(card.changes, 1);
        QVERIFY(kept.has_value());
        QVERIFY(card.find<QLineEdit>("store.secret")->text().isEmpty());
        QVERIFY(db::PlatformStore(desk.session).photo_store().bucket.has_value());
        kept.reset();
        card.keys.read(*db::PlatformStore(desk.session).photo_store().bucket);
        QTRY_VERIFY_WITH_TIMEOUT(kept.has_value(), patience_ms);
        QCOMPARE(kept->secret, media::s3::radosgw_keys().secret);
    }

    void another_place_is_not_saved_while_photos_lie_at_the_present_one() {
        UploadDesk desk("card-elsewhere");
        desk.add(1);
        db::PhotoLibrary(desk.session).mark_stored(desk.database.tenant_id(), {desk.key(1)});
        const Card card(desk);
        QVERIFY(card.is_read());
        card.type("store.bucket", "card-another");
        card.click("store.save");
        QVERIFY(card.says("Not saved: the present place has 1 file of photos"));
        QVERIFY(card.message().contains("Move all photos"));
        QCOMPARE(card.find<QLineEdit>("store.bucket")->text(), QString("card-another"));
        QVERIFY(db::PlatformStore(desk.session).photo_store().bucket == desk.address);
        QCOMPARE(card.changes, 0);
        card.type("store.bucket", desk.address.bucket);
        card.type("store.public", "https://photos.example.com");
        card.click("store.save");
        QVERIFY(card.says("Saved"));
        QCOMPARE(db::PlatformStore(desk.session).photo_store().bucket->public_url,
                 std::string("https://photos.example.com"));
    }

    void nothing_is_moved_while_steps_of_a_takedown_are_not_done() {
        UploadDesk desk("card-steps");
        const auto picture = desk.add(1);
        db::PlatformStore(desk.session).set_photo_store({});
        db::PhotoLibrary(desk.session).mark_stored(desk.database.tenant_id(), {desk.key(1)});
        db::PhotoLibrary(desk.session).pause(desk.database.tenant_id(), picture);
        const Card card(desk);
        card.fill_in(desk.address);
        card.type_keys(media::s3::radosgw_keys().secret);
        card.click("store.move");
        QVERIFY(card.says("Not moved: 1 step"));
        QVERIFY(!db::PlatformStore(desk.session).photo_store().bucket);
        QVERIFY(!desk.is_there(1));
    }

    void a_photo_that_is_nowhere_is_named_and_nothing_is_moved() {
        UploadDesk desk("card-missing");
        desk.add(1);
        db::PlatformStore(desk.session).set_photo_store({});
        db::PhotoLibrary(desk.session).mark_stored(desk.database.tenant_id(), {desk.key(1)});
        QVERIFY(QFile::remove(desk.path(1)));
        const Card card(desk);
        card.fill_in(desk.address);
        card.type_keys(media::s3::radosgw_keys().secret);
        card.click("store.move");
        QVERIFY(card.says("Not moved: 1 file"));
        QVERIFY(card.message().contains(QString::fromStdString(desk.key(1))));
        QVERIFY(!db::PlatformStore(desk.session).photo_store().bucket);
    }

    void a_move_to_another_bucket_makes_the_former_one_private() {
        UploadDesk desk("card-former");
        desk.add(1);
        desk.bucket.put(desk.key(1), media::s3::content_of(desk.path(1).toStdString()),
                        media::s3::derivative_facts("image/webp"));
        db::PhotoLibrary(desk.session).mark_stored(desk.database.tenant_id(), {desk.key(1)});
        QVERIFY(QFile::remove(desk.path(1)));
        const auto next = media::s3::bucket_at_radosgw("card-next");
        Card card(desk);
        QVERIFY(card.is_read());
        card.fill_in(next);
        card.type_keys(media::s3::radosgw_keys().secret);
        card.click("store.move");
        QVERIFY(card.says("no keys of the present bucket, card-former"));
        card.keys.keep(desk.address, media::s3::radosgw_keys());
        card.click("store.move");
        QVERIFY(card.says("Moved and saved"));
        QVERIFY(card.message().contains("now private"));
        QVERIFY(!desk.is_public(1));
        QVERIFY(desk.is_there(1));
        media::s3::Connection connection(next, media::s3::radosgw_keys(), media::s3::hasty());
        QCOMPARE(connection.perform_anonymously(desk.key(1)).status, 200);
        QVERIFY(db::PlatformStore(desk.session).photo_store().bucket == next);
        QCOMPARE(card.changes, 1);
    }

    void photos_never_go_to_a_folder_that_the_service_does_not_show() {
        UploadDesk desk("card-laptop");
        const Card card(desk, false);
        QVERIFY(card.is_read());
        card.type_keys(media::s3::radosgw_keys().secret);
        card.find<QRadioButton>("store.folder")->setChecked(true);
        card.click("store.move");
        QVERIFY(card.says("Not moved: the folder of this computer"));
        QVERIFY(db::PlatformStore(desk.session).photo_store().bucket == desk.address);
    }

    void after_a_restore_the_store_is_confirmed_by_a_person() {
        UploadDesk desk("card-restored");
        QVERIFY(db::Sql(desk.database.owner_url())
                    .done("UPDATE platform_settings SET value = 'false' WHERE name = 'photo_store_confirmed'")
                    .message.empty());
        const Card card(desk);
        QVERIFY(card.is_read());
        const auto *line = card.find<QLabel>("store.unconfirmed");
        QVERIFY(line->isVisible());
        QVERIFY(line->text().contains("card-restored"));
        card.type_keys(media::s3::radosgw_keys().secret);
        card.find<QRadioButton>("store.folder")->setChecked(true);
        card.click("store.move");
        QVERIFY(card.says("Confirm above first"));
        card.click("store.confirm");
        QVERIFY(card.says("Confirmed"));
        QVERIFY(!line->isVisible());
        QVERIFY(!card.find<QPushButton>("store.confirm")->isVisible());
        QVERIFY(db::PlatformStore(desk.session).photo_store_confirmed());
        QCOMPARE(card.changes, 1);
    }

    void a_move_copies_everything_and_sets_the_store_last() {
        UploadDesk desk("card-move");
        desk.add(1);
        desk.add(2);
        db::PlatformStore(desk.session).set_photo_store({});
        db::PhotoLibrary(desk.session).mark_stored(desk.database.tenant_id(), {desk.key(1), desk.key(2)});
        const Card card(desk);
        card.fill_in(desk.address);
        card.type_keys("another");
        card.click("store.move");
        QVERIFY(QTest::qWaitFor([&] { return card.message().contains("secret"); }, patience_ms));
        QVERIFY(!db::PlatformStore(desk.session).photo_store().bucket);
        card.type_keys(media::s3::radosgw_keys().secret);
        card.click("store.move");
        QVERIFY(card.says("Moved and saved"));
        QVERIFY(desk.is_public(1));
        QVERIFY(desk.is_public(2));
        QVERIFY(QFile::exists(desk.path(1)));
        QVERIFY(db::PlatformStore(desk.session).photo_store().bucket == desk.address);
    }
};

QTEST_MAIN(StoreCardTest)
#include "store_card_test.moc"
