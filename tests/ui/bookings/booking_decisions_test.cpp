// SPDX-License-Identifier: Apache-2.0
#include "tests/support/test_server.h"
#include "tests/ui/bookings/deciding.h"
#include "ui/bookings/fact_rows.h"
#include "ui/bookings/undo_bar.h"
#include "ui/widgets/banner.h"

#include <QAction>
#include <QComboBox>
#include <QMenu>
#include <QSpinBox>

using namespace studio;
using namespace studio::ui;
using test_support::TestServer;

class BookingDecisionsTest final : public QObject {
    Q_OBJECT

private slots:
    void one_key_accepts_and_one_takes_it_back_before_anything_is_sent() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale");
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1);
        desk.choose(0);
        QVERIFY(shows(desk, booking));
        desk.press(Qt::Key_A);
        QTRY_COMPARE(status(desk), QStringLiteral("Accepted"));
        auto *bar = desk.find<UndoBar>("bookings.undo_bar");
        QTRY_VERIFY(bar->isVisible());
        QVERIFY2(bar->text().contains("Goes to the client in"), qPrintable(bar->text()));
        QCOMPARE(rows.messages(booking), std::string("1"));
        desk.press(Qt::Key_Z);
        QTRY_COMPARE(status(desk), QStringLiteral("Pending"));
        QVERIFY2(bar->text().contains("Undone: Robin Vale. Nothing was sent."), qPrintable(bar->text()));
        QVERIFY(!desk.find<QPushButton>("bookings.undo")->isVisible());
        QCOMPARE(rows.status(booking), std::string("pending"));
        QCOMPARE(rows.messages(booking), std::string("0"));
        const auto history = desk.find<FactRows>("booking.history")->text();
        QVERIFY2(history.contains("undid the last decision"), qPrintable(history));
    }

    void what_has_not_begun_is_not_marked_as_over_and_the_reason_is_said() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale", 9, 60, {}, "confirmed");
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1);
        desk.choose(0);
        QVERIFY(shows(desk, booking));
        const auto is_offered = [&desk](const char *name) {
            const auto *menu = desk.find<QPushButton>("booking.more")->menu();
            return desk.find<QPushButton>((std::string("booking.act.") + name).c_str())->isVisible() ||
                   menu->findChild<QAction *>(QLatin1String("booking.menu.") + QLatin1String(name)) !=
                       nullptr;
        };
        const auto *banner = desk.find<Banner>("booking.banner");
        for (const auto &[key, words] :
             {std::pair(Qt::Key_C, "Completed"), std::pair(Qt::Key_N, "No-show")}) {
            desk.press(key);
            QTRY_VERIFY2(banner->text().contains(words), qPrintable(banner->text()));
            QVERIFY2(banner->text().contains("once the booking has begun"), qPrintable(banner->text()));
            QVERIFY2(banner->text().contains("Sydney time"), qPrintable(banner->text()));
        }
        QVERIFY(!is_offered("complete") && !is_offered("no_show"));
        QCOMPARE(rows.status(booking), std::string("confirmed"));
        rows.owner.done("UPDATE bookings SET starts_at = now() - interval '1 hour', version = version + 1");
        QTRY_VERIFY(is_offered("complete") && is_offered("no_show"));
        desk.press(Qt::Key_N);
        QTRY_COMPARE(rows.status(booking), std::string("no_show"));
    }

    void the_arrow_keys_go_on_from_where_a_decided_booking_was() {
        BookingRows rows;
        const auto robin = rows.add("Robin Vale", 1, 90), kim = rows.add("Kim Moss", 12, 60),
                   lee = rows.add("Lee Park", 20, 30);
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 3);
        desk.choose(0);
        QVERIFY(shows(desk, robin));
        desk.press(Qt::Key_A);
        QTRY_COMPARE(desk.text(0), QStringLiteral("Kim Moss"));
        desk.press(Qt::Key_Down);
        QVERIFY2(shows(desk, kim), "the first that waits, not the second");
        desk.press(Qt::Key_A);
        QTRY_COMPARE(desk.text(0), QStringLiteral("Lee Park"));
        desk.press(Qt::Key_Down);
        QVERIFY(shows(desk, lee));
    }

    void an_agreed_booking_at_the_same_time_is_named_before_anything_is_decided() {
        BookingRows rows;
        rows.add("Kim Moss", 8, 90, {}, "accepted");
        rows.add("Lee Park", 11, 80, {}, "confirmed"); // begins when the request ends
        const auto booking = rows.add("Robin Vale", 9);
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 3);
        desk.choose(static_cast<int>(desk.clients().indexOf("Robin Vale")));
        QVERIFY(shows(desk, booking));
        const auto said = desk.find<FactRows>("booking.request")->text();
        QVERIFY2(said.contains("Taken by") && said.contains("Kim Moss"), qPrintable(said));
        QVERIFY2(!said.contains("Lee Park"), qPrintable(said));
    }

    void the_clients_clock_is_named_only_where_it_shows_another_time() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale");
        rows.owner.done("UPDATE bookings SET client_time_zone = 'Australia/Melbourne'");
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1);
        desk.choose(0);
        QVERIFY(shows(desk, booking));
        const auto names_it = [&desk] {
            return desk.find<FactRows>("booking.request")->text().contains("For the client");
        };
        QVERIFY(!names_it());
        rows.owner.done("UPDATE bookings SET client_time_zone = 'Europe/Paris', version = version + 1");
        QTRY_VERIFY(names_it());
    }

    void declining_asks_for_a_reason_that_stays_with_the_team() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale");
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1);
        desk.choose(0);
        QVERIFY(shows(desk, booking));
        desk.press(Qt::Key_D);
        auto *reason = desk.find<QComboBox>("decision.reason");
        QTRY_VERIFY(reason->isVisible());
        reason->setCurrentIndex(reason->findData(QStringLiteral("outside_area")));
        desk.find<QPlainTextEdit>("decision.note")->setPlainText("Two hours away");
        desk.find<QPlainTextEdit>("decision.message")->setPlainText("Sorry, not in your city.");
        QTest::keyClick(desk.find<QPlainTextEdit>("decision.message"), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(status(desk), QStringLiteral("Declined"));
        QVERIFY(!desk.find<DecisionPanel>("decision")->isVisible());
        QCOMPARE(rows.owner.value("SELECT reason_code FROM bookings WHERE id = '" + booking + "'"),
                 std::string("outside_area"));
        QCOMPARE(rows.owner.column("SELECT text FROM booking_notes ORDER BY kind"),
                 (std::vector<std::string>{"Sorry, not in your city.", "Two hours away"}));
    }

    void another_time_is_proposed_on_the_companions_clock() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale");
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1);
        desk.choose(0);
        QVERIFY(shows(desk, booking));
        desk.press(Qt::Key_P);
        auto *minutes = desk.find<QSpinBox>("decision.minutes");
        QTRY_VERIFY(minutes->isVisible());
        QCOMPARE(minutes->value(), 120);
        minutes->setValue(180);
        QVERIFY(desk.find<QLabel>("decision.words")->text().contains("Sydney time"));
        desk.find<QPushButton>("decision.submit")->click();
        QTRY_COMPARE(status(desk), QStringLiteral("Time proposed"));
        QCOMPARE(rows.owner.value("SELECT ends_at - starts_at FROM bookings"), std::string("03:00:00"));
    }

    void the_second_of_two_people_learns_what_the_first_did_before_and_after_pressing() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale");
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1);
        desk.choose(0);
        QVERIFY(shows(desk, booking));
        desk.press(Qt::Key_D);
        auto *message = desk.find<QPlainTextEdit>("decision.message");
        QTRY_VERIFY(message->isVisible());
        message->setPlainText("Typed with care");
        db::Session other(rows.database.operator_url());
        db::BookingDecisionStore(other).decide(booking, std::nullopt, decision(models::BookingAction::Spam));
        auto *banner = desk.find<Banner>("decision.banner");
        QTRY_VERIFY(banner->isVisible());
        QVERIFY2(banner->text().contains("spam"), qPrintable(banner->text()));
        QVERIFY(!desk.find<QPushButton>("decision.submit")->isEnabled());
        QCOMPARE(message->toPlainText(), QStringLiteral("Typed with care"));
        QCOMPARE(rows.status(booking), std::string("spam"));
    }

    void a_decision_on_an_older_version_is_refused_with_who_and_what() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale");
        const test_support::TestDatabase &database = rows.database;
        Worker worker(database.staff_url());
        BookingDecider decider(worker);
        std::optional<Refusal> refusal;
        QObject::connect(&decider, &BookingDecider::decided, this,
                         [&refusal](const DecisionResult &result) { refusal = result.refusals.front(); });
        db::Session other(database.operator_url());
        db::BookingDecisionStore(other).decide(booking, std::nullopt,
                                               decision(models::BookingAction::Accept));
        const SeenBooking seen{booking, database.tenant_id(),
                               1,       QStringLiteral("Robin Vale"),
                               true,    QStringLiteral("Australia/Sydney")};
        decider.decide(std::vector<SeenBooking>{seen},
                       Decision{Act::Decline, decision(models::BookingAction::Decline)});
        QTRY_VERIFY(refusal.has_value());
        QCOMPARE(refusal->answer.outcome, db::DecisionOutcome::Changed);
        const auto text = explain(*refusal);
        QVERIFY2(text.contains("accepted it"), qPrintable(text));
        QCOMPARE(rows.status(booking), std::string("accepted"));
    }

    void a_time_that_is_taken_is_refused_with_a_link_to_the_other_booking() {
        BookingRows rows;
        const auto first = rows.add("Robin Vale", 9, 60);
        const auto second = rows.add("Kim Moss", 10, 50);
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 2);
        desk.choose(0);
        QVERIFY(shows(desk, first));
        desk.press(Qt::Key_A);
        QTRY_COMPARE(status(desk), QStringLiteral("Accepted"));
        QTRY_COMPARE(desk.text(0), QStringLiteral("Kim Moss"));
        desk.choose(0);
        QVERIFY(shows(desk, second));
        desk.press(Qt::Key_A);
        auto *banner = desk.find<Banner>("booking.banner");
        QTRY_VERIFY(banner->isVisible());
        QVERIFY2(banner->text().contains("Another booking has this time"), qPrintable(banner->text()));
        QCOMPARE(rows.status(second), std::string("pending"));
        banner->action_button()->click();
        QVERIFY(shows(desk, first));
    }

    void several_are_declined_together_and_undone_together() {
        BookingRows rows;
        for (const auto *client : {"Ash", "Bo", "Cy"}) {
            rows.add(client);
        }
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 3);
        desk.choose(0);
        QTest::keyClick(desk.table(), Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(desk.table(), Qt::Key_Down, Qt::ShiftModifier);
        desk.find<QPushButton>("bookings.bulk.decline")->click();
        QTRY_VERIFY(desk.find<DecisionPanel>("bulk")->isVisible());
        desk.find<QPushButton>("bulk.submit")->click();
        auto *bar = desk.find<UndoBar>("bookings.undo_bar");
        QTRY_VERIFY(bar->isVisible());
        QVERIFY2(bar->text().contains("3 bookings"), qPrintable(bar->text()));
        QCOMPARE(rows.owner.value("SELECT count(*) FROM bookings WHERE status = 'declined'"),
                 std::string("3"));
        desk.find<QPushButton>("bookings.undo")->click();
        QTRY_COMPARE(rows.owner.value("SELECT count(*) FROM bookings WHERE status = 'pending'"),
                     std::string("3"));
    }

    void a_selection_belongs_to_the_bookings_when_rows_move() {
        BookingRows rows;
        rows.add("Ash", 1, 60);
        rows.add("Bo", 4, 50);
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 2);
        desk.choose(0);
        QTest::keyClick(desk.table(), Qt::Key_Down, Qt::ShiftModifier);
        const auto late = rows.add("Older than both", 7, 90);
        QTRY_COMPARE(desk.text(0), QStringLiteral("Older than both"));
        desk.press(Qt::Key_S);
        QTRY_VERIFY(desk.find<DecisionPanel>("bulk")->isVisible());
        desk.find<QPushButton>("bulk.submit")->click();
        QTRY_COMPARE(rows.owner.column("SELECT client_name FROM bookings WHERE status = 'spam' ORDER BY 1"),
                     (std::vector<std::string>{"Ash", "Bo"}));
        QCOMPARE(rows.status(late), std::string("pending"));
    }

    void while_the_database_is_away_notes_are_kept_and_decisions_refused() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale");
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1);
        desk.choose(0);
        QVERIFY(shows(desk, booking));
        QTRY_VERIFY(desk.watcher.connected());
        auto *note = desk.find<QPlainTextEdit>("booking.note");
        note->setPlainText("Called back");
        TestServer::instance().kill();
        auto *banner = desk.find<Banner>("bookings.banner");
        QTRY_VERIFY_WITH_TIMEOUT(banner->isVisible(), 15000);
        QCOMPARE(desk.text(0), QStringLiteral("Robin Vale"));
        desk.press(Qt::Key_A);
        auto *said = desk.find<Banner>("booking.banner");
        QTRY_VERIFY(said->text().contains("not decided"));
        QCOMPARE(note->toPlainText(), QStringLiteral("Called back"));
        TestServer::instance().start();
        QTRY_VERIFY_WITH_TIMEOUT(!banner->isVisible(), 20000);
        desk.find<QPushButton>("booking.add_note")->click();
        QTRY_VERIFY(note->toPlainText().isEmpty());
        db::Session session(rows.database.staff_url());
        const auto notes = db::BookingStore(session).notes(booking);
        QCOMPARE(notes.size(), std::size_t(1));
        QCOMPARE(notes.front().text, std::string("Called back"));
        QCOMPARE(db::BookingStore(session).find(booking)->status, models::BookingStatus::Pending);
    }

    void the_client_card_says_that_opening_it_is_recorded_and_shows_earlier_requests() {
        BookingRows rows;
        const auto earlier = rows.add("Robin Vale", 1, 5000, {}, "no_show");
        const auto booking = rows.add("Robin Vale", 9);
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 2);
        desk.choose(0);
        QVERIFY(shows(desk, booking));
        QCOMPARE(rows.owner.value("SELECT count(*) FROM client_card_reads"), std::string("0"));
        desk.find<QPushButton>("client.open")->click();
        auto *summary = desk.find<QLabel>("client.summary");
        QTRY_VERIFY(summary->text().contains("no-shows: 1"));
        QCOMPARE(rows.owner.value("SELECT count(*) FROM client_card_reads"), std::string("1"));
        desk.page.findChild<QPushButton *>("client.request." + QString::fromStdString(earlier))->click();
        QVERIFY(shows(desk, earlier));
    }
};

QTEST_MAIN(BookingDecisionsTest)
#include "booking_decisions_test.moc"
