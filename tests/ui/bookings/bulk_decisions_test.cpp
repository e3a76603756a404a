// SPDX-License-Identifier: Apache-2.0
// Several bookings decided about together.
#include "tests/ui/bookings/deciding.h"
#include "ui/bookings/undo_bar.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/state_stack.h"

#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QTemporaryDir>

using namespace studio;
using namespace studio::ui;
using Names = std::vector<std::string>;

namespace {

constexpr int most = static_cast<int>(max_decided_together);

// Many requests, the oldest first "Client 1".
void add_many(BookingRows &rows, int number) {
    rows.owner.done(
        "INSERT INTO bookings (tenant_id, client_name, client_email, service_type, starts_at, ends_at,"
        " created_at, status) SELECT '" +
        rows.database.tenant_id().text() +
        "', 'Client ' || n, 'client' || n || '@example.com', 'Dinner date',"
        " now() + make_interval(hours => 3 * n), now() + make_interval(hours => 3 * n + 2),"
        " now() - make_interval(mins => 2000 - n), 'pending' FROM generate_series(1, " +
        std::to_string(number) + ") n");
}

// As the list says it.
int rows_with(const Desk &desk, const char *status) {
    int number = 0;
    for (int row = 0; row < desk.rows(); ++row) {
        number += desk.text(row, static_cast<int>(BookingsModel::Column::State)) == QLatin1String(status);
    }
    return number;
}

} // namespace

