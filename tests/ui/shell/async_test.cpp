// SPDX-License-Identifier: Apache-2.0
#include "db/connection/error.h"
#include "db/stores/account_store.h"
#include "db/stores/tenant_store.h"
#include "tests/support/test_database.h"
#include "tests/support/test_server.h"
#include "ui/async/cancellation.h"
#include "ui/async/connection_monitor.h"
#include "ui/async/latest.h"
#include "ui/async/tenant_watcher.h"
#include "ui/async/worker.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <memory>

using namespace studio;
using namespace studio::ui;
using test_support::TestDatabase;
using test_support::TestServer;

class AsyncTest final : public QObject {
    Q_OBJECT

private slots:
    void a_worker_answers_on_the_thread_of_the_page() {
        const TestDatabase database(TestDatabase::Tenants::Two);
        Worker worker(database.operator_url());
        QObject page;
        std::size_t seen = 0;
        worker.run([](db::Session &session) { return db::TenantStore(session).list(); })
            .then(&page, [&seen](const std::vector<models::TenantSummary> &rows) {
                QCOMPARE(QThread::currentThread(), qApp->thread());
                seen = rows.size();
            });
        QTRY_COMPARE(seen, std::size_t(2));
    }

    void exceptions_keep_their_type_and_kind() {
        const TestDatabase database;
        Worker worker(database.operator_url());
        QObject page;
        std::optional<db::ErrorKind> kind;
        worker
            .run([](db::Session &session) {
                db::TenantStore(session).rename(models::TenantId("00000000-0000-0000-0000-000000000000"),
                                                "X");
            })
            .then(&page, [] { QFAIL("the rename of nobody succeeded"); })
            .onFailed(&page, [&kind](const db::Error &error) { kind = error.kind(); });
        QTRY_VERIFY(kind.has_value());
        QCOMPARE(*kind, db::ErrorKind::NotFound);
    }

    void functions_run_one_at_a_time_in_the_order_given() {
        const TestDatabase database;
        Worker worker(database.operator_url());
        QObject page;
        std::atomic<int> inside = 0;
        std::atomic<bool> overlapped = false;
        QList<int> order;
        for (int number = 0; number < 20; ++number) {
            worker
                .run([&inside, &overlapped, number](db::Session &) {
                    overlapped = overlapped || ++inside > 1;
                    QThread::msleep(2); // time is the subject: work takes long enough to overlap
                    --inside;
                    return number;
                })
                .then(&page, [&order](int value) { order << value; });
        }
        QTRY_COMPARE(order.size(), 20);
        QVERIFY(!overlapped);
        QVERIFY(std::is_sorted(order.begin(), order.end()));
    }

    void a_cancelled_function_ends_and_its_neighbours_do_not() {
        const TestDatabase database(TestDatabase::Tenants::Two);
        Worker worker(database.operator_url());
        QObject page;
        const auto list = [](db::Session &session) { return db::TenantStore(session).list().size(); };
        std::atomic<int> asked = 0;
        const auto cancellation = std::make_shared<Cancellation>();
        QString ended;
        worker
            .run([cancellation, &asked, list](db::Session &session) {
                return cancellation->run(session, [&asked, list](db::Session &own) {
                    for (;;) {
                        ++asked;
                        list(own);
                    }
                    return 0;
                });
            })
            .then(&page, [](int) { QFAIL("an endless question was answered"); })
            .onFailed(&page,
                      [&ended](const db::Error &error) { ended = QString::fromStdString(error.sqlstate()); });
        std::size_t after = 0;
        worker.run(list).then(&page, [&after](std::size_t rows) { after = rows; });
        QTRY_VERIFY(asked > 10);
        Cancellation::cancel(cancellation);
        QTRY_COMPARE(ended, QStringLiteral("57014"));
        QTRY_COMPARE(after, std::size_t(2));

        QString refused;
        worker.run([cancellation, list](db::Session &session) { return cancellation->run(session, list); })
            .then(&page, [](std::size_t) { QFAIL("what was cancelled before it began has run"); })
            .onFailed(&page, [&refused](const db::Error &error) {
                refused = QString::fromStdString(error.sqlstate());
            });
        QTRY_COMPARE(refused, QStringLiteral("57014"));
    }

