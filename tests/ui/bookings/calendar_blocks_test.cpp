// SPDX-License-Identifier: Apache-2.0
// Blocked time in the calendar while an answer is on its way or another companion is chosen.
#include "db/bookings/availability_store.h"
#include "tests/support/test_server.h"
#include "tests/ui/bookings/desk.h"
#include "tests/ui/bookings/tabbing.h"
#include "ui/bookings/block_change.h"
#include "ui/bookings/booking_words.h"
#include "ui/bookings/calendar_view.h"
#include "ui/bookings/week_grid.h"
#include "ui/widgets/banner.h"

#include <QApplication>
#include <QComboBox>
#include <QDateEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSemaphore>
#include <QSpinBox>
#include <QTabBar>
#include <QTimeEdit>
#include <QTimeZone>

#include <pqxx/pqxx>

using namespace studio;
using namespace studio::ui;

namespace {

const QDate a_day(2027, 3, 10);

struct Calendar {
    Desk desk;
    WeekGrid *week;

    explicit Calendar(const BookingRows &rows)
        : desk(rows.database.staff_url()), week(desk.find<WeekGrid>("calendar.week")) {
        desk.find<QTabBar>("bookings.tabs")->setCurrentIndex(1);
        desk.find<CalendarView>("calendar")->show_day(a_day);
    }
    bool choose(const char *name) const {
        auto *companion = desk.find<QComboBox>("calendar.companion");
        const bool known =
            QTest::qWaitFor([&] { return companion->findText(QLatin1String(name)) >= 0; }, 10000);
        companion->setCurrentIndex(companion->findText(QLatin1String(name)));
        const auto *hint = desk.find<QLabel>("calendar.hint");
        return known && QTest::qWaitFor([&] { return hint->text().contains("Press twice"); }, 10000);
    }
    void press(int hour) const {
        QTest::mouseClick(week, Qt::LeftButton, {}, week->point_of(a_day, QTime(hour, 0)));
    }
};

const std::string waiting_for_the_blocks =
    "pid FROM pg_locks WHERE NOT granted AND relation = 'time_blocks'::regclass";

// The connection of the studio breaks while its change waits.
bool end_what_waits_for_the_blocks(const BookingRows &rows) {
    pqxx::connection server(rows.database.superuser_url());
    const auto ended = [&server] {
        pqxx::work work(server);
        return !work.exec("SELECT pg_terminate_backend(pid) FROM (SELECT " + waiting_for_the_blocks + ") w")
                    .empty();
    };
    return QTest::qWaitFor(ended, 10000);
}

} // namespace

class CalendarBlocksTest final : public QObject {
    Q_OBJECT

private slots:
    void a_question_that_is_asked_meanwhile_stays() {
        BookingRows rows;
        Calendar calendar(rows);
        QVERIFY(calendar.choose("Ada"));
        calendar.press(10);
        calendar.press(11);
        QSemaphore slow;
        calendar.desk.worker.run([&slow](db::Session &) { slow.acquire(); });
        auto *confirm = calendar.desk.find<QPushButton>("calendar.block.confirm");
        confirm->click();
        calendar.press(14);
        calendar.press(16);
        auto *note = calendar.desk.find<QLineEdit>("calendar.block.note");
        note->setText("Dentist");
        slow.release();
        QTRY_COMPARE(rows.owner.value("SELECT count(*) FROM time_blocks"), std::string("1"));
        QTRY_COMPARE(calendar.week->reading().items.size(), std::size_t(1));
        QVERIFY(confirm->isVisible());
        QCOMPARE(note->text(), QStringLiteral("Dentist"));
    }

