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
};

QTEST_MAIN(UploadPlacesTest)
#include "upload_places_test.moc"
