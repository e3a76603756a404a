// SPDX-License-Identifier: Apache-2.0
// A booking that is entered by hand: its length, what the client is told, and what is typed meanwhile.
#include "db/connection/error.h"
#include "db/connection/session.h"
#include "db/stores/revision_store.h"
#include "models/values/zoned_time.h"
#include "tests/ui/bookings/desk.h"
#include "ui/bookings/booking_decider.h"
#include "ui/bookings/booking_words.h"
#include "ui/bookings/enter_panel.h"
#include "ui/widgets/banner.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSemaphore>
#include <QSpinBox>
#include <QTimeEdit>
#include <QUuid>

using namespace studio;
using namespace studio::ui;

namespace {

bool choose_ada(const Desk &desk) {
    desk.find<QPushButton>("bookings.enter")->click();
    auto *companion = desk.find<QComboBox>("enter.companion");
    const bool known = QTest::qWaitFor([&] { return companion->findText("Ada") >= 0; }, 10000);
    companion->setCurrentIndex(companion->findText("Ada"));
    return known;
}

} // namespace

class EnterPanelTest final : public QObject {
    Q_OBJECT

private slots:
    void a_booking_lasts_as_long_as_its_service_unless_another_length_is_chosen() {
        BookingRows rows;
        db::Session people(rows.database.operator_url());
        db::RevisionStore revisions(people);
        auto latest = *revisions.latest(rows.database.tenant_id());
        latest.documents.content["services"] =
            models::Json::array({{{"id", "dinner"}, {"name", "Dinner"}, {"duration", "3 hours"}},
                                 {{"id", "night"}, {"name", "Night"}, {"duration", "10 hours"}}});
        revisions.save_and_publish(rows.database.tenant_id(), latest.summary.number, latest.documents, "",
                                   QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString());
        const Desk desk(rows.database.staff_url());
        QVERIFY(choose_ada(desk));
        auto *service = desk.find<QComboBox>("enter.service");
        QTRY_VERIFY(service->findText("Dinner") >= 0);
        const auto *minutes = desk.find<QSpinBox>("enter.minutes");
        service->setCurrentText("Dinner");
        QCOMPARE(minutes->value(), 180);
        service->setCurrentText("A walk");
        QCOMPARE(minutes->value(), 60);
        desk.find<QSpinBox>("enter.minutes")->setValue(90);
        service->setCurrentText("Night");
        QCOMPARE(minutes->value(), 90);
    }

    void the_client_is_told_where_that_is_ticked() {
        BookingRows rows;
        const Desk desk(rows.database.staff_url());
        QVERIFY(choose_ada(desk));
        auto *mail = desk.find<QCheckBox>("enter.mail");
        desk.find<QLineEdit>("enter.name")->setText("Robin Vale");
        QVERIFY(!mail->isEnabled());
        desk.find<QLineEdit>("enter.email")->setText("robin@example.com");
        QVERIFY(mail->isEnabled());
        QVERIFY(!mail->isChecked());
        mail->click();
        auto *enter = desk.find<QPushButton>("enter.enter");
        QTRY_VERIFY(enter->isEnabled());
        enter->click();
        QTRY_COMPARE(rows.owner.value("SELECT coalesce(max(o.kind || ' ' || b.mail_wanted), '') FROM outbox o"
                                      " JOIN bookings b ON b.id = o.booking_id"),
                     std::string("visitor_email true"));
        QTRY_VERIFY(!mail->isChecked());
    }

    void what_is_typed_while_a_booking_is_entered_stays() {
        BookingRows rows;
        Desk desk(rows.database.staff_url());
        QVERIFY(choose_ada(desk));
        auto *name = desk.find<QLineEdit>("enter.name");
        name->setText("Robin Vale");
        auto *enter = desk.find<QPushButton>("enter.enter");
        QTRY_VERIFY(enter->isEnabled());
        QSemaphore slow;
        desk.worker.run([&slow](db::Session &) { slow.acquire(); });
        enter->click();
        name->setText("Kim Field");
        slow.release();
        QTRY_COMPARE(rows.owner.value("SELECT coalesce(max(client_name), '') FROM bookings"),
                     std::string("Robin Vale"));
        QTRY_VERIFY(enter->isEnabled());
        QCOMPARE(name->text(), QStringLiteral("Kim Field"));
    }

