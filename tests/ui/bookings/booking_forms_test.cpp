// SPDX-License-Identifier: Apache-2.0
// What a person enters for a decision is lost by no key, no other booking and no answer that comes late.
#include "tests/support/test_server.h"
#include "tests/ui/bookings/deciding.h"
#include "ui/bookings/booking_words.h"
#include "ui/bookings/fact_rows.h"
#include "ui/bookings/undo_bar.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/tenant_id.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QPointer>
#include <QSpinBox>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTextCursor>

using namespace studio;
using namespace studio::ui;
using test_support::TestServer;

namespace {

constexpr int calendar_tab = 1;

// One booking of ada's, chosen and shown.
struct OneBooking {
    BookingRows rows;
    std::string id = rows.add("Robin Vale");
    Desk desk{rows.database.staff_url()};
    bool is_shown() {
        return QTest::qWaitFor([this] { return desk.rows() == 1; }, 10000) &&
               (desk.choose(0), shows(desk, id));
    }
    QPlainTextEdit *text(const char *name) const { return desk.find<QPlainTextEdit>(name); }
    bool has_form() const { return desk.find<DecisionPanel>("decision")->isVisible(); }
};

// Nothing follows that would show that a key did nothing: an answer would be there within that.
void wait_for_what_must_not_happen() {
    QTest::qWait(400); // time is the subject: nothing follows a key that does nothing
}

} // namespace

class BookingFormsTest final : public QObject {
    Q_OBJECT

private slots:
    void undos_that_found_nothing_take_back_no_later_decision() {
        OneBooking one;
        QVERIFY(one.is_shown());
        one.desk.press(Qt::Key_A);
        for (int presses = 0; presses < 3; ++presses) {
            one.desk.press(Qt::Key_Z);
        }
        const auto *bar = one.desk.find<UndoBar>("bookings.undo_bar");
        QTRY_VERIFY2(bar->text().contains("Undone"), qPrintable(bar->text()));
        QTRY_COMPARE(status(one.desk), QStringLiteral("Pending"));
        one.desk.press(Qt::Key_A);
        QTRY_COMPARE(status(one.desk), QStringLiteral("Accepted"));
        wait_for_what_must_not_happen();
        QCOMPARE(one.rows.status(one.id), std::string("accepted"));
    }

    void an_address_stays_as_it_is_typed_while_other_bookings_change() {
        OneBooking one;
        one.rows.owner.done("UPDATE bookings SET place = 'Harbour Hotel'");
        QVERIFY(one.is_shown());
        one.desk.press(Qt::Key_A, Qt::ShiftModifier);
        auto *place = one.text("decision.place");
        QTRY_COMPARE(place->toPlainText(), QStringLiteral("Harbour Hotel"));
        const auto after_a_change = [&](const char *name) {
            one.rows.owner.done(std::string("UPDATE bookings SET message = '") + name +
                                "', version = version + 1");
            return QTest::qWaitFor(
                [&] {
                    return one.desk.find<BookingDetail>("booking_detail")->reading()->booking.message == name;
                },
                10000);
        };
        place->moveCursor(QTextCursor::End);
        QVERIFY(after_a_change("first"));
        QVERIFY2(place->textCursor().atEnd(), "the cursor stays where nothing was typed");
        QTest::keyClick(place, Qt::Key_Space);
        QVERIFY(after_a_change("second"));
        QCOMPARE(place->toPlainText(), QStringLiteral("Harbour Hotel "));
        place->clear();
        QVERIFY(after_a_change("third"));
        QCOMPARE(place->toPlainText(), QString());
    }

    void a_place_that_was_emptied_is_none() {
        OneBooking one;
        one.rows.owner.done("UPDATE bookings SET place = 'Harbour Hotel', place_kind = 'outcall'");
        QVERIFY(one.is_shown());
        one.desk.press(Qt::Key_A, Qt::ShiftModifier);
        auto *place = one.text("decision.place");
        QTRY_COMPARE(place->toPlainText(), QStringLiteral("Harbour Hotel"));
        place->clear();
        one.desk.find<QComboBox>("decision.place_kind")->setCurrentIndex(0);
        one.desk.find<QPushButton>("decision.submit")->click();
        QTRY_COMPARE(one.rows.status(one.id), std::string("accepted"));
        QCOMPARE(
            one.rows.owner.value("SELECT count(*) FROM bookings WHERE place IS NULL AND place_kind IS NULL"),
            std::string("1"));
    }

