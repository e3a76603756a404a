// SPDX-License-Identifier: Apache-2.0
#include "app/studio/upload_parts.h"
#include "tests/support/radosgw.h"
#include "tests/ui/uploads/upload_desk.h"
#include "ui/shell/status_line.h"
#include "ui/uploads/upload_status.h"
#include "ui/uploads/uploads_panel.h"
#include "ui/widgets/banner.h"

#include <QTest>

using namespace studio;
using test_support::patience_ms;
using test_support::Radosgw;
using test_support::UploadDesk;

namespace {

// The window of whoever signed in with this role.
struct Window {
    Window(UploadDesk &desk, models::Role role, const std::string &url)
        : connection({.database_url = url,
                      .place = {},
                      .environment = {},
                      .public_url = {},
                      .media_root = desk.folder.path().toStdString(),
                      .local_login = {}}) {
        connection.identity.role = role;
        connection.watcher = std::make_unique<ui::TenantWatcher>(url);
        parts = std::make_unique<app::UploadParts>(connection, secrets, window);
        window.show();
    }
    ui::UploadStatus *status() const { return window.findChild<ui::UploadStatus *>("status.uploads"); }

    app::Connection connection;
    ui::SecretStore secrets;
    ui::MainWindow window;
    std::unique_ptr<app::UploadParts> parts;
};

} // namespace

class UploadPartsTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        Radosgw::instance();
        qunsetenv("STUDIO_S3_KEY");
        qunsetenv("STUDIO_S3_SECRET");
    }

    void closing_with_uploads_left_asks_once() {
        UploadDesk desk("closing");
        desk.add(1);
        Window at(desk, models::Role::Operator, desk.database.operator_url());
        QTRY_VERIFY_WITH_TIMEOUT(!at.status()->isHidden(), patience_ms);
        QVERIFY(!at.window.close());
        QVERIFY(at.window.banner()->text().contains("1 photo is still on the way"));
        QVERIFY(at.window.close());
        QCOMPARE(desk.left(), 1);
    }

    void a_click_in_the_status_bar_opens_the_list() {
        UploadDesk desk("status-click");
        desk.add(1);
        Window at(desk, models::Role::Operator, desk.database.operator_url());
        QTRY_VERIFY_WITH_TIMEOUT(!at.status()->isHidden(), patience_ms);
        at.status()->click();
        QVERIFY(at.window.findChild<ui::UploadsPanel *>("uploads")->isVisible());
    }

    void keys_of_the_environment_are_used_and_the_status_goes_when_all_is_sent() {
        UploadDesk desk("environment");
        desk.add(1);
        qputenv("STUDIO_S3_KEY", QByteArray::fromStdString(media::s3::radosgw_keys().key));
        qputenv("STUDIO_S3_SECRET", QByteArray::fromStdString(media::s3::radosgw_keys().secret));
        Window at(desk, models::Role::Operator, desk.database.operator_url());
        const bool sent = desk.sent_all();
        qunsetenv("STUDIO_S3_KEY");
        qunsetenv("STUDIO_S3_SECRET");
        QVERIFY(sent);
        QTRY_VERIFY_WITH_TIMEOUT(at.status()->isHidden(), patience_ms);
        QVERIFY(at.window.close());
    }

    void staff_send_nothing() {
        UploadDesk desk("staff");
        const Window at(desk, models::Role::Staff, desk.database.staff_url());
        QVERIFY(!at.connection.uploads);
        QVERIFY(at.status() == nullptr);
    }
};

QTEST_MAIN(UploadPartsTest)
#include "upload_parts_test.moc"
