// SPDX-License-Identifier: Apache-2.0
// Which store photos are sent to, and when none is.
#include "tests/support/radosgw.h"
#include "tests/ui/uploads/upload_desk.h"
#include "ui/uploads/upload_words.h"

#include <QTest>

using namespace studio;
using namespace studio::ui;
using test_support::patience_ms;
using test_support::Radosgw;
using test_support::UploadDesk;
using Phase = UploadsState::Phase;

class UploadPlacesTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Radosgw::instance(); }

    void after_a_restore_nothing_is_sent_before_the_store_is_confirmed() {
        UploadDesk desk("places-restored");
        desk.add(1);
        QVERIFY(db::Sql(desk.database.owner_url())
                    .done("UPDATE platform_settings SET value = 'false' WHERE name = 'photo_store_confirmed'")
                    .message.empty());
        const auto queue = desk.queue();
        queue->start();
        QTRY_COMPARE_WITH_TIMEOUT(queue->state().phase, Phase::Refused, patience_ms);
        QVERIFY(uploads_problem(queue->state()).contains("restored from a backup"));
        QCOMPARE(queue->state().under_way(), 1);
        QVERIFY(!desk.is_there(1));
        db::PlatformStore(desk.session).confirm_photo_store();
        queue->look();
        QVERIFY(desk.sent_all());
        QVERIFY(desk.is_public(1));
    }

    void what_was_sent_while_another_store_was_chosen_is_seen_at_the_new_one_alone() {
        UploadDesk desk("places-former");
        const auto other = media::s3::bucket_at_radosgw("places-present");
        media::s3::Connection there(other, media::s3::radosgw_keys(), media::s3::hasty());
        desk.add(1);
        desk.add(2);
        Radosgw::instance().freeze_gateway();
        const auto queue = desk.queue();
        queue->start();
        const bool waits = QTest::qWaitFor([&] { return queue->state().under_way() == 2; }, patience_ms);
        db::PlatformStore(desk.session).set_photo_store({other});
        Radosgw::instance().thaw_gateway();
        QVERIFY(waits);
        QTRY_VERIFY_WITH_TIMEOUT(desk.is_there(1) && !desk.is_public(1), patience_ms);
        QVERIFY2(desk.left() == 2, "pages would name addresses that are not there");
        queue->set_keys(other, media::s3::radosgw_keys());
        QVERIFY(desk.sent_all());
        for (const int number : {1, 2}) {
            QCOMPARE(there.perform_anonymously(desk.key(number)).status, 200);
            QVERIFY(!desk.is_public(number));
        }
    }

    void what_was_sent_of_a_photo_before_it_was_canceled_goes_where_its_release_was_withdrawn() {
        UploadDesk desk("places-half");
        const auto tenant = desk.database.tenant_id();
        const auto picture = desk.add(1, 20000, 300'000'000);
        db::ComplianceStore compliance(desk.session);
        compliance.record_release(tenant, picture + "-480.webp");
        const auto queue = desk.queue();
        queue->start();
        const auto sent = [&queue] {
            const auto state = queue->state();
            return state.uploads.empty() ? 0 : state.uploads.front().sent;
        };
        const bool is_half = QTest::qWaitFor([&] { return sent() > 20000; }, patience_ms) &&
                             queue->state().under_way() == 1; // the first file arrived, the second is large
        Radosgw::instance().freeze_gateway();
        compliance.withdraw_release(tenant, picture + "-480.webp");
        desk.carry_out_elsewhere();
        queue->cancel(picture);
        Radosgw::instance().thaw_gateway();
        QVERIFY(is_half);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.is_there(1), patience_ms);
    }
};

QTEST_MAIN(UploadPlacesTest)
#include "upload_places_test.moc"
