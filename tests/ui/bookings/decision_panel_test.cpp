// SPDX-License-Identifier: Apache-2.0
// What is typed for a decision stays with its booking, and says the moment that is meant.
#include "db/connection/session.h"
#include "db/stores/revision_store.h"
#include "tests/ui/bookings/desk.h"
#include "tests/ui/bookings/tabbing.h"
#include "ui/bookings/booking_detail.h"
#include "ui/bookings/deposit_fields.h"
#include "ui/bookings/time_fields.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/banner.h"

#include <QComboBox>
#include <QDateEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTimeEdit>
#include <QUuid>

using namespace studio;
using namespace studio::ui;

namespace {

bool shows(const Desk &desk, const std::string &booking) {
    const auto *detail = desk.find<BookingDetail>("booking_detail");
    return QTest::qWaitFor([&] { return detail->booking() == QString::fromStdString(booking); }, 10000);
}

bool opened(const Desk &desk, const std::string &booking) {
    if (!QTest::qWaitFor([&] { return desk.rows() > 0; }, 10000)) {
        return false;
    }
    desk.choose(0);
    return shows(desk, booking);
}

models::Time utc(int day, int month, int year, int hour, int minute) {
    return models::Time(std::chrono::sys_days(std::chrono::year(year) / month / day)) +
           std::chrono::hours(hour) + std::chrono::minutes(minute);
}

} // namespace

class DecisionPanelTest final : public QObject {
    Q_OBJECT

private slots:
    void words_of_a_decision_are_there_again_with_their_booking() {
        BookingRows rows;
        const auto first = rows.add("Robin Vale", 9, 60);
        const auto second = rows.add("Kim Moss", 10, 50);
        const Desk desk(rows.database.staff_url());
        QVERIFY(opened(desk, first));
        desk.press(Qt::Key_A);
        QTRY_COMPARE(rows.status(first), std::string("accepted"));
        QTRY_COMPARE(desk.text(0), QStringLiteral("Kim Moss"));
        desk.choose(0);
        QVERIFY(shows(desk, second));
        desk.press(Qt::Key_A, Qt::ShiftModifier);
        auto *message = desk.find<QPlainTextEdit>("decision.message");
        QTRY_VERIFY(message->isVisible());
        message->setPlainText("Written with care");
        desk.find<QSpinBox>("decision.minutes")->setValue(90);
        desk.find<QPlainTextEdit>("decision.place")->setPlainText("At the harbour");
        desk.find<QPushButton>("decision.submit")->click();
        auto *banner = desk.find<Banner>("decision.banner");
        QTRY_VERIFY2(banner->text().contains("Another booking has this time"), qPrintable(banner->text()));
        banner->action_button()->click();
        QVERIFY(shows(desk, first));
        QVERIFY(!desk.find<DecisionPanel>("decision")->isVisible());
        desk.choose(0);
        QVERIFY(shows(desk, second));
        QVERIFY(desk.find<DecisionPanel>("decision")->isVisible());
        QCOMPARE(message->toPlainText(), QStringLiteral("Written with care"));
        QCOMPARE(desk.find<QSpinBox>("decision.minutes")->value(), 90);
        QCOMPARE(desk.find<QPlainTextEdit>("decision.place")->toPlainText(),
                 QStringLiteral("At the harbour"));
        QVERIFY2(desk.table()->hasFocus(), "who goes through the list goes on there");
        desk.find<QPushButton>("decision.cancel")->click();
        desk.choose(1);
        QVERIFY(shows(desk, first));
        desk.choose(0);
        QVERIFY(shows(desk, second));
        QVERIFY2(!desk.find<DecisionPanel>("decision")->isVisible(), "it was given up");
    }