    void a_booking_entered_while_somebody_types_a_note_is_offered_not_chosen() {
        BookingRows rows;
        const auto robin = rows.add("Robin Vale");
        Desk desk(rows.database.companion_url(), to_text(rows.database.tenant_id()));
        QTRY_COMPARE(desk.rows(), 1);
        desk.choose(0);
        QVERIFY(shows(desk, robin));
        desk.page.open("new");
        desk.find<QLineEdit>("enter.name")->setText("Caller");
        auto *enter = desk.find<QPushButton>("enter.enter");
        QTRY_VERIFY(enter->isEnabled());
        enter->click();
        desk.choose(0); // before the answer is there
        auto *note = desk.find<QPlainTextEdit>("booking.note");
        note->setFocus();
        QTest::keyClicks(note, "Likes ");
        auto *entered = desk.find<Banner>("bookings.entered");
        QTRY_VERIFY(entered->isVisible());
        QTest::keyClicks(QApplication::focusWidget(), "jazz");
        QCOMPARE(note->toPlainText(), QStringLiteral("Likes jazz"));
        QCOMPARE(desk.find<BookingDetail>("booking_detail")->booking().toStdString(), robin);
        entered->action_button()->click();
        QTRY_VERIFY(desk.find<BookingDetail>("booking_detail")->booking().toStdString() != robin);
        QVERIFY(!entered->isVisible());
    }