class BulkDecisionsTest final : public QObject {
    Q_OBJECT

private slots:
    void a_booking_that_is_opened_meanwhile_is_not_decided_with_the_selected_ones() {
        BookingRows rows;
        rows.add("Ash", 1, 90);
        rows.add("Bo", 4, 80);
        rows.add("Cy", 7, 70);
        const auto kim = rows.add("Kim Moss", 10, 60);
        Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 4);
        select(desk, 0, 3);
        desk.press(Qt::Key_D);
        auto *panel = desk.find<DecisionPanel>("bulk");
        QTRY_VERIFY(panel->isVisible());
        desk.find<QPlainTextEdit>("bulk.message")->setPlainText("Not this week");
        desk.page.open(QString::fromStdString(kim));
        QVERIFY(shows(desk, kim));
        QVERIFY(!panel->isVisible());
        QVERIFY(!desk.find<QWidget>("bookings.bulk")->isVisible());
        QCOMPARE(clients_with(rows, "pending").size(), std::size_t(4));
        select(desk, 0, 3);
        desk.press(Qt::Key_D);
        QTRY_VERIFY(panel->isVisible());
        QCOMPARE(desk.find<QPlainTextEdit>("bulk.message")->toPlainText(), QStringLiteral("Not this week"));
        desk.find<QPushButton>("bulk.submit")->click();
        QTRY_COMPARE(clients_with(rows, "declined"), (Names{"Ash", "Bo", "Cy"}));
        QCOMPARE(rows.status(kim), std::string("pending"));
    }

    void what_a_colleague_changed_since_the_panel_opened_is_said_and_stays() {
        BookingRows rows;
        rows.add("Ash", 1, 90);
        const auto bo = rows.add("Bo", 4, 80);
        rows.add("Cy", 7, 70);
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 3);
        select(desk, 0, 3);
        desk.press(Qt::Key_D);
        QTRY_VERIFY(desk.find<DecisionPanel>("bulk")->isVisible());
        desk.find<QPlainTextEdit>("bulk.message")->setPlainText("Not this week");
        db::Session other(rows.database.operator_url());
        auto another_time = decision(models::BookingAction::Propose);
        another_time.start = base::now() + std::chrono::hours(400);
        another_time.end = base::now() + std::chrono::hours(402);
        QCOMPARE(db::BookingDecisionStore(other).decide(bo, std::nullopt, another_time).outcome,
                 db::DecisionOutcome::Done);
        auto *warning = desk.find<Banner>("bulk.banner");
        QTRY_VERIFY(warning->isVisible());
        QVERIFY2(warning->text().contains("Bo"), qPrintable(warning->text()));
        desk.find<QPushButton>("bulk.submit")->click();
        auto *refused = desk.find<Banner>("bookings.refused");
        QTRY_VERIFY(refused->isVisible());
        QVERIFY2(refused->text().contains("Bo (") && refused->text().contains("Declined: 2 of 3"),
                 qPrintable(refused->text()));
        QCOMPARE(rows.status(bo), std::string("proposed"));
        QCOMPARE(clients_with(rows, "declined"), (Names{"Ash", "Cy"}));
        QVERIFY(shows(desk, bo)); // what was refused is what is left to decide
        QVERIFY(!desk.find<DecisionPanel>("bulk")->isVisible());
    }

    void every_refusal_is_named_and_stays_selected() {
        BookingRows rows;
        const auto ash = rows.add("Ash", 1, 90);
        rows.add("Bo", 4, 80);
        const auto cy = rows.add("Cy", 7, 70);
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 3);
        select(desk, 0, 3);
        desk.find<QPushButton>("bookings.bulk.spam")->click();
        QTRY_VERIFY(desk.find<DecisionPanel>("bulk")->isVisible());
        db::Session other(rows.database.operator_url());
        for (const auto &booking : {ash, cy}) {
            db::BookingDecisionStore(other).decide(booking, std::nullopt,
                                                   decision(models::BookingAction::Accept));
        }
        desk.find<QPushButton>("bulk.submit")->click();
        auto *refused = desk.find<Banner>("bookings.refused");
        QTRY_VERIFY(refused->isVisible());
        QVERIFY2(refused->text().contains("Ash (") && refused->text().contains("Cy ("),
                 qPrintable(refused->text()));
        QTRY_COMPARE(desk.table()->selectionModel()->selectedRows().size(), 2);
        QCOMPARE(desk.find<QLabel>("bookings.selected")->text(), QStringLiteral("2 selected"));
        QCOMPARE(clients_with(rows, "spam"), Names{"Bo"});
    }

    void a_result_leaves_what_was_chosen_meanwhile() {
        BookingRows rows;
        const auto ash = rows.add("Ash", 1, 90);
        rows.add("Bo", 4, 80);
        const auto cy = rows.add("Cy", 7, 70), kim = rows.add("Kim Moss", 10, 60);
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 4);
        select(desk, 0, 3);
        desk.find<QPushButton>("bookings.bulk.spam")->click();
        QTRY_VERIFY(desk.find<DecisionPanel>("bulk")->isVisible());
        db::Session other(rows.database.operator_url());
        for (const auto &booking : {ash, cy}) {
            db::BookingDecisionStore(other).decide(booking, std::nullopt,
                                                   decision(models::BookingAction::Accept));
        }
        desk.find<QPushButton>("bulk.submit")->click();
        for (int row = 0; row < desk.rows(); ++row) { // before the answer is there
            if (desk.text(row) == QLatin1String("Kim Moss")) {
                desk.choose(row);
            }
        }
        QTRY_VERIFY(desk.find<Banner>("bookings.refused")->isVisible());
        QVERIFY(shows(desk, kim));
        QCOMPARE(desk.table()->selectionModel()->selectedRows().size(), 1);
    }

    void words_stay_while_the_same_is_asked_for_again() {
        BookingRows rows;
        rows.add("Ash", 1, 90);
        rows.add("Bo", 4, 80);
        rows.add("Cy", 7, 70);
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 3);
        select(desk, 0, 2);
        auto *decline = desk.find<QPushButton>("bookings.bulk.decline");
        decline->click();
        auto *message = desk.find<QPlainTextEdit>("bulk.message");
        QTRY_VERIFY(message->isVisible());
        message->setPlainText("Not this week");
        decline->click();
        QCOMPARE(message->toPlainText(), QStringLiteral("Not this week"));
        auto *cancel = desk.find<QPushButton>("bulk.cancel");
        cancel->setFocus();
        QTest::keyClick(cancel, Qt::Key_S); // a letter in a form is no command
        QCOMPARE(desk.find<DecisionPanel>("bulk")->act(), Act::Decline);
        select(desk, 0, 3);
        decline->click();
        QTRY_VERIFY(message->isVisible());
        QCOMPARE(message->toPlainText(), QStringLiteral("Not this week"));
        desk.find<QPushButton>("bulk.submit")->click();
        QTRY_COMPARE(rows_with(desk, "Declined"), 3);
        QVERIFY(!message->isVisible());
        desk.press(Qt::Key_Z);
        QTRY_COMPARE(rows_with(desk, "Pending"), 3);
        select(desk, 0, 2);
        decline->click();
        QTRY_VERIFY(message->isVisible());
        QCOMPARE(message->toPlainText(), QStringLiteral("Not this week")); // that was taken back
        auto *reason = desk.find<QComboBox>("bulk.reason");
        reason->setCurrentIndex(1);
        desk.find<QPushButton>("bulk.submit")->click();
        QTRY_COMPARE(rows_with(desk, "Declined"), 2);
        desk.press(Qt::Key_Z);
        QTRY_COMPARE(rows_with(desk, "Pending"), 3);
        select(desk, 0, 2);
        decline->click();
        QTRY_VERIFY(message->isVisible());
        QCOMPARE(reason->currentIndex(), 1);
        desk.find<QPushButton>("bulk.cancel")->click(); // given up
        decline->click();
        QTRY_VERIFY(message->isVisible());
        QCOMPARE(message->toPlainText(), QString());
        QCOMPARE(reason->currentIndex(), 0);
    }

    void words_for_several_are_there_after_the_program_ended() {
        QTemporaryDir home;
        const auto preferences = home.filePath("staff.json"), file = preferences + ".typed";
        BookingRows rows;
        rows.add("Ash", 1, 90);
        rows.add("Bo", 4, 80);
        {
            Desk desk(rows.database.staff_url(), {}, preferences);
            QTRY_COMPARE(desk.rows(), 2);
            select(desk, 0, 2);
            desk.press(Qt::Key_D);
            auto *message = desk.find<QPlainTextEdit>("bulk.message");
            QTRY_VERIFY(message->isVisible());
            message->setPlainText("Not this week");
            QTRY_VERIFY(QFile::exists(file)); // without any end that could write it
            QVERIFY(!desk.page.may_close());
            QVERIFY2(desk.page.may_close_for_now(), "it waits in the file");
        }
        const Desk desk(rows.database.staff_url(), {}, preferences);
        QTRY_COMPARE(desk.rows(), 2);
        select(desk, 0, 2);
        desk.press(Qt::Key_D);
        auto *message = desk.find<QPlainTextEdit>("bulk.message");
        QTRY_VERIFY(message->isVisible());
        QCOMPARE(message->toPlainText(), QStringLiteral("Not this week"));
        desk.find<QPushButton>("bulk.submit")->click();
        QTRY_COMPARE(clients_with(rows, "declined"), (Names{"Ash", "Bo"}));
        QTRY_VERIFY2(!QFile::exists(file), "nothing typed: no file");
    }

    void what_leaves_the_list_leaves_the_selection() {
        BookingRows rows;
        rows.add("Ash", 1, 90);
        rows.add("Bo", 4, 80);
        rows.add("Cy", 7, 70);
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 3);
        desk.find<QAction>("bookings.status.pending")->toggle();
        QTRY_COMPARE(desk.rows(), 3);
        select(desk, 0, 3);
        desk.find<QPushButton>("bookings.bulk.decline")->click();
        QTRY_VERIFY(desk.find<DecisionPanel>("bulk")->isVisible());
        desk.find<QPushButton>("bulk.submit")->click();
        QTRY_COMPARE(desk.rows(), 0);
        QTRY_VERIFY(!desk.find<QWidget>("bookings.bulk")->isVisible());
        QCOMPARE(desk.find<StateStack>("booking.state")->state(), StateStack::State::Empty);
        QVERIFY(desk.find<StateStack>("booking.state")->message().contains("No booking selected"));
    }

    void nothing_selected_stays_nothing() {
        BookingRows rows;
        const auto ash = rows.add("Ash");
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1);
        desk.choose(0);
        QVERIFY(shows(desk, ash));
        QTest::mouseClick(desk.table()->viewport(), Qt::LeftButton, Qt::ControlModifier,
                          desk.table()->visualRect(desk.table()->model()->index(0, 0)).center());
        QVERIFY(desk.find<BookingDetail>("booking_detail")->booking().isEmpty());
        rows.add("Bo", 4, 30);
        QTRY_COMPARE(desk.rows(), 2);
        QVERIFY(!desk.table()->selectionModel()->hasSelection());
    }

    void no_message_of_many_goes_before_all_can_be_taken_back() {
        BookingRows rows;
        add_many(rows, most);
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), most);
        desk.table()->selectAll();
        desk.press(Qt::Key_D);
        QTRY_VERIFY(desk.find<DecisionPanel>("bulk")->isVisible());
        desk.find<QPushButton>("bulk.submit")->click();
        const auto *bar = desk.find<UndoBar>("bookings.undo_bar");
        QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), 60000);
        QCOMPARE(rows.owner.value("SELECT count(*) FROM outbox"), std::to_string(most));
        QCOMPARE(rows.owner.value("SELECT min(next_at) > now() + interval '10 seconds' FROM outbox"),
                 std::string("t"));
        QVERIFY(bar->done()->until.remainingTime() > 10000);
    }

    void too_many_are_refused_with_a_word() {
        BookingRows rows;
        add_many(rows, most + 1);
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), most + 1);
        desk.table()->selectAll();
        const auto *words = desk.find<QLabel>("bookings.selected");
        QTRY_VERIFY2(words->text().contains("At most 200"), qPrintable(words->text()));
        QVERIFY(!desk.find<QPushButton>("bookings.bulk.decline")->isEnabled());
        desk.press(Qt::Key_D);
        QVERIFY(!desk.find<DecisionPanel>("bulk")->isVisible());
    }

    void refusals_name_the_time_on_the_companions_clock() {
        Refusal refusal;
        refusal.answer.outcome = db::DecisionOutcome::Changed;
        refusal.answer.last_action = "accept";
        refusal.answer.last_by = "Sam";
        refusal.answer.last_at = base::from_microseconds(1'790'000'000'000'000); // 2026-09-21T14:13:20Z
        refusal.zone = QStringLiteral("Australia/Sydney");
        QVERIFY2(explain(refusal).contains("00:13"), qPrintable(explain(refusal)));
        QVERIFY2(explain(refusal).contains("Sydney time"), qPrintable(explain(refusal)));
    }

    void those_that_were_never_tried_are_named_too() {
        DecisionResult result;
        result.done.bookings.emplace_back().client = QStringLiteral("Ash");
        auto &lost = result.refusals.emplace_back();
        lost.client = QStringLiteral("Bo");
        lost.lost = true;
        auto &untried = result.refusals.emplace_back();
        untried.client = QStringLiteral("Cy");
        untried.was_tried = false;
        const auto text = summary(QStringLiteral("Declined"), result);
        QVERIFY2(text.contains("Declined: 1 of 3") && text.contains("Bo (connection lost") &&
                     text.contains("Cy (not tried)"),
                 qPrintable(text));
    }
};

QTEST_MAIN(BulkDecisionsTest)
#include "bulk_decisions_test.moc"