    void a_refusal_does_not_stand_above_what_was_done_after_it() {
        BookingRows rows;
        const Calendar calendar(rows);
        QVERIFY(calendar.choose("Ada"));
        rows.owner.done("ALTER TABLE time_blocks ADD CONSTRAINT nothing_more CHECK (false)");
        calendar.press(10);
        calendar.press(11);
        auto *confirm = calendar.desk.find<QPushButton>("calendar.block.confirm");
        confirm->click();
        const auto *banner = calendar.desk.find<Banner>("calendar.banner");
        QTRY_VERIFY(banner->text().startsWith("Nothing was changed."));
        rows.owner.done("ALTER TABLE time_blocks DROP CONSTRAINT nothing_more");
        confirm->click();
        QTRY_COMPARE(rows.owner.value("SELECT count(*) FROM time_blocks"), std::string("1"));
        QTRY_VERIFY(!banner->isVisible());
    }

    void a_first_press_is_not_kept_for_another_companion() {
        BookingRows rows;
        const Calendar calendar(rows);
        QVERIFY(calendar.choose("Ada"));
        calendar.press(10);
        QVERIFY(calendar.choose("Bea"));
        calendar.press(14);
        QVERIFY(!calendar.desk.find<QPushButton>("calendar.block.confirm")->isVisible());
    }