    void a_row_that_arrives_late_brings_no_tab_to_the_front() {
        BookingRows rows;
        rows.owner.done(
            "INSERT INTO bookings (tenant_id, client_name, client_email, service_type, starts_at, ends_at,"
            " created_at, status) SELECT '" +
            rows.database.tenant_id().text() +
            "', 'Client ' || n, 'client' || n || '@example.com', 'Dinner date',"
            " now() + make_interval(hours => 3 * n), now() + make_interval(hours => 3 * n + 2),"
            " now() - make_interval(mins => 2000 - n), 'pending' FROM generate_series(1, 1000) n");
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1000);
        auto *tabs = desk.find<QTabBar>("bookings.tabs");
        desk.table()->setCurrentIndex(desk.table()->model()->index(600, 0));
        QCOMPARE(tabs->currentIndex(), 0);
        tabs->setCurrentIndex(calendar_tab); // before the booking is there
        const auto *detail = desk.find<BookingDetail>("booking_detail");
        QTRY_VERIFY(detail->reading() && detail->reading()->booking.client_name == "Client 601");
        QCOMPARE(tabs->currentIndex(), calendar_tab);
    }

    void all_that_is_entered_for_a_decision_stays_with_its_booking() {
        BookingRows rows;
        const auto robin = rows.add("Robin Vale", 1, 90), kim = rows.add("Kim Moss", 12, 60);
        Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 2);
        desk.choose(0);
        QVERIFY(shows(desk, robin));
        const auto come_back = [&] {
            desk.choose(1);
            const bool left = shows(desk, kim);
            desk.choose(0);
            return left && shows(desk, robin) && desk.find<DecisionPanel>("decision")->isVisible();
        };
        desk.press(Qt::Key_D);
        auto *reason = desk.find<QComboBox>("decision.reason");
        QTRY_VERIFY(reason->isVisible());
        QVERIFY2(desk.page.may_close(), "nothing was entered yet");
        reason->setCurrentIndex(3);
        QVERIFY(!desk.page.may_close());
        QVERIFY(come_back());
        QCOMPARE(reason->currentIndex(), 3);
        desk.find<QPushButton>("decision.cancel")->click();
        desk.press(Qt::Key_B);
        auto *words = desk.find<QLineEdit>("decision.block.reason");
        QTRY_VERIFY(words->isVisible());
        desk.find<QCheckBox>("decision.block.email")->setChecked(false);
        words->setText("Rude");
        QVERIFY(!desk.page.may_close());
        QVERIFY(come_back());
        QCOMPARE(words->text(), QStringLiteral("Rude"));
        QVERIFY(!desk.find<QCheckBox>("decision.block.email")->isChecked());
        QVERIFY(desk.find<QCheckBox>("decision.block.phone")->isChecked());
    }

    void what_is_entered_about_a_deposit_stays_with_its_booking() {
        BookingRows rows;
        const auto robin = rows.add("Robin Vale", 1, 90, {}, "accepted");
        const auto kim = rows.add("Kim Moss", 12, 60, {}, "accepted");
        Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 2);
        desk.choose(0);
        QTRY_VERIFY(!desk.find<BookingDetail>("booking_detail")->booking().isEmpty());
        const auto first = desk.find<BookingDetail>("booking_detail")->booking().toStdString();
        desk.press(Qt::Key_E);
        auto *amount = desk.find<QLineEdit>("decision.deposit.amount");
        QTRY_VERIFY(amount->isVisible());
        QVERIFY(desk.page.may_close());
        amount->setText("150");
        QVERIFY(!desk.page.may_close());
        desk.choose(1);
        QVERIFY(shows(desk, first == robin ? kim : robin));
        desk.choose(0);
        QVERIFY(shows(desk, first));
        QVERIFY(amount->isVisible());
        QCOMPARE(amount->text(), QStringLiteral("150"));
    }

    void no_single_key_decides_over_an_open_form_with_words() {
        OneBooking one;
        QVERIFY(one.is_shown());
        one.desk.press(Qt::Key_D);
        auto *message = one.text("decision.message");
        QTRY_VERIFY(message->isVisible());
        message->setPlainText("Written with care");
        one.desk.press(Qt::Key_A);
        one.desk.press(Qt::Key_S);
        const auto *said = one.desk.find<Banner>("booking.banner");
        QVERIFY(said->isVisible());
        QVERIFY2(said->text().contains("form"), qPrintable(said->text()));
        wait_for_what_must_not_happen();
        QCOMPARE(one.rows.status(one.id), std::string("pending"));
        QVERIFY(one.has_form());
        QCOMPARE(message->toPlainText(), QStringLiteral("Written with care"));
    }

    void a_decision_that_is_taken_back_gives_its_words_back() {
        OneBooking one;
        QVERIFY(one.is_shown());
        one.desk.press(Qt::Key_D);
        auto *message = one.text("decision.message");
        QTRY_VERIFY(message->isVisible());
        message->setPlainText("Written with care");
        one.desk.find<QComboBox>("decision.reason")->setCurrentIndex(2);
        one.desk.find<QPushButton>("decision.submit")->click();
        QTRY_COMPARE(status(one.desk), QStringLiteral("Declined"));
        QVERIFY(!one.has_form());
        one.desk.find<QPushButton>("bookings.undo")->click();
        QTRY_VERIFY(one.has_form());
        QCOMPARE(message->toPlainText(), QStringLiteral("Written with care"));
        QCOMPARE(one.desk.find<QComboBox>("decision.reason")->currentIndex(), 2);
        QTRY_VERIFY(one.desk.find<QPushButton>("decision.submit")->isEnabled());
    }

    void letters_typed_on_after_a_form_was_sent_are_no_commands() {
        OneBooking one;
        QVERIFY(one.is_shown());
        one.desk.press(Qt::Key_P);
        auto *message = one.text("decision.message");
        QTRY_VERIFY(message->isVisible());
        message->setFocus();
        QTest::keyClick(message, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(!one.has_form());
        QTRY_COMPARE(status(one.desk), QStringLiteral("Time proposed"));
        one.desk.press(Qt::Key_S);
        wait_for_what_must_not_happen();
        QCOMPARE(one.rows.status(one.id), std::string("proposed"));
    }

    void a_key_for_one_booking_says_why_it_does_nothing_with_several() {
        BookingRows rows;
        rows.add("Robin Vale", 1, 90);
        rows.add("Kim Moss", 12, 60);
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 2);
        select(desk, 0, 2);
        desk.press(Qt::Key_A);
        const auto *bar = desk.find<UndoBar>("bookings.undo_bar");
        QVERIFY(bar->isVisible());
        QVERIFY2(bar->text().contains("one booking at a time"), qPrintable(bar->text()));
    }

    void a_key_while_a_decision_is_on_its_way_says_so_and_decides_nothing() {
        OneBooking one;
        QVERIFY(one.is_shown());
        one.desk.press(Qt::Key_A);
        one.desk.press(Qt::Key_S);
        const auto *bar = one.desk.find<UndoBar>("bookings.undo_bar");
        QVERIFY2(bar->text().contains("still on its way"), qPrintable(bar->text()));
        QTRY_COMPARE(status(one.desk), QStringLiteral("Accepted"));
        QCOMPARE(one.rows.status(one.id), std::string("accepted"));
    }

    void esc_asks_before_it_discards_what_was_entered() {
        OneBooking one;
        QVERIFY(one.is_shown());
        one.desk.press(Qt::Key_D);
        auto *message = one.text("decision.message");
        QTRY_VERIFY(message->isVisible());
        QTest::keyClick(message, Qt::Key_Escape);
        QVERIFY2(!one.has_form(), "nothing was entered");
        one.desk.press(Qt::Key_D);
        QTRY_VERIFY(message->isVisible());
        message->setPlainText("Written with care");
        QTest::keyClick(message, Qt::Key_Escape);
        QVERIFY(one.has_form());
        const auto *problem = one.desk.find<QLabel>("decision.problem");
        QVERIFY2(problem->text().contains("Esc again"), qPrintable(problem->text()));
        QTest::keyClicks(message, "!");
        QVERIFY2(problem->text().isEmpty(), "who types on means to go on");
        QTest::keyClick(message, Qt::Key_Escape);
        QVERIFY(one.has_form());
        QTest::keyClick(message, Qt::Key_Escape);
        QVERIFY(!one.has_form());
    }

    void keys_work_on_where_a_text_was_selected_that_changes() {
        QWidget page;
        auto *facts = new FactRows(QStringLiteral("facts"), &page);
        facts->show_rows({{"Email", "client@example.com"}, {"Phone", "1"}});
        page.show();
        page.activateWindow();
        const auto labels = [&] { return facts->findChildren<QLabel *>(); };
        const QPointer<QLabel> email = labels().at(1);
        email->setFocus();
        QTRY_VERIFY(email->hasFocus());
        facts->show_rows({{"Email", "client@example.com"}, {"Phone", "2"}});
        QVERIFY2(email && email->hasFocus(), "what did not change stays");
        QCOMPARE(facts->text(), QStringLiteral("Email: client@example.com\nPhone: 2"));
        facts->show_rows({{"Email", "client@example.com"}});
        QVERIFY(QApplication::focusWidget() != nullptr);
        QVERIFY(&page == QApplication::focusWidget() || page.isAncestorOf(QApplication::focusWidget()));
        QCOMPARE(facts->text(), QStringLiteral("Email: client@example.com"));
    }

    void an_open_deposit_form_follows_what_became_of_the_deposit() {
        BookingRows rows;
        const auto robin = rows.add("Robin Vale", 9, 60, {}, "accepted");
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1);
        desk.choose(0);
        QVERIFY(shows(desk, robin));
        desk.press(Qt::Key_E);
        auto *what = desk.find<QComboBox>("decision.deposit.what");
        QTRY_VERIFY(what->isVisible());
        QCOMPARE(what->findData(QStringLiteral("received")), -1);
        db::Session other(rows.database.operator_url());
        QCOMPARE(db::BookingDecisionStore(other)
                     .deposit(robin, std::nullopt, {"asked", 5000, {}, {}, {}, {}})
                     .outcome,
                 db::DecisionOutcome::Done);
        QTRY_VERIFY(what->findData(QStringLiteral("received")) >= 0);
    }

    void a_form_lengthens_no_short_booking() {
        OneBooking one;
        one.rows.owner.done("UPDATE bookings SET ends_at = starts_at + interval '10 minutes'");
        QVERIFY(one.is_shown());
        one.desk.press(Qt::Key_A, Qt::ShiftModifier);
        QTRY_VERIFY(one.has_form());
        QCOMPARE(one.desk.find<QSpinBox>("decision.minutes")->value(), 10);
    }

    void what_was_typed_is_there_after_the_program_ended() {
        QTemporaryDir home;
        const auto preferences = home.filePath("staff.json"), file = preferences + ".typed";
        BookingRows rows;
        const auto robin = rows.add("Robin Vale", 1, 90), kim = rows.add("Kim Moss", 12, 60);
        {
            Desk desk(rows.database.staff_url(), {}, preferences);
            QTRY_COMPARE(desk.rows(), 2);
            desk.choose(0);
            QVERIFY(shows(desk, robin));
            desk.find<QPlainTextEdit>("booking.note")->setPlainText("Called back");
            desk.choose(1);
            QVERIFY(shows(desk, kim));
            desk.press(Qt::Key_D);
            auto *message = desk.find<QPlainTextEdit>("decision.message");
            QTRY_VERIFY(message->isVisible());
            message->setPlainText("Written with care");
            QTRY_VERIFY(QFile::exists(file)); // without any end that could write it
            QCOMPARE(QFile::permissions(file) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
            QVERIFY(!desk.page.may_close());
            QVERIFY2(desk.page.may_close_for_now(), "it waits in the file");
            const Desk second(rows.database.staff_url(), {}, preferences);
            QTRY_COMPARE(second.rows(), 2);
            second.choose(0);
            QVERIFY(shows(second, robin));
            QVERIFY2(second.find<QPlainTextEdit>("booking.note")->toPlainText().isEmpty(),
                     "two programs do not both add the note");
        }
        Desk desk(rows.database.staff_url(), {}, preferences);
        QTRY_COMPARE(desk.rows(), 2);
        desk.choose(0);
        QVERIFY(shows(desk, robin));
        QCOMPARE(desk.find<QPlainTextEdit>("booking.note")->toPlainText(), QStringLiteral("Called back"));
        desk.find<QPushButton>("booking.add_note")->click();
        desk.choose(1);
        QVERIFY(shows(desk, kim));
        QCOMPARE(desk.find<QPlainTextEdit>("decision.message")->toPlainText(),
                 QStringLiteral("Written with care"));
        desk.find<QPushButton>("decision.cancel")->click();
        QTRY_VERIFY2(!QFile::exists(file), "nothing typed: no file");
    }

    void nothing_stays_on_this_computer_about_a_booking_that_was_erased() {
        QTemporaryDir home;
        const auto preferences = home.filePath("staff.json"), file = preferences + ".typed";
        BookingRows rows;
        const auto robin = rows.add("Robin Vale");
        {
            const Desk desk(rows.database.staff_url(), {}, preferences);
            QTRY_COMPARE(desk.rows(), 1);
            desk.choose(0);
            QVERIFY(shows(desk, robin));
            desk.find<QPlainTextEdit>("booking.note")->setPlainText("Called back");
        }
        QVERIFY(QFile::exists(file));
        db::Sql staff{rows.database.staff_url()};
        QCOMPARE(staff.value("SELECT count(*) FROM privacy_erase_booking(NULL, '" + robin + "')"),
                 std::string("1"));
        const Desk desk(rows.database.staff_url(), {}, preferences);
        QTRY_VERIFY(!QFile::exists(file));
    }

    void only_what_the_strip_names_is_discarded() {
        OneBooking one;
        QVERIFY(one.is_shown());
        auto *note = one.text("booking.note");
        note->setPlainText("Called back");
        QVERIFY(!one.desk.page.may_close());
        one.desk.find<QLineEdit>("enter.name")->setText("Caller");
        auto *strip = one.desk.find<Banner>("bookings.unsaved");
        strip->action_button()->click();
        QVERIFY2(strip->isVisible() && strip->text().contains("not entered"), qPrintable(strip->text()));
        QCOMPARE(note->toPlainText(), QStringLiteral("Called back"));
        strip->action_button()->click();
        QVERIFY(!strip->isVisible());
        QVERIFY(one.desk.page.may_close());
    }

    void an_undo_that_the_lost_connection_stopped_is_offered_again() {
        OneBooking one;
        QVERIFY(one.is_shown());
        one.desk.press(Qt::Key_A);
        QTRY_COMPARE(status(one.desk), QStringLiteral("Accepted"));
        auto *undo = one.desk.find<QPushButton>("bookings.undo");
        QTRY_VERIFY(undo->isVisible());
        QTRY_VERIFY(one.desk.watcher.connected());
        TestServer::instance().kill();
        undo->click(); // before the watcher knows
        QVERIFY(!undo->isVisible());
        QTRY_VERIFY(undo->isVisible());
        TestServer::instance().start();
        QTRY_VERIFY_WITH_TIMEOUT(one.desk.watcher.connected(), 20000);
    }
};

QTEST_MAIN(BookingFormsTest)
#include "booking_forms_test.moc"