    void another_decision_about_the_same_booking_goes_on_with_the_time() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale");
        const Desk desk(rows.database.staff_url());
        QVERIFY(opened(desk, booking));
        desk.press(Qt::Key_A, Qt::ShiftModifier);
        auto *minutes = desk.find<QSpinBox>("decision.minutes");
        QTRY_VERIFY(minutes->isVisible());
        minutes->setValue(45);
        desk.press(Qt::Key_P);
        QTRY_VERIFY(desk.find<QLabel>("decision.title")->text().contains("Propose"));
        QCOMPARE(minutes->value(), 45);
    }

    void a_form_follows_the_booking_where_nobody_touched_it() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale");
        const Desk desk(rows.database.staff_url());
        QVERIFY(opened(desk, booking));
        desk.press(Qt::Key_A, Qt::ShiftModifier);
        auto *minutes = desk.find<QSpinBox>("decision.minutes");
        QTRY_COMPARE(minutes->value(), 120);
        rows.owner.done(
            "UPDATE bookings SET ends_at = starts_at + interval '3 hours', place = 'Harbour Hotel',"
            " version = version + 1");
        QTRY_COMPARE(minutes->value(), 180);
        QCOMPARE(desk.find<QPlainTextEdit>("decision.place")->toPlainText(), QStringLiteral("Harbour Hotel"));
    }

    void tab_goes_down_the_form() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale");
        const Desk desk(rows.database.staff_url());
        QVERIFY(opened(desk, booking));
        desk.press(Qt::Key_A, Qt::ShiftModifier);
        QTRY_VERIFY(desk.find<QDateEdit>("decision.day")->hasFocus());
        QCOMPARE(fields_until("decision.submit"),
                 (QStringList{"decision.day", "decision.time", "decision.minutes", "decision.place_kind",
                              "decision.place", "decision.message", "decision.with_deposit", "decision.mail",
                              "decision.preview.body", "decision.cancel", "decision.submit"}));
        desk.press(Qt::Key_D);
        QTRY_VERIFY(desk.find<QComboBox>("decision.reason")->hasFocus());
        QCOMPARE(fields_until("decision.message"),
                 (QStringList{"decision.reason", "decision.note", "decision.message"}));
    }

    void tab_goes_from_a_deposits_day_to_how_it_was_paid() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale", 9, 60, {}, "accepted");
        db::Session other(rows.database.operator_url());
        QCOMPARE(db::BookingDecisionStore(other)
                     .deposit(booking, std::nullopt, {"asked", 5000, {}, {}, {}, {}})
                     .outcome,
                 db::DecisionOutcome::Done);
        const Desk desk(rows.database.staff_url());
        QVERIFY(opened(desk, booking));
        desk.press(Qt::Key_E);
        auto *what = desk.find<QComboBox>("decision.deposit.what");
        QTRY_VERIFY(what->isVisible());
        QVERIFY(desk.find<QLineEdit>("decision.deposit.method")->isVisible());
        what->setFocus();
        QCOMPARE(fields_until("decision.deposit.method"),
                 (QStringList{"decision.deposit.what", "decision.deposit.day", "decision.deposit.method"}));
    }

    void a_booking_without_a_time_is_given_the_length_of_its_service() {
        BookingRows rows;
        db::Session people(rows.database.operator_url());
        db::RevisionStore revisions(people);
        auto latest = *revisions.latest(rows.database.tenant_id());
        latest.documents.content["services"] =
            models::Json::array({{{"id", "night"}, {"name", "Night"}, {"duration", "10 hours"}}});
        revisions.save_and_publish(rows.database.tenant_id(), latest.summary.number, latest.documents, "",
                                   QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString());
        const auto night = rows.add("Robin Vale", 1, 90), walk = rows.add("Kim Moss", 9, 60);
        rows.owner.done("UPDATE bookings SET starts_at = NULL, ends_at = NULL");
        rows.owner.done("UPDATE bookings SET service_type = 'Night' WHERE id = '" + night + "'");
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 2);
        const auto *minutes = desk.find<QSpinBox>("decision.minutes");
        for (const auto key : {Qt::Key_P, Qt::Key_A}) { // to accept it asks for a time as well
            desk.choose(0);
            QVERIFY(shows(desk, night));
            desk.press(key);
            QTRY_VERIFY(minutes->isVisible());
            QCOMPARE(minutes->value(), 600);
            QVERIFY2(!desk.find<DecisionPanel>("decision")->draft(), "a person has entered nothing");
            desk.choose(1);
            QVERIFY(shows(desk, walk));
            desk.press(key);
            QTRY_VERIFY(minutes->isVisible());
            QCOMPARE(minutes->value(), 60);
        }
    }

    void what_is_missing_is_said_when_it_is_sent_and_not_before() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale", 9, 60, {}, "accepted");
        const Desk desk(rows.database.staff_url());
        QVERIFY(opened(desk, booking));
        desk.press(Qt::Key_E);
        auto *amount = desk.find<QLineEdit>("decision.deposit.amount");
        QTRY_VERIFY(amount->isVisible());
        const auto *problem = desk.find<QLabel>("decision.problem");
        QCOMPARE(problem->text(), QString());
        auto *submit = desk.find<QPushButton>("decision.submit");
        submit->click();
        QCOMPARE(problem->text(), QStringLiteral("Enter an amount."));
        QTRY_VERIFY(amount->hasFocus());
        amount->setText("much");
        QVERIFY2(!problem->text().isEmpty() && problem->text() != QLatin1String("Enter an amount."),
                 qPrintable(problem->text()));
        QVERIFY(!submit->isEnabled());
        amount->setText("80");
        QCOMPARE(problem->text(), QString());
        submit->click();
        QTRY_COMPARE(rows.owner.value("SELECT coalesce(deposit_state || ' ' || deposit_minor, '')"
                                      " FROM bookings"),
                     std::string("asked 8000"));
    }

    void a_question_without_words_is_not_sent() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale");
        const Desk desk(rows.database.staff_url());
        QVERIFY(opened(desk, booking));
        desk.press(Qt::Key_Q);
        auto *message = desk.find<QPlainTextEdit>("decision.message");
        QTRY_VERIFY(message->hasFocus());
        const auto *problem = desk.find<QLabel>("decision.problem");
        QCOMPARE(problem->text(), QString());
        QTest::keyClick(message, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(problem->text(), QStringLiteral("Write what the client should answer."));
        QTest::keyClicks(message, "Where");
        QCOMPARE(problem->text(), QString());
        QTest::keyClick(message, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(rows.status(booking), std::string("waiting"));
    }

    void fields_without_a_zone_have_that_of_a_companion_who_names_none() {
        TimeFields fields(QStringLiteral("test"));
        fields.set_span(utc(1, 3, 2027, 0, 0), std::nullopt);
        const auto words = fields.findChild<QLabel *>(QStringLiteral("test.words"))->text();
        QVERIFY2(words.contains("11:00") && words.contains("Sydney time"), qPrintable(words));
    }

    void a_deposit_is_asked_for_again_where_the_database_allows_it_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("state");
        QTest::addColumn<int>("begins_in_hours");
        QTest::addColumn<QStringList>("offered");
        const auto add = [](const char *name, models::BookingStatus status, const char *state, int hours,
                            const QStringList &offered) {
            QTest::addRow("%s", name)
                << static_cast<int>(status) << QString::fromLatin1(state) << hours << offered;
        };
        using Status = models::BookingStatus;
        add("none yet", Status::Accepted, "", 5, {"Ask for a deposit"});
        add("returned", Status::Accepted, "returned", 5, {"Ask for the deposit again"});
        add("returned, agreed", Status::Confirmed, "returned", 5, {"Ask for the deposit again"});
        add("returned, begun", Status::Confirmed, "returned", -1, {});
        add("returned, cancelled", Status::Cancelled, "returned", 5, {});
        const QStringList received{"The deposit was returned", "The deposit is kept"};
        add("received", Status::Confirmed, "received", 5,
            received + QStringList{"It was not received: ask for it again"});
        add("received, begun", Status::Confirmed, "received", -1, received);
        add("kept", Status::Confirmed, "kept", 5, {"The deposit was returned"});
        add("asked", Status::Accepted, "asked", 5,
            {"The deposit was received", "Ask for another amount or day"});
    }

    void a_deposit_is_asked_for_again_where_the_database_allows_it() {
        QFETCH(int, status);
        QFETCH(QString, state);
        QFETCH(int, begins_in_hours);
        QFETCH(QStringList, offered);
        db::Booking booking;
        booking.status = static_cast<models::BookingStatus>(status);
        booking.deposit.state = state.toStdString();
        booking.start = base::now() + std::chrono::hours(begins_in_hours);
        DepositFields fields(QStringLiteral("test"));
        fields.begin(booking, QStringLiteral("Australia/Sydney"), "AUD");
        const auto *what = fields.findChild<QComboBox *>(QStringLiteral("test.deposit.what"));
        QStringList words;
        for (int row = 0; row < what->count(); ++row) {
            words << what->itemText(row);
        }
        QCOMPARE(words, offered);
    }

    void both_hours_of_the_night_when_clocks_go_back_are_kept_apart() {
        TimeFields fields(QStringLiteral("test"));
        fields.set_zone(QStringLiteral("Australia/Sydney"));
        for (const auto start : {utc(3, 4, 2027, 15, 30), utc(3, 4, 2027, 16, 30)}) {
            fields.set_span(start, start + std::chrono::hours(1));
            QCOMPARE(fields.start(), start);
            QCOMPARE(fields.end(), start + std::chrono::hours(1));
            QVERIFY(fields.problem().isEmpty());
        }
    }

    void a_time_that_the_clocks_leave_out_is_refused_with_a_word() {
        TimeFields fields(QStringLiteral("test"));
        fields.set_zone(QStringLiteral("Australia/Sydney"));
        fields.set_span(utc(1, 10, 2026, 0, 0), std::nullopt);
        fields.findChild<QDateEdit *>(QStringLiteral("test.day"))->setDate(QDate(2026, 10, 4));
        fields.findChild<QTimeEdit *>(QStringLiteral("test.time"))->setTime(QTime(2, 30));
        QVERIFY2(fields.problem().contains("02:30"), qPrintable(fields.problem()));
        fields.findChild<QTimeEdit *>(QStringLiteral("test.time"))->setTime(QTime(3, 30));
        QVERIFY(fields.problem().isEmpty());
    }
};

QTEST_MAIN(DecisionPanelTest)
#include "decision_panel_test.moc"