    void time_is_blocked_by_keyboard_alone() {
        BookingRows rows;
        const Calendar calendar(rows);
        const auto &desk = calendar.desk;
        auto *button = desk.find<QPushButton>("calendar.block_time");
        QVERIFY2(!button->isEnabled(), "nobody's calendar is chosen");
        QVERIFY(calendar.choose("Ada"));
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space);
        QTRY_VERIFY(desk.find<QDateEdit>("calendar.block.day")->hasFocus());
        QCOMPARE(desk.find<QDateEdit>("calendar.block.day")->date(), a_day);
        desk.find<QTimeEdit>("calendar.block.time")->setTime(QTime(14, 30));
        desk.find<QSpinBox>("calendar.block.minutes")->setValue(150);
        QCOMPARE(fields_until("calendar.block.confirm"),
                 (QStringList{"calendar.block.day", "calendar.block.time", "calendar.block.minutes",
                              "calendar.block.note", "calendar.block.cancel", "calendar.block.confirm"}));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QTRY_COMPARE(
            rows.owner.value("SELECT coalesce(max(to_char(starts_at AT TIME ZONE 'Australia/Sydney', "
                             "'YYYY-MM-DD HH24:MI') || ' ' || ends_at - starts_at), '') FROM "
                             "time_blocks"),
            std::string("2027-03-10 14:30 02:30:00"));
        auto *undo = desk.find<QPushButton>("calendar.block.undo");
        QTRY_VERIFY2(undo->hasFocus(), "the next press of the keyboard takes it back");
        QTest::keyClick(undo, Qt::Key_Space);
        QTRY_COMPARE(rows.owner.value("SELECT count(*) FROM time_blocks"), std::string("0"));
    }

    void a_time_that_does_not_exist_is_not_blocked_and_esc_closes_the_question() {
        BookingRows rows;
        const Calendar calendar(rows);
        const auto &desk = calendar.desk;
        QVERIFY(calendar.choose("Ada"));
        auto *button = desk.find<QPushButton>("calendar.block_time");
        button->click();
        auto *day = desk.find<QDateEdit>("calendar.block.day");
        day->setDate(QDate(2027, 10, 3)); // 02:00 to 03:00 in Sydney is left out
        desk.find<QTimeEdit>("calendar.block.time")->setTime(QTime(2, 30));
        const auto *question = desk.find<QLabel>("calendar.block.question");
        QVERIFY2(question->text().contains("clocks are put forward"), qPrintable(question->text()));
        QVERIFY(!desk.find<QPushButton>("calendar.block.confirm")->isEnabled());
        desk.find<QTimeEdit>("calendar.block.time")->setTime(QTime(3, 30));
        QVERIFY(desk.find<QPushButton>("calendar.block.confirm")->isEnabled());
        QTRY_VERIFY(day->hasFocus());
        QTest::keyClick(day, Qt::Key_Escape);
        QVERIFY(!day->isVisible());
        QTRY_VERIFY(button->hasFocus());
    }

    void esc_in_the_calendar_closes_the_question_and_forgets_a_begun_span() {
        BookingRows rows;
        const Calendar calendar(rows);
        const auto &desk = calendar.desk;
        QVERIFY(calendar.choose("Ada"));
        const auto *hint = desk.find<QLabel>("calendar.hint");
        calendar.press(10);
        QVERIFY(hint->text().contains("where the blocked time ends"));
        QTest::keyClick(calendar.week, Qt::Key_Escape);
        QVERIFY(!hint->text().contains("where the blocked time ends"));
        calendar.press(10);
        calendar.press(11);
        const auto *question = desk.find<QLabel>("calendar.block.question");
        QVERIFY(question->isVisible());
        QVERIFY2(!hint->text().contains("where the blocked time ends"), "it was chosen");
        QTest::keyClick(calendar.week, Qt::Key_Escape);
        QVERIFY(!question->isVisible());
    }

    void a_block_whose_answer_is_lost_is_looked_up_and_said_to_be_stored() {
        BookingRows rows;
        const Calendar calendar(rows);
        QVERIFY(calendar.choose("Ada"));
        calendar.press(10);
        calendar.press(11);
        pqxx::connection other(rows.database.owner_url());
        {
            pqxx::work lock(other);
            lock.exec("LOCK TABLE time_blocks IN ACCESS EXCLUSIVE MODE");
            calendar.desk.find<QPushButton>("calendar.block.confirm")->click();
            QVERIFY(end_what_waits_for_the_blocks(rows));
            // As the server has it where it stored the block and the answer was lost.
            lock.exec("INSERT INTO time_blocks (tenant_id, starts_at, ends_at) VALUES ('" +
                      rows.database.tenant_id().text() +
                      "', '2027-03-09T23:00:00Z', '2027-03-10T00:30:00Z')");
            lock.commit();
        }
        const auto *banner = calendar.desk.find<Banner>("calendar.banner");
        QTRY_COMPARE(banner->text(), QStringLiteral("It was stored after all."));
        const auto *question = calendar.desk.find<QLabel>("calendar.block.question");
        QVERIFY2(question->text().startsWith("Blocked:"), qPrintable(question->text()));
        auto *undo = calendar.desk.find<QPushButton>("calendar.block.undo");
        QVERIFY(undo->isVisible());
        undo->click();
        QTRY_COMPARE(rows.owner.value("SELECT count(*) FROM time_blocks"), std::string("0"));
    }

    void a_block_whose_answer_is_lost_and_is_not_stored_can_be_made_again() {
        BookingRows rows;
        const Calendar calendar(rows);
        QVERIFY(calendar.choose("Ada"));
        calendar.press(10);
        calendar.press(11);
        auto *confirm = calendar.desk.find<QPushButton>("calendar.block.confirm");
        pqxx::connection other(rows.database.owner_url());
        {
            pqxx::work lock(other);
            lock.exec("LOCK TABLE time_blocks IN ACCESS EXCLUSIVE MODE");
            confirm->click();
            QVERIFY(end_what_waits_for_the_blocks(rows));
            const auto *banner = calendar.desk.find<Banner>("calendar.banner");
            QTRY_VERIFY2(banner->text().contains("not known whether"), qPrintable(banner->text()));
            confirm->click(); // it is being looked up: nothing is stored twice
        }
        const auto *banner = calendar.desk.find<Banner>("calendar.banner");
        QTRY_VERIFY2(banner->text().contains("was not blocked"), qPrintable(banner->text()));
        QCOMPARE(rows.owner.value("SELECT count(*) FROM time_blocks"), std::string("0"));
        confirm->click();
        QTRY_COMPARE(rows.owner.value("SELECT count(*) FROM time_blocks"), std::string("1"));
    }

    void a_block_in_doubt_is_looked_up_once_the_database_is_back() {
        BookingRows rows;
        const Calendar calendar(rows);
        QVERIFY(calendar.choose("Ada"));
        QTRY_VERIFY(calendar.desk.watcher.connected());
        calendar.press(10);
        calendar.press(11);
        auto *confirm = calendar.desk.find<QPushButton>("calendar.block.confirm");
        {
            pqxx::connection other(rows.database.owner_url());
            pqxx::work lock(other);
            lock.exec("LOCK TABLE time_blocks IN ACCESS EXCLUSIVE MODE");
            confirm->click();
            QTRY_VERIFY(!rows.owner.column("SELECT " + waiting_for_the_blocks).empty());
            test_support::TestServer::instance().kill();
        }
        const auto *banner = calendar.desk.find<Banner>("calendar.banner");
        QTRY_VERIFY2(banner->text().contains("not known whether"), qPrintable(banner->text()));
        QTRY_VERIFY(!calendar.desk.watcher.connected());
        test_support::TestServer::instance().start();
        QTRY_VERIFY2_WITH_TIMEOUT(banner->text().contains("was not blocked"), qPrintable(banner->text()),
                                  20000);
        confirm->click();
        db::Session session(rows.database.staff_url());
        const auto blocks = [&] {
            const auto from = to_time(QDateTime(a_day, QTime(0, 0), Qt::UTC).addDays(-1));
            return db::AvailabilityStore(session)
                .blocks(rows.database.tenant_id(), from, from + std::chrono::hours(72))
                .size();
        };
        QTRY_COMPARE(blocks(), std::size_t(1));
    }

    void a_change_of_blocked_time_is_found_where_it_is_stored() {
        const BookingRows rows;
        db::Session session(rows.database.staff_url());
        const QTimeZone sydney("Australia/Sydney");
        CalendarItem span;
        span.companion = QString::fromStdString(rows.database.tenant_id().text());
        span.start = QDateTime(a_day, QTime(10, 0), sydney);
        span.end = span.start.addSecs(3600);
        span.note = "Dentist";
        QVERIFY(!find_stored(session, {span}));
        auto block = span;
        block.id = QString::fromStdString(store(session, {span}));
        QCOMPARE(find_stored(session, {span}), std::optional(block.id.toStdString()));
        auto another = span;
        another.note = "Hairdresser";
        QVERIFY(!find_stored(session, {another}));
        QVERIFY2(!find_stored(session, {block}), "it is not freed yet");
        store(session, {block});
        QCOMPARE(find_stored(session, {block}), std::optional<std::string>(""));
    }

    void in_the_calendar_of_all_a_screen_reader_hears_day_and_companion() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale");
        rows.owner.done("UPDATE bookings SET starts_at = '2027-03-10T11:00:00Z',"
                        " ends_at = '2027-03-10T13:00:00Z'");
        const Calendar calendar(rows);
        QTRY_VERIFY(calendar.week->place_of(QString::fromStdString(booking)).isValid());
        calendar.week->setFocus();
        QTest::keyClick(calendar.week, Qt::Key_Right);
        const auto words = calendar.week->accessibleName();
        QVERIFY2(words.contains("March") && words.endsWith("Ada"), qPrintable(words));
    }

    void a_screen_reader_hears_the_day_and_whose_booking_it_is() {
        CalendarItem item;
        item.title = "Robin Vale";
        item.second_line = "Ada";
        item.start = QDateTime(a_day, QTime(19, 0), QTimeZone("Australia/Sydney"));
        item.end = item.start.addSecs(7200);
        const auto words = item_words(item);
        QVERIFY2(words.contains("10 March"), qPrintable(words));
        QVERIFY2(words.contains("19:00 to 21:00"), qPrintable(words));
        QVERIFY2(words.endsWith("Ada"), qPrintable(words));
    }
};

QTEST_MAIN(CalendarBlocksTest)
#include "calendar_blocks_test.moc"