    void a_companion_whose_details_are_being_read_is_not_asked_for_again() {
        BookingRows rows;
        Desk desk(rows.database.staff_url());
        auto *companion = desk.find<QComboBox>("enter.companion");
        desk.find<QPushButton>("bookings.enter")->click();
        QTRY_VERIFY(companion->findText("Ada") >= 0);
        rows.owner.done("ALTER TABLE tenants RENAME TO tenants_elsewhere");
        desk.find<QLineEdit>("enter.name")->setText("Robin Vale");
        const auto *problem = desk.find<QLabel>("enter.problem");
        QCOMPARE(problem->text(), QStringLiteral("Choose a companion."));
        companion->setCurrentIndex(companion->findText("Ada"));
        QCOMPARE(problem->text(), QStringLiteral("Her details are being read …"));
        bool has_failed = false;
        connect(desk.find<EnterPanel>("enter_panel"), &EnterPanel::failed, this, [&] { has_failed = true; });
        QTRY_VERIFY(has_failed);
        rows.owner.done("ALTER TABLE tenants_elsewhere RENAME TO tenants");
        emit desk.watcher.changed();
        QTRY_COMPARE(problem->text(), QString());
    }

    void blocked_time_is_named_and_entered_over_by_a_second_press() {
        BookingRows rows;
        const auto dentist = rows.owner.done(
            "INSERT INTO time_blocks (tenant_id, starts_at, ends_at, note) VALUES ('" +
            rows.database.tenant_id().text() +
            "', '2027-03-10 18:00 Australia/Sydney', '2027-03-10 19:00 Australia/Sydney', 'Dentist')");
        QCOMPARE(dentist.message, std::string());
        const Desk desk(rows.database.staff_url());
        QVERIFY(choose_ada(desk));
        auto *name = desk.find<QLineEdit>("enter.name");
        name->setText("Robin Vale");
        auto *day = desk.find<QDateEdit>("enter.day");
        auto *time = desk.find<QTimeEdit>("enter.time");
        day->setDate(QDate(2027, 3, 10));
        time->setTime(QTime(18, 30));
        auto *enter = desk.find<QPushButton>("enter.enter");
        QTRY_VERIFY(enter->isEnabled());
        enter->click();
        const auto *banner = desk.find<Banner>("enter.banner");
        QTRY_VERIFY2(
            banner->text().contains("“Dentist” blocks this time: Wednesday, 10 March 2027, 18:00 to 19:00"),
            qPrintable(banner->text()));
        QCOMPARE(name->text(), QStringLiteral("Robin Vale"));
        time->setTime(QTime(18, 15));
        QVERIFY2(!banner->isVisible(), "another time may be free, or in another's way");
        QTest::keyClick(name, Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(rows.owner.value("SELECT count(*) FROM bookings"), std::string("0"));
        enter->click();
        QTRY_VERIFY(banner->isVisible());
        QCOMPARE(banner->action_button()->text(), QStringLiteral("Enter over the blocked time"));
        QTRY_VERIFY(enter->isEnabled());
        QTest::keyClick(name, Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(rows.owner.value("SELECT count(*) FROM booking_history WHERE action = 'enter'"
                                      " AND details ->> 'over_block' = 'true'"),
                     std::string("1"));
        QTRY_VERIFY(name->text().isEmpty());
        QVERIFY(!banner->isVisible());
    }

    void texts_are_as_long_as_those_from_the_site() {
        BookingRows rows;
        const Desk desk(rows.database.staff_url());
        QVERIFY(choose_ada(desk));
        desk.find<QLineEdit>("enter.name")->setText("Robin Vale");
        auto *enter = desk.find<QPushButton>("enter.enter");
        QTRY_VERIFY(enter->isEnabled());
        auto *message = desk.find<QPlainTextEdit>("enter.message");
        message->setPlainText(QString(4001, QLatin1Char('x')));
        QVERIFY(!enter->isEnabled());
        message->setPlainText(QString(4000, QLatin1Char('x')));
        QVERIFY(enter->isEnabled());
        QCOMPARE(desk.find<QLineEdit>("enter.phone")->maxLength(), 40);
        QCOMPARE(desk.find<QLineEdit>("enter.place")->maxLength(), 200);
        QCOMPARE(desk.find<QLineEdit>("enter.email")->maxLength(), 255);
    }

    void tab_goes_down_the_form() {
        BookingRows rows;
        const Desk desk(rows.database.staff_url());
        QVERIFY(choose_ada(desk));
        auto *field = static_cast<QWidget *>(desk.find<QComboBox>("enter.source"));
        field->setFocus();
        QTRY_VERIFY(field->hasFocus());
        QStringList names;
        for (int step = 0; step < 6; ++step) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            names << QApplication::focusWidget()->objectName();
        }
        QCOMPARE(names, (QStringList{"enter.name", "enter.email", "enter.phone", "enter.service",
                                     "enter.has_time", "enter.day"}));
    }

    void where_the_answer_is_lost_nobody_is_told_that_nothing_was_stored() {
        const auto words = [](const char *sqlstate) {
            const db::Error error(db::ErrorKind::Unreachable, "The connection is lost.", sqlstate);
            return refusal_words("Nothing was changed.", error);
        };
        QVERIFY(words("08006").contains("not known whether this was stored"));
        QVERIFY(!words("08006").contains("Nothing was changed."));
        QCOMPARE(words(""), QStringLiteral("Nothing was changed. The connection is lost."));
        const db::Error refused(db::ErrorKind::Invalid, "It is too long.", "23514");
        QCOMPARE(refusal_words("Nothing was changed.", refused),
                 QStringLiteral("Nothing was changed. It is too long."));
    }

    void an_entry_whose_answer_is_lost_is_not_said_to_be_refused() {
        BookingRows rows;
        const Desk desk(rows.database.staff_url());
        QVERIFY(choose_ada(desk));
        desk.find<QLineEdit>("enter.name")->setText("Robin Vale");
        auto *enter = desk.find<QPushButton>("enter.enter");
        QTRY_VERIFY(enter->isEnabled());
        pqxx::connection other(rows.database.owner_url());
        pqxx::work lock(other);
        lock.exec("LOCK TABLE bookings IN EXCLUSIVE MODE");
        enter->click();
        const std::string waiting = "pid FROM pg_locks WHERE NOT granted AND relation = 'bookings'::regclass";
        QTRY_VERIFY(!rows.owner.column("SELECT " + waiting).empty());
        pqxx::connection server(rows.database.superuser_url());
        pqxx::work(server).exec("SELECT pg_terminate_backend(pid) FROM (SELECT " + waiting + ") w");
        const auto *banner = desk.find<Banner>("enter.banner");
        QTRY_VERIFY2(banner->text().contains("not known whether this was stored"),
                     qPrintable(banner->text()));
        QCOMPARE(desk.find<QLineEdit>("enter.name")->text(), QStringLiteral("Robin Vale"));
    }

    void a_zone_that_this_computer_does_not_know_is_shown_in_utc_and_said_to_be() {
        const auto moment = *models::parse_rfc3339("2027-03-01T10:00:00Z");
        QCOMPARE(in_zone(moment, "Nowhere/Atall").time(), QTime(10, 0));
        QCOMPARE(zone_label("Nowhere/Atall"), zone_label("UTC"));
    }
};

QTEST_MAIN(EnterPanelTest)
#include "enter_panel_test.moc"
