// SPDX-License-Identifier: Apache-2.0
// Keys where nobody means them, and what was typed.
#include "tests/support/test_server.h"
#include "tests/ui/bookings/deciding.h"
#include "ui/bookings/cheat_sheet.h"
#include "ui/bookings/enter_panel.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/tenant_id.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTabBar>
#include <QTemporaryDir>

using namespace studio;
using namespace studio::ui;
using test_support::TestServer;

namespace {

constexpr int calendar_tab = 1;
constexpr int availability_tab = 2;

} // namespace

class BookingTypingTest final : public QObject {
    Q_OBJECT

private slots:
    void any_key_over_the_cheat_sheet_closes_it_and_does_nothing_else() {
        BookingRows rows;
        const auto robin = rows.add("Robin Vale");
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1);
        desk.choose(0);
        QVERIFY(shows(desk, robin));
        auto *sheet = desk.find<CheatSheet>("bookings.keys");
        for (const auto key : {Qt::Key_A, Qt::Key_S, Qt::Key_Question, Qt::Key_V}) {
            desk.find<QAction>("bookings.show_keys")->trigger();
            QTRY_VERIFY(sheet->isVisible());
            QTest::keyClick(sheet, key);
            QVERIFY(!sheet->isVisible());
        }
        auto *queue = desk.find<QWidget>("bookings.queue");
        queue->setFocus();
        desk.find<QAction>("bookings.show_keys")->trigger();
        QTRY_VERIFY(sheet->isVisible());
        QTest::keyClick(sheet, Qt::Key_Escape);
        QVERIFY2(queue->hasFocus(), "the arrow keys choose the next booking again");
        // time is the subject: an accepted booking would be one within that
        QTest::qWait(300);
        QCOMPARE(rows.status(robin), std::string("pending"));
    }

    void a_key_decides_nothing_about_a_booking_that_is_not_on_the_screen() {
        BookingRows rows;
        const auto robin = rows.add("Robin Vale");
        const Desk desk(rows.database.companion_url(), to_text(rows.database.tenant_id()));
        QTRY_COMPARE(desk.rows(), 1);
        desk.choose(0);
        QVERIFY(shows(desk, robin));
        auto *tabs = desk.find<QTabBar>("bookings.tabs");
        tabs->setCurrentIndex(availability_tab);
        auto *offers = desk.find<QCheckBox>("availability.offers");
        QTRY_VERIFY(offers->isVisible());
        offers->setFocus();
        QTest::keyClick(offers, Qt::Key_A);
        QCOMPARE(tabs->currentIndex(), availability_tab);
        tabs->setCurrentIndex(calendar_tab);
        desk.press(Qt::Key_A);
        QVERIFY(desk.find<BookingDetail>("booking_detail")->isVisible()); // it is shown first
        // time is the subject: an accepted booking would be one within that
        QTest::qWait(300);
        QCOMPARE(rows.status(robin), std::string("pending"));
        desk.press(Qt::Key_A);
        QTRY_COMPARE(rows.status(robin), std::string("accepted"));
    }

    void words_typed_while_a_decision_is_on_its_way_are_no_commands() {
        BookingRows rows;
        const auto robin = rows.add("Robin Vale");
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1);
        desk.choose(0);
        QVERIFY(shows(desk, robin));
        desk.press(Qt::Key_D);
        QTRY_VERIFY(desk.find<DecisionPanel>("decision")->isVisible());
        desk.find<QPushButton>("decision.submit")->click();
        auto *note = desk.find<QPlainTextEdit>("booking.note");
        note->setFocus();
        QTest::keyClicks(note, "sor");
        QTRY_COMPARE(status(desk), QStringLiteral("Declined"));
        QVERIFY(note->hasFocus());
        QTest::keyClicks(QApplication::focusWidget(), "ry");
        QCOMPARE(note->toPlainText(), QStringLiteral("sorry"));
        QCOMPARE(rows.status(robin), std::string("declined"));
    }

    void letters_for_the_next_booking_by_phone_do_not_decide_about_the_one_just_entered() {
        const BookingRows rows;
        Desk desk(rows.database.companion_url(), to_text(rows.database.tenant_id()));
        desk.page.open("new");
        auto *name = desk.find<QLineEdit>("enter.name");
        name->setText("Caller");
        auto *enter = desk.find<QPushButton>("enter.enter");
        QTRY_VERIFY(enter->isEnabled());
        QSignalSpy entered(desk.find<EnterPanel>("enter_panel"), &EnterPanel::entered);
        enter->click();
        QTRY_COMPARE(entered.count(), 1);
        for (int letter = 0; letter < 20; ++letter) {
            desk.press(Qt::Key_A);
            // time is the subject: a person types on while the new booking is read and shown
            QTest::qWait(50);
        }
        const auto id = entered.first().first().toString().toStdString();
        QVERIFY(shows(desk, id));
        db::Session session(rows.database.staff_url());
        QCOMPARE(db::BookingStore(session).find(id)->status, models::BookingStatus::Pending);
    }

    void the_page_does_not_go_with_what_was_typed() {
        BookingRows rows;
        const auto robin = rows.add("Robin Vale");
        Desk desk(rows.database.companion_url(), to_text(rows.database.tenant_id()));
        QTRY_COMPARE(desk.rows(), 1);
        QVERIFY(desk.page.may_close());
        desk.choose(0);
        QVERIFY(shows(desk, robin));
        auto *note = desk.find<QPlainTextEdit>("booking.note");
        auto *strip = desk.find<Banner>("bookings.unsaved");
        const auto asks = [&](const char *what) {
            const bool stays = !desk.page.may_close() && strip->isVisible() && strip->text().contains(what);
            strip->action_button()->click(); // discards it
            return stays && !strip->isVisible() && desk.page.may_close();
        };
        note->setPlainText("Called back");
        QVERIFY(asks("Robin Vale"));
        QCOMPARE(note->toPlainText(), QString());
        desk.press(Qt::Key_D);
        auto *message = desk.find<QPlainTextEdit>("decision.message");
        QTRY_VERIFY(message->isVisible());
        message->setPlainText("Sorry");
        QVERIFY(asks("a decision"));
        desk.find<QLineEdit>("enter.name")->setText("Caller");
        QVERIFY(asks("not entered"));
        desk.find<QTabBar>("bookings.tabs")->setCurrentIndex(availability_tab);
        auto *offers = desk.find<QCheckBox>("availability.offers");
        QTRY_VERIFY(offers->isVisible());
        offers->toggle();
        QVERIFY(asks("availability"));
    }

    void what_is_typed_after_a_note_was_sent_stays() {
        BookingRows rows;
        const auto robin = rows.add("Robin Vale");
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1);
        desk.choose(0);
        QVERIFY(shows(desk, robin));
        auto *note = desk.find<QPlainTextEdit>("booking.note");
        auto *add = desk.find<QPushButton>("booking.add_note");
        note->setPlainText("Called back.");
        add->click();
        note->appendPlainText("Wants a quiet table");
        QVERIFY(!add->isEnabled()); // not the same note twice
        QTRY_COMPARE(rows.owner.value("SELECT count(*) FROM booking_notes"), std::string("1"));
        QTRY_COMPARE(note->toPlainText().trimmed(), QStringLiteral("Wants a quiet table"));
        QVERIFY(add->isEnabled());
    }

    void a_row_whose_booking_is_on_its_way_is_shown_once_it_is_there() {
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
        desk.table()->setCurrentIndex(desk.table()->model()->index(100, 0));
        const auto *detail = desk.find<BookingDetail>("booking_detail");
        QTRY_VERIFY(detail->reading() && detail->reading()->booking.client_name == "Client 101");
        desk.table()->setCurrentIndex(desk.table()->model()->index(600, 0));
        desk.press(Qt::Key_A);
        QTRY_VERIFY(detail->reading() && detail->reading()->booking.client_name == "Client 601");
        QCOMPARE(desk.table()->currentIndex().row(), 600);
        QCOMPARE(rows.owner.value("SELECT count(*) FROM bookings WHERE status <> 'pending'"),
                 std::string("0"));
    }

    void a_booking_that_cannot_be_read_is_not_shown_as_the_one_before() {
        BookingRows rows;
        const auto robin = rows.add("Robin Vale", 1, 90);
        rows.add("Kim Moss", 12, 60);
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 2);
        desk.choose(0);
        QVERIFY(shows(desk, robin));
        desk.find<QPlainTextEdit>("booking.note")->setPlainText("Called back");
        TestServer::instance().kill();
        desk.choose(1);
        const auto *state = desk.find<StateStack>("booking.state");
        QTRY_COMPARE_WITH_TIMEOUT(state->state(), StateStack::State::Error, 15000);
        QVERIFY(desk.find<BookingDetail>("booking_detail")->booking().isEmpty());
        TestServer::instance().start();
        desk.choose(0);
        QVERIFY(shows(desk, robin));
        QCOMPARE(desk.find<QPlainTextEdit>("booking.note")->toPlainText(), QStringLiteral("Called back"));
    }

    void a_press_on_the_chosen_row_or_its_tab_brings_it_back() {
        BookingRows rows;
        const auto robin = rows.add("Robin Vale");
        Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1);
        desk.choose(0);
        QVERIFY(shows(desk, robin));
        const auto *detail = desk.find<BookingDetail>("booking_detail");
        auto *tabs = desk.find<QTabBar>("bookings.tabs");
        tabs->setCurrentIndex(calendar_tab);
        QVERIFY(!detail->isVisible());
        desk.choose(0);
        QVERIFY(detail->isVisible());
        desk.page.open("new");
        QVERIFY(!detail->isVisible());
        QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(0).center());
        QVERIFY(detail->isVisible());
    }

    void views_belong_to_one_login_of_one_database() {
        QTemporaryDir home;
        BookingRows rows;
        const auto path = [&](const std::string &url) {
            db::Session session(url);
            return booking_preferences_path(home.path(), session.database_id(), session.identity().login);
        };
        const auto staff = path(rows.database.staff_url()), hers = path(rows.database.companion_url());
        {
            const Desk desk(rows.database.staff_url(), {}, staff);
            desk.find<QLineEdit>("bookings.words")->setText("robin@example.com");
            BookingPreferences of_another_studio;
            of_another_studio.views.push_back({QStringLiteral("Other"), {}});
            QVERIFY(save_booking_preferences(staff, of_another_studio));
            desk.find<QAction>("bookings.save_view_as")->trigger();
            desk.find<QLineEdit>("bookings.view_name")->setText("Robin");
            desk.find<QPushButton>("bookings.save_view")->click();
        }
        QCOMPARE(load_booking_preferences(staff).views.size(), std::size_t(2)); // nothing was overwritten
        QCOMPARE(QFile::permissions(staff) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        const Desk desk(rows.database.companion_url(), to_text(rows.database.tenant_id()), hers);
        for (const auto *action : desk.find<QPushButton>("bookings.views")->menu()->actions()) {
            QVERIFY(action->text() != QLatin1String("Robin"));
        }
    }

    void filters_know_what_is_gone_and_what_was_asked_for() {
        BookingRows rows;
        rows.add("Robin Vale");
        rows.owner.done("UPDATE bookings SET service_type = 'Picnic'");
        Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1);
        auto *services = desk.find<QComboBox>("bookings.service");
        QTRY_VERIFY(services->findText("Picnic") > 0);
        auto *filters = desk.find<QueueFilters>("bookings.filters");
        QueueFilter of_nobody;
        of_nobody.tenant_id = QStringLiteral("00000000-0000-4000-8000-000000000000");
        filters->set_filter(of_nobody);
        QCOMPARE(desk.find<QComboBox>("bookings.companion")->currentText(),
                 QStringLiteral("A companion who is gone"));
        emit filters->changed();
        QTRY_COMPARE(desk.rows(), 0);
    }

    void what_is_cut_off_in_a_row_is_in_its_tool_tip() {
        BookingRows rows;
        rows.add("Robin Vale");
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1);
        for (int column = 0; column < BookingsModel::column_count; ++column) {
            const auto index = desk.table()->model()->index(0, column);
            const auto tip = index.data(Qt::ToolTipRole).toString();
            QVERIFY2(tip.contains(index.data().toString()), qPrintable(tip));
            QVERIFY2(tip.contains(index.data(BookingsModel::SecondLine).toString()), qPrintable(tip));
        }
        QVERIFY(desk.table()->model()->index(0, 0).data(Qt::ToolTipRole).toString().contains("Dinner date"));
    }
};

QTEST_MAIN(BookingTypingTest)
#include "booking_typing_test.moc"