    void a_reply_to_an_older_request_is_dropped() {
        const TestDatabase database;
        Worker worker(database.operator_url());
        QObject page;
        Latest loads;
        QStringList shown;
        for (const auto &text : {QStringLiteral("old"), QStringLiteral("new")}) {
            worker.run([text](db::Session &) { return text; })
                .then(&page, [&loads, &shown, number = loads.next()](const QString &reply) {
                    if (loads.is_latest(number)) {
                        shown << reply;
                    }
                });
        }
        bool later = false;
        worker.run([](db::Session &) {}).then(&page, [&later] { later = true; });
        QTRY_VERIFY(later);
        QCOMPARE(shown, QStringList{QStringLiteral("new")});
    }

    void a_page_that_is_gone_gets_no_reply() {
        const TestDatabase database;
        Worker worker(database.operator_url());
        bool called = false;
        auto page = std::make_unique<QObject>();
        worker.run([](db::Session &) {}).then(page.get(), [&called] { called = true; });
        page.reset();
        bool later = false;
        worker.run([](db::Session &) {}).then(qApp, [&later] { later = true; });
        QTRY_VERIFY(later);
        QVERIFY(!called);
    }

    void destroying_a_worker_drops_what_waits_and_does_not_hang() {
        const TestDatabase database;
        std::atomic<int> ran = 0;
        auto worker = std::make_unique<Worker>(database.operator_url());
        for (int number = 0; number < 50; ++number) {
            worker->run([&ran](db::Session &) {
                QThread::msleep(20); // time is the subject: all of it takes longer than dropping it
                ++ran;
            });
        }
        worker.reset();
        QVERIFY(ran < 50);
    }

    void the_monitor_sees_the_database_go_and_come_back() {
        const TestDatabase database;
        ConnectionMonitor monitor(database.operator_url());
        using State = ConnectionMonitor::State;
        monitor.start();
        QTRY_COMPARE(monitor.state(), State::Connected);
        TestServer::instance().kill();
        monitor.check();
        QTRY_COMPARE(monitor.state(), State::Lost);
        QVERIFY(!monitor.reason().isEmpty());
        TestServer::instance().start();
        QTRY_COMPARE_WITH_TIMEOUT(monitor.state(), State::Connected, 15000);
    }

    void the_monitor_tells_a_closed_account_from_a_lost_database() {
        const TestDatabase database(TestDatabase::Tenants::Two);
        ConnectionMonitor monitor(database.staff_url());
        monitor.start();
        QTRY_COMPARE(monitor.state(), ConnectionMonitor::State::Connected);
        db::Session operators(database.operator_url());
        db::Session staff(database.staff_url());
        db::AccountStore(operators).disable(staff.identity().login);
        monitor.check();
        QTRY_COMPARE_WITH_TIMEOUT(monitor.state(), ConnectionMonitor::State::Refused, 15000);
        db::AccountStore(operators).enable(database.login("staff"));
    }

    void a_change_to_a_tenant_arrives_as_a_signal() {
        const TestDatabase database(TestDatabase::Tenants::Two);
        TenantWatcher watcher(database.operator_url());
        QSignalSpy connected(&watcher, &TenantWatcher::reconnected);
        QSignalSpy changed(&watcher, &TenantWatcher::tenant_changed);
        QTRY_VERIFY(connected.count() > 0);
        db::Session session(database.operator_url());
        db::TenantStore(session).rename(database.tenant_id(), "Ada Lovelace");
        QTRY_COMPARE(changed.count(), 1);
        // Many notifications, which any login may send, with one change among them: reported once, at the end
        // of the second.
        for (int i = 0; i < 100; ++i) {
            db::TenantStore(session).rename(database.tenant_id(), "Ada " + std::to_string(i));
        }
        QTRY_VERIFY(changed.count() > 1);
        QVERIFY2(changed.count() < 50, qPrintable(QString::number(changed.count())));
    }
};

QTEST_GUILESS_MAIN(AsyncTest)
#include "async_test.moc"
