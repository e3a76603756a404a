// SPDX-License-Identifier: Apache-2.0
// Taking decisions back, and what is said of it.
#include "db/connection/error.h"
#include "tests/ui/bookings/deciding.h"
#include "ui/bookings/decisions_in_doubt.h"
#include "ui/bookings/undo_bar.h"

#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>

using namespace studio;
using namespace studio::ui;

namespace {

// Chooses it and waits until keys mean it.
void choose(const Desk &desk, int row, const std::string &booking) {
    desk.choose(row);
    QVERIFY(shows(desk, booking));
}

std::string blocks(BookingRows &rows) {
    return rows.owner.value("SELECT count(*) FROM blocked_clients");
}

} // namespace

class BookingUndoTest final : public QObject {
    Q_OBJECT

private slots:
    void each_decision_can_be_taken_back_the_newest_first() {
        BookingRows rows;
        const auto robin = rows.add("Robin Vale", 1, 90), kim = rows.add("Kim Moss", 12, 60);
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 2);
        choose(desk, 0, robin);
        desk.press(Qt::Key_A);
        QTRY_COMPARE(rows.status(robin), std::string("accepted"));
        QTRY_COMPARE(desk.text(0), QStringLiteral("Kim Moss"));
        choose(desk, 0, kim);
        desk.press(Qt::Key_A);
        auto *bar = desk.find<UndoBar>("bookings.undo_bar");
        QTRY_VERIFY2(bar->text().contains("Kim Moss"), qPrintable(bar->text()));
        QVERIFY2(bar->text().contains("1 more"), qPrintable(bar->text()));
        desk.press(Qt::Key_Z);
        desk.press(Qt::Key_Z); // while the first is on its way
        QTRY_COMPARE(rows.status(robin), std::string("pending"));
        QCOMPARE(rows.status(kim), std::string("pending"));
        QCOMPARE(rows.messages(robin), std::string("0"));
    }

    void a_deposit_that_was_entered_by_mistake_is_asked_for_again_and_that_can_be_undone() {
        BookingRows rows;
        const auto robin = rows.add("Robin Vale");
        db::Session other(rows.database.operator_url());
        db::BookingDecisionStore store(other);
        store.decide(robin, std::nullopt, decision(models::BookingAction::Accept));
        store.deposit(robin, std::nullopt, {"asked", 5000, {}, {}, {}, {}});
        store.deposit(robin, std::nullopt, {"received", {}, {}, {}, "Cash", {}});
        QCOMPARE(rows.status(robin), std::string("confirmed"));
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1);
        choose(desk, 0, robin);
        desk.press(Qt::Key_E);
        auto *what = desk.find<QComboBox>("decision.deposit.what");
        QTRY_VERIFY(what->isVisible());
        const auto *consequence = desk.find<QLabel>("decision.deposit.consequence");
        QVERIFY(!consequence->isVisible());
        what->setCurrentIndex(what->findText("It was not received: ask for it again"));
        QVERIFY(consequence->isVisible());
        QVERIFY(desk.find<QLineEdit>("decision.deposit.amount")->text().startsWith("50"));
        desk.find<QPushButton>("decision.submit")->click();
        QTRY_COMPARE(status(desk), QStringLiteral("Accepted"));
        const std::string state =
            "SELECT deposit_state || ' ' || coalesce(deposit_method, '-') FROM bookings";
        QCOMPARE(rows.owner.value(state), std::string("asked -"));
        const auto *bar = desk.find<UndoBar>("bookings.undo_bar");
        QVERIFY2(bar->text().contains("Goes to the client"), qPrintable(bar->text()));
        desk.press(Qt::Key_Z);
        QTRY_COMPARE(status(desk), QStringLiteral("Confirmed"));
        QCOMPARE(rows.owner.value(state), std::string("received Cash"));
    }

    void one_that_is_on_its_way_is_taken_back_not_the_one_before() {
        BookingRows rows;
        const auto robin = rows.add("Robin Vale", 1, 90), kim = rows.add("Kim Moss", 12, 60);
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 2);
        choose(desk, 0, robin);
        desk.press(Qt::Key_A);
        QTRY_COMPARE(desk.text(0), QStringLiteral("Kim Moss"));
        choose(desk, 0, kim);
        desk.press(Qt::Key_A);
        desk.press(Qt::Key_Z);
        auto *bar = desk.find<UndoBar>("bookings.undo_bar");
        QTRY_VERIFY2(bar->text().contains("Undone: Kim Moss"), qPrintable(bar->text()));
        QCOMPARE(rows.status(kim), std::string("pending"));
        QCOMPARE(rows.status(robin), std::string("accepted"));
    }

    void who_was_undone_is_said_wherever_one_looks() {
        BookingRows rows;
        const auto robin = rows.add("Robin Vale", 1, 90), kim = rows.add("Kim Moss", 12, 60);
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 2);
        choose(desk, 0, robin);
        desk.press(Qt::Key_A);
        QTRY_COMPARE(desk.text(0), QStringLiteral("Kim Moss"));
        choose(desk, 0, kim);
        desk.find<QPushButton>("bookings.undo")->click();
        const auto *bar = desk.find<UndoBar>("bookings.undo_bar");
        QTRY_VERIFY2(bar->text().contains("Undone: Robin Vale"), qPrintable(bar->text()));
        QVERIFY(bar->isVisible());
        QVERIFY(!desk.find<QPushButton>("bookings.undo")->isVisible());
        QCOMPARE(rows.status(robin), std::string("pending"));
    }

    void a_block_is_taken_back_and_the_open_card_shows_it() {
        BookingRows rows;
        const auto robin = rows.add("Robin Vale");
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1);
        choose(desk, 0, robin);
        desk.find<QPushButton>("client.open")->click();
        auto *card = desk.find<QLabel>("client.summary");
        QTRY_VERIFY(card->isVisible());
        const auto *shown = desk.find<QWidget>("client.blocks");
        QVERIFY(!shown->isVisible());
        desk.press(Qt::Key_B);
        QTRY_VERIFY(desk.find<DecisionPanel>("decision")->isVisible());
        desk.find<QPushButton>("decision.submit")->click();
        QTRY_VERIFY(shown->isVisible());
        QCOMPARE(blocks(rows), std::string("2"));
        desk.press(Qt::Key_Z);
        QTRY_COMPARE(blocks(rows), std::string("0"));
        QTRY_VERIFY(!shown->isVisible());
    }

    void a_block_of_the_card_is_removed_after_a_second_press() {
        BookingRows rows;
        const auto robin = rows.add("Robin Vale");
        db::Session session(rows.database.staff_url());
        rows.owner.done(
            "INSERT INTO blocked_clients (tenant_id, kind, value_hash, expires_at) SELECT b.tenant_id, "
            "'email', studio_client_hash('email', b.client_email), now() + interval '1 day' "
            "FROM bookings b");
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1);
        choose(desk, 0, robin);
        desk.find<QPushButton>("client.open")->click();
        QTRY_VERIFY(desk.find<QWidget>("client.blocks")->isVisible());
        auto *confirm = desk.find<QPushButton>("client.unblock.email.confirm");
        QVERIFY(!confirm->isVisible());
        desk.find<QPushButton>("client.unblock.email")->click();
        QVERIFY(confirm->isVisible());
        QVERIFY2(confirm->text().contains("Email address"), qPrintable(confirm->text()));
        QCOMPARE(blocks(rows), std::string("1"));
        confirm->click();
        QTRY_COMPARE(blocks(rows), std::string("0"));
        QTRY_VERIFY(!desk.find<QWidget>("client.blocks")->isVisible());
    }

    void what_is_not_known_is_not_called_undecided() {
        const db::Error cut_off(db::ErrorKind::Unreachable, "The connection was lost.", "08007");
        const db::Error away(db::ErrorKind::Unreachable, "The database cannot be reached.");
        for (const bool is_undo : {false, true}) {
            QVERIFY(lost_words(cut_off, is_undo).contains("not known"));
            QVERIFY(!lost_words(cut_off, is_undo).contains("not decided"));
            QVERIFY(!lost_words(away, is_undo).contains("not known"));
        }
        QVERIFY(lost_words(away, false).contains("not decided"));
        QVERIFY(lost_words(away, true).contains("not undone"));
    }

    void an_undo_of_what_has_just_ended_takes_nothing_older() {
        UndoBar bar;
        bar.offer({Act::Decline, {{"older", {}, 2, "Ash"}}, true, {}, QDeadlineTimer(60000)});
        bar.offer({Act::Accept, {{"newest", {}, 2, "Bo"}}, true, {}, QDeadlineTimer(0)});
        QVERIFY(!bar.take());
        const auto next = bar.take(); // it was on screen by now
        QVERIFY(next);
        QCOMPARE(next->bookings.front().id, std::string("older"));
    }

    void of_one_booking_only_the_last_decision_is_offered_to_be_undone() {
        UndoBar bar;
        const QDeadlineTimer later(60000);
        bar.offer({Act::Spam, {{"both", {}, 2, "Ash"}, {"other", {}, 2, "Bo"}}, false, {}, later});
        bar.offer({Act::Reopen, {{"both", {}, 3, "Ash"}}, false, {}, later});
        bar.offer({Act::Block, {{"both", {}, 3, "Ash"}}, false, {"1"}, later}); // which changes no booking
        bar.offer({Act::Accept, {{"both", {}, 4, "Ash"}}, true, {}, later});
        QVERIFY2(bar.text().contains("2 more"), qPrintable(bar.text()));
        QCOMPARE(bar.take()->act, Act::Accept);
        QCOMPARE(bar.take()->act, Act::Block);
        const auto rest = bar.take();
        QVERIFY(rest && rest->act == Act::Spam);
        QCOMPARE(rest->bookings.size(), std::size_t(1));
        QCOMPARE(rest->bookings.front().id, std::string("other"));
        QVERIFY(!bar.take());
    }

    void what_became_of_a_decision_whose_answer_was_lost_is_read() {
        BookingRows rows;
        const auto stored = rows.add("Robin Vale", 1), lost = rows.add("Kim Moss", 5),
                   other = rows.add("Ash", 9), late = rows.add("Bo", 13);
        Worker worker(rows.database.staff_url());
        DecisionsInDoubt doubts(worker);
        std::vector<Done> found;
        std::vector<std::string> missing;
        connect(&doubts, &DecisionsInDoubt::stored, this,
                [&found](const Done &done) { found.push_back(done); });
        connect(&doubts, &DecisionsInDoubt::not_stored, this,
                [&missing](const SeenBooking &seen) { missing.push_back(seen.id); });
        db::Session session(rows.database.staff_url());
        db::BookingDecisionStore store(session);
        const auto accept = decision(models::BookingAction::Accept);
        store.decide(stored, 1, accept);
        store.decide(other, 1, decision(models::BookingAction::Spam));
        store.decide(late, 1, accept);
        for (const auto &id : {stored, lost, other}) {
            doubts.add({id, rows.database.tenant_id(), 1, QStringLiteral("Client")}, {Act::Accept, accept},
                       10, {});
        }
        doubts.add({late, rows.database.tenant_id(), 1, QStringLiteral("Client")}, {Act::Accept, accept}, -60,
                   {}); // its seconds are over
        doubts.settle();
        QTRY_COMPARE(found.size(), std::size_t(2));
        QVERIFY(doubts.is_empty());
        QCOMPARE(missing, std::vector<std::string>{lost});
        QCOMPARE(found.front().bookings.front().id, stored);
        QCOMPARE(found.front().bookings.front().version, 2);
        QVERIFY(!found.front().until.hasExpired());
        QVERIFY(found.back().until.hasExpired());
        QCOMPARE(store.undo(stored, found.front().bookings.front().version).outcome,
                 db::DecisionOutcome::Done);
    }

    void an_open_menu_stays_while_the_booking_is_read_again() {
        BookingRows rows;
        const auto robin = rows.add("Robin Vale");
        Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1);
        choose(desk, 0, robin);
        auto *menu = desk.find<QPushButton>("booking.more")->menu();
        const QPointer<QAction> spam = menu->findChild<QAction *>("booking.menu.spam");
        QVERIFY(spam);
        rows.owner.done("UPDATE bookings SET message = 'Changed', version = version + 1");
        const auto *detail = desk.find<BookingDetail>("booking_detail");
        QTRY_COMPARE(detail->reading()->booking.message, std::string("Changed"));
        QVERIFY(spam);
        QCOMPARE(menu->findChild<QAction *>("booking.menu.spam"), spam.data());
    }
};

QTEST_MAIN(BookingUndoTest)
#include "booking_undo_test.moc"
