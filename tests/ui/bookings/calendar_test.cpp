// SPDX-License-Identifier: Apache-2.0
#include "db/bookings/availability_store.h"
#include "models/booking/availability.h"
#include "tests/ui/bookings/desk.h"
#include "ui/bookings/booking_detail.h"
#include "ui/bookings/booking_words.h"
#include "ui/bookings/calendar_view.h"
#include "ui/bookings/day_dates.h"
#include "ui/bookings/enter_panel.h"
#include "ui/bookings/month_grid.h"
#include "ui/bookings/week_grid.h"
#include "ui/widgets/banner.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTimeZone>
#include <QToolButton>

#include <ctime>

using namespace studio;
using namespace studio::ui;

namespace {

const QTimeZone sydney("Australia/Sydney");
const QDate a_day(2027, 3, 10);

CalendarItem item(const char *id, int from_minute, int minutes) {
    CalendarItem item;
    item.id = QLatin1String(id);
    item.start = QDateTime(a_day, QTime(0, 0), sydney).addSecs(from_minute * 60);
    item.end = item.start.addSecs(minutes * 60);
    item.title = item.id;
    return item;
}

// The calendar of ada on a week in which nothing is but what the test adds.
struct Calendar {
    Desk desk;
    CalendarView *view;
    WeekGrid *week;

    explicit Calendar(const BookingRows &rows)
        : desk(rows.database.staff_url()), view(desk.find<CalendarView>("calendar")),
          week(desk.find<WeekGrid>("calendar.week")) {
        desk.find<QTabBar>("bookings.tabs")->setCurrentIndex(1);
        view->show_day(a_day);
    }
    bool choose_ada() const {
        auto *companion = desk.find<QComboBox>("calendar.companion");
        const bool known = QTest::qWaitFor([&] { return companion->findText("Ada") >= 0; }, 10000);
        companion->setCurrentIndex(companion->findText("Ada"));
        const auto *hint = desk.find<QLabel>("calendar.hint");
        return known && QTest::qWaitFor([&] { return hint->text().contains("Press twice"); }, 10000);
    }
    // Where a person can press: below the days, which cover what is scrolled away.
    void press(QPoint place) const {
        desk.find<QScrollArea>("calendar.scroll")->verticalScrollBar()->setValue(place.y() - 100);
        QTest::mouseClick(week, Qt::LeftButton, {}, place);
    }
    bool has(std::size_t items) const {
        return QTest::qWaitFor([&] { return week->reading().items.size() == items; }, 10000);
    }
};

std::string add_at(BookingRows &rows, const char *client, const char *start) {
    const auto booking = rows.add(client);
    rows.owner.done("UPDATE bookings SET starts_at = '" + std::string(start) + "', ends_at = timestamptz '" +
                    start + "' + interval '2 hours' WHERE id = '" + booking + "'");
    return booking;
}

} // namespace

class CalendarTest final : public QObject {
    Q_OBJECT

private slots:
    void what_overlaps_stands_side_by_side_and_nights_are_in_both_days() {
        const std::vector<CalendarItem> items{item("a", 600, 120), item("b", 660, 60), item("c", 690, 120),
                                              item("d", 900, 60), item("night", 1380, 180)};
        const auto parts = day_parts(items, a_day);
        QCOMPARE(parts.size(), std::size_t(5));
        QCOMPARE(parts[0].lanes, 3);
        QCOMPARE(parts[1].lane, 1);
        QCOMPARE(parts[2].lane, 2);
        QCOMPARE(parts[3].lanes, 1);
        QCOMPARE(parts[4].to, 24 * 60);
        const auto next = day_parts(items, a_day.addDays(1));
        QCOMPARE(next.size(), std::size_t(1));
        QCOMPARE(next.front().from, 0);
        QCOMPARE(next.front().to, 120);
        QVERIFY(day_parts(items, a_day.addDays(2)).empty());
    }

    void a_booking_over_the_end_of_summer_time_has_its_place() {
        CalendarItem night;
        night.id = "night";
        const auto first =
            QDateTime(QDate(2027, 4, 3), QTime(15, 30), Qt::UTC); // 02:30, and 02:30 an hour later
        night.start = first.toTimeZone(sydney);
        night.end = first.addSecs(3600).toTimeZone(sydney);
        QCOMPARE(night.end.time(), night.start.time());
        const auto parts = day_parts({night}, QDate(2027, 4, 4));
        QCOMPARE(parts.size(), std::size_t(1));
        QCOMPARE(parts.front().from, 150);
        QVERIFY(parts.front().to > 150);
    }

    void the_first_and_last_of_a_span_are_wall_times_on_every_computer() {
        const auto zone = qgetenv("TZ");
        qputenv("TZ", "Europe/Berlin"); // its clocks are put forward over 02:00 on that day
        tzset();
        WeekGrid week;
        const QDate sunday(2027, 3, 28);
        week.resize(800, week.minimumHeight());
        week.show();
        week.set_chooses_spans(true);
        week.show_days(sunday, 1, {});
        QDateTime first, last;
        connect(&week, &WeekGrid::span_chosen, this, [&](const QDateTime &from, const QDateTime &to) {
            first = from;
            last = to;
        });
        QTest::mouseClick(&week, Qt::LeftButton, {}, week.point_of(sunday, QTime(0, 0)));
        QTest::mouseClick(&week, Qt::LeftButton, {}, week.point_of(sunday, QTime(2, 0)));
        QCOMPARE(first.time(), QTime(0, 0));
        QCOMPARE(last.time(), QTime(2, 30));
        QTest::mouseClick(&week, Qt::LeftButton, {}, week.point_of(sunday, QTime(0, 0)));
        QTest::mouseClick(&week, Qt::LeftButton, {}, week.point_of(sunday, QTime(1, 30)));
        QCOMPARE(last.time(), QTime(2, 0));
        zone.isEmpty() ? qunsetenv("TZ") : qputenv("TZ", zone);
        tzset();
    }

    void what_can_be_booked_is_tinted_and_what_is_taken_is_not() {
        BookingRows rows;
        const auto wednesday = QDate::currentDate().addDays(10 - QDate::currentDate().dayOfWeek());
        db::Session session(rows.database.staff_url());
        models::Availability hours;
        hours.weekly[2] = {{600, 1320}};
        hours.weekly[3] = {{600, 1320}};
        db::AvailabilityStore store(session);
        QVERIFY(
            store.save(rows.database.tenant_id(), {models::write_availability(hours, models::Json::object()),
                                                   models::Json::object(), 0}));
        const auto at = [wednesday](int hour) {
            return to_time(QDateTime(wednesday, QTime(hour, 0), sydney));
        };
        store.add_block(rows.database.tenant_id(), at(14), at(16), "Dentist");
        store.add_tour(rows.database.tenant_id(),
                       {{"city", "Perth"},
                        {"timezone", "Australia/Perth"},
                        {"firstDay", wednesday.addDays(1).toString(Qt::ISODate).toStdString()},
                        {"lastDay", wednesday.addDays(1).toString(Qt::ISODate).toStdString()},
                        {"visibility", "month"}});
        const Calendar calendar(rows);
        calendar.view->show_day(wednesday);
        QVERIFY(calendar.choose_ada());
        QVERIFY(calendar.has(1));
        const auto &free = calendar.week->reading().free;
        QCOMPARE(free.size(), std::size_t(3));
        QCOMPARE(free[0].start, QDateTime(wednesday, QTime(10, 0), sydney));
        QCOMPARE(free[0].end, QDateTime(wednesday, QTime(14, 0), sydney));
        QCOMPARE(free[1].start, QDateTime(wednesday, QTime(16, 0), sydney));
        QCOMPARE(free[1].end, QDateTime(wednesday, QTime(22, 0), sydney));
        QCOMPARE(free[2].start, QDateTime(wednesday.addDays(1), QTime(10, 0), QTimeZone("Australia/Perth")));
        const auto color = [&](QTime time) {
            return calendar.week->grab().toImage().pixelColor(calendar.week->point_of(wednesday, time) *
                                                              calendar.week->devicePixelRatio());
        };
        QVERIFY(color(QTime(11, 0)) != color(QTime(8, 0)));
        QCOMPARE(color(QTime(11, 0)), color(QTime(18, 0)));
    }

    void what_began_days_before_is_shown_on_its_last_day() {
        BookingRows rows;
        const auto booking = rows.add("Weekend");
        rows.owner.done(
            "UPDATE bookings SET starts_at = '2027-03-06T07:00:00Z', ends_at = '2027-03-10T01:00:00Z'"
            " WHERE id = '" +
            booking + "'");
        const Calendar calendar(rows);
        QVERIFY(calendar.choose_ada());
        calendar.desk.find<QToolButton>("calendar.span.day")->click();
        QVERIFY(calendar.has(1));
        calendar.desk.find<QPushButton>("calendar.next")->click();
        QVERIFY(calendar.has(0));
    }

    void a_press_on_a_booking_opens_it() {
        BookingRows rows;
        const auto booking = add_at(rows, "Robin Vale", "2027-03-10T10:00:00Z"); // 21:00 in Sydney
        const Calendar calendar(rows);
        QVERIFY(calendar.choose_ada());
        QVERIFY(calendar.has(1));
        QCOMPARE(calendar.week->reading().items.front().start.time(), QTime(21, 0));
        const auto place = calendar.week->place_of(QString::fromStdString(booking));
        QVERIFY(place.isValid());
        QTest::mouseClick(calendar.week, Qt::LeftButton, {}, place.center());
        QTRY_COMPARE(calendar.desk.find<BookingDetail>("booking_detail")->booking().toStdString(), booking);
        QCOMPARE(calendar.desk.find<QTabBar>("bookings.tabs")->currentIndex(), 0);
    }

    void two_presses_block_time_and_it_is_freed_or_taken_back() {
        BookingRows rows;
        const Calendar calendar(rows);
        QVERIFY(calendar.choose_ada());
        auto *week = calendar.week;
        const auto block_afternoon = [&] {
            QTest::mouseClick(week, Qt::LeftButton, {}, week->point_of(a_day, QTime(14, 0)));
            QTest::mouseClick(week, Qt::LeftButton, {}, week->point_of(a_day, QTime(16, 30)));
        };
        block_afternoon();
        auto *confirm = calendar.desk.find<QPushButton>("calendar.block.confirm");
        auto *undo = calendar.desk.find<QPushButton>("calendar.block.undo");
        const auto *question = calendar.desk.find<QLabel>("calendar.block.question");
        QVERIFY(confirm->isVisible());
        QVERIFY2(question->text().contains("14:00 to 17:00"), qPrintable(question->text()));
        calendar.desk.find<QLineEdit>("calendar.block.note")->setText("Dentist");
        QTest::keyClick(calendar.desk.find<QLineEdit>("calendar.block.note"), Qt::Key_Return);
        QTest::keyClick(calendar.desk.find<QLineEdit>("calendar.block.note"), Qt::Key_Return);
        QVERIFY(calendar.has(1));
        const auto block = week->reading().items.front();
        QCOMPARE(block.title, QStringLiteral("Dentist"));
        QCOMPARE(block.start, QDateTime(a_day, QTime(14, 0), sydney));
        QCOMPARE(block.end, QDateTime(a_day, QTime(17, 0), sydney));
        QVERIFY(undo->isVisible());
        undo->click();
        QVERIFY(calendar.has(0));
        block_afternoon();
        confirm->click();
        QVERIFY(calendar.has(1));
        QTest::mouseClick(week, Qt::LeftButton, {},
                          week->place_of(week->reading().items.front().id).center());
        QTRY_VERIFY(confirm->isVisible());
        QCOMPARE(confirm->text(), QStringLiteral("Free this time"));
        confirm->click();
        QVERIFY(calendar.has(0));
        QCOMPARE(rows.owner.value("SELECT count(*) FROM time_blocks"), std::string("0"));
    }

    void a_time_that_the_clocks_leave_out_is_not_blocked() {
        BookingRows rows;
        const Calendar calendar(rows);
        QVERIFY(calendar.choose_ada());
        const QDate change(2027, 10, 3); // 02:00 to 03:00 in Sydney
        calendar.view->show_day(change);
        const auto *title = calendar.desk.find<QLabel>("calendar.title");
        QTRY_VERIFY2(title->text().contains("October 2027"), qPrintable(title->text()));
        calendar.press(calendar.week->point_of(change, QTime(2, 30)));
        calendar.press(calendar.week->point_of(change, QTime(5, 0)));
        QVERIFY(!calendar.desk.find<QPushButton>("calendar.block.confirm")->isVisible());
        QVERIFY(calendar.desk.find<Banner>("calendar.banner")->text().contains("clocks are put forward"));
    }

    void delete_frees_the_chosen_block_and_undo_puts_it_back_with_its_note() {
        BookingRows rows;
        db::Session session(rows.database.staff_url());
        const auto at = [](int hour) { return to_time(QDateTime(a_day, QTime(hour, 0), sydney)); };
        db::AvailabilityStore(session).add_block(rows.database.tenant_id(), at(14), at(16), "Dentist");
        const Calendar calendar(rows);
        QVERIFY(calendar.choose_ada());
        QVERIFY(calendar.has(1));
        calendar.week->setFocus();
        QTest::keyClick(calendar.week, Qt::Key_Delete);
        QVERIFY2(calendar.week->reading().items.size() == 1, "nothing is chosen yet");
        QTest::keyClick(calendar.week, Qt::Key_Right);
        QTest::keyClick(calendar.week, Qt::Key_Delete);
        QVERIFY(calendar.has(0));
        calendar.desk.find<QPushButton>("calendar.block.undo")->click();
        QVERIFY(calendar.has(1));
        QCOMPARE(calendar.week->reading().items.front().title, QStringLiteral("Dentist"));
        QCOMPARE(calendar.week->reading().items.front().start, QDateTime(a_day, QTime(14, 0), sydney));
    }

    void all_companions_show_their_blocked_time_with_their_name() {
        BookingRows rows;
        db::Session session(rows.database.staff_url());
        db::AvailabilityStore store(session);
        const auto at = [](int hour) { return to_time(QDateTime(a_day, QTime(hour, 0), sydney)); };
        store.add_block(rows.database.tenant_id(), at(14), at(16), "Dentist");
        store.add_block(rows.database.other_tenant_id(), at(15), at(17), "");
        const Calendar calendar(rows);
        QVERIFY(calendar.has(2));
        const auto &items = calendar.week->reading().items;
        QVERIFY(items[0].kind == CalendarItem::Kind::Block);
        QVERIFY(items[0].second_line.contains("Ada"));
        QVERIFY(items[1].second_line.contains("Bea"));
        calendar.press(calendar.week->place_of(items[1].id).center());
        auto *confirm = calendar.desk.find<QPushButton>("calendar.block.confirm");
        QTRY_VERIFY(confirm->isVisible());
        confirm->click();
        QVERIFY(calendar.has(1));
        QCOMPARE(rows.owner.value("SELECT note FROM time_blocks"), std::string("Dentist"));
    }

    void nobody_elses_calendar_stands_under_a_name() {
        BookingRows rows;
        add_at(rows, "Robin Vale", "2027-03-10T10:00:00Z");
        const Calendar calendar(rows);
        QVERIFY(calendar.choose_ada());
        QVERIFY(calendar.has(1));
        rows.owner.done("ALTER TABLE bookings RENAME TO bookings_away");
        auto *companion = calendar.desk.find<QComboBox>("calendar.companion");
        companion->setCurrentIndex(companion->findText("Bea"));
        QVERIFY(calendar.week->reading().items.empty());
        QTRY_VERIFY(calendar.desk.find<Banner>("calendar.banner")->text().contains("could not be loaded"));
        QTest::mouseClick(calendar.week, Qt::LeftButton, {}, calendar.week->point_of(a_day, QTime(14, 0)));
        QTest::mouseClick(calendar.week, Qt::LeftButton, {}, calendar.week->point_of(a_day, QTime(16, 30)));
        QVERIFY(!calendar.desk.find<QPushButton>("calendar.block.confirm")->isVisible());
        rows.owner.done("ALTER TABLE bookings_away RENAME TO bookings");
    }

    void the_mark_stays_on_its_booking_when_another_comes_before_it() {
        BookingRows rows;
        const auto second = add_at(rows, "Second", "2027-03-10T01:00:00Z");
        const Calendar calendar(rows);
        QVERIFY(calendar.choose_ada());
        QVERIFY(calendar.has(1));
        calendar.week->setFocus();
        QTest::keyClick(calendar.week, Qt::Key_Right);
        add_at(rows, "First", "2027-03-08T01:00:00Z");
        calendar.view->refresh();
        QVERIFY(calendar.has(2));
        QTest::keyClick(calendar.week, Qt::Key_Return);
        QTRY_COMPARE(calendar.desk.find<BookingDetail>("booking_detail")->booking().toStdString(), second);
    }

    void day_week_and_month_show_the_same_booking() {
        BookingRows rows;
        const auto booking = QString::fromStdString(add_at(rows, "Robin Vale", "2027-03-10T01:00:00Z"));
        const Calendar calendar(rows);
        QVERIFY(calendar.choose_ada());
        QVERIFY(calendar.has(1));
        calendar.desk.find<QToolButton>("calendar.span.month")->click();
        const auto *month = calendar.desk.find<MonthGrid>("calendar.month");
        QTRY_VERIFY(month->place_of(booking).isValid());
        calendar.desk.find<QToolButton>("calendar.span.day")->click();
        QTRY_VERIFY(calendar.week->place_of(booking).width() > calendar.week->width() / 2);
        calendar.desk.find<QPushButton>("calendar.next")->click();
        QTRY_VERIFY(!calendar.week->place_of(booking).isValid());
        QCOMPARE(calendar.desk.find<QLabel>("calendar.title")->text(),
                 QStringLiteral("Thursday, 11 March 2027"));
    }

    void keys_go_through_the_bookings_and_open_one() {
        BookingRows rows;
        add_at(rows, "First", "2027-03-08T01:00:00Z");
        const auto second = add_at(rows, "Second", "2027-03-10T01:00:00Z");
        const Calendar calendar(rows);
        QVERIFY(calendar.choose_ada());
        QVERIFY(calendar.has(2));
        calendar.week->setFocus();
        QTest::keyClick(calendar.week, Qt::Key_Right);
        QTest::keyClick(calendar.week, Qt::Key_Right);
        QTest::keyClick(calendar.week, Qt::Key_Return);
        QTRY_COMPARE(calendar.desk.find<BookingDetail>("booking_detail")->booking().toStdString(), second);
    }

    void in_a_wide_window_the_calendar_stands_beside() {
        const BookingRows rows;
        Desk desk(rows.database.staff_url());
        QVERIFY(!desk.page.calendar_is_beside());
        desk.page.resize(1700, 900);
        QTRY_VERIFY(desk.page.calendar_is_beside());
        QVERIFY(desk.find<CalendarView>("calendar")->isVisible());
        QVERIFY(desk.find<BookingDetail>("booking_detail")->isVisible());
        QVERIFY(!desk.find<QTabBar>("bookings.tabs")->isTabVisible(1));
        desk.page.resize(1072, 760);
        QTRY_VERIFY(!desk.page.calendar_is_beside());
    }

    void an_open_calendar_is_open_again_after_the_window_was_wide() {
        const BookingRows rows;
        Desk desk(rows.database.staff_url());
        desk.find<QTabBar>("bookings.tabs")->setCurrentIndex(1);
        desk.page.resize(1700, 900);
        QTRY_VERIFY(desk.page.calendar_is_beside());
        desk.page.resize(1072, 760);
        QTRY_VERIFY(!desk.page.calendar_is_beside());
        QCOMPARE(desk.find<QTabBar>("bookings.tabs")->currentIndex(), 1);
    }

    void the_days_stay_at_the_top_while_the_hours_are_scrolled() {
        BookingRows rows;
        const auto booking = QString::fromStdString(add_at(rows, "Robin Vale", "2027-03-10T10:00:00Z"));
        const Calendar calendar(rows);
        QVERIFY(calendar.choose_ada());
        QVERIFY(calendar.has(1));
        auto *bar = calendar.desk.find<QScrollArea>("calendar.scroll")->verticalScrollBar();
        const auto place = calendar.week->place_of(booking);
        bar->setValue(place.top() - 4); // the booking begins below the days
        QTRY_VERIFY(bar->value() > 0);
        QSignalSpy day_pressed(calendar.week, &CalendarGrid::day_pressed);
        QTest::mouseClick(calendar.week, Qt::LeftButton, {}, {place.center().x(), bar->value() + 8});
        QCOMPARE(day_pressed.count(), 1);
        QCOMPARE(day_pressed.first().at(0).toDate(), QDate(2027, 3, 10));
    }

    void everything_of_a_booking_entered_by_hand_is_in_sight_in_a_small_window() {
        const BookingRows rows;
        Desk desk(rows.database.staff_url());
        desk.page.resize(1072, 720);
        desk.find<QPushButton>("bookings.enter")->click();
        auto *panel = desk.find<EnterPanel>("enter_panel");
        QTRY_VERIFY(panel->isVisible());
        for (const char *name : {"enter.companion", "enter.service", "enter.minutes", "enter.enter"}) {
            const auto *field = panel->findChild<QWidget *>(QLatin1String(name));
            QVERIFY2(field != nullptr, name);
            const int right = field->mapTo(panel, field->rect().topRight()).x();
            QVERIFY2(right < panel->width(), name);
        }
    }

    void what_came_by_phone_joins_the_queue_and_nobody_is_written_to() {
        BookingRows rows;
        const Desk desk(rows.database.staff_url());
        desk.find<QPushButton>("bookings.enter")->click();
        auto *companion = desk.find<QComboBox>("enter.companion");
        QTRY_VERIFY(companion->findText("Ada") >= 0);
        auto *enter = desk.find<QPushButton>("enter.enter");
        QVERIFY(!enter->isEnabled());
        companion->setCurrentIndex(companion->findText("Ada"));
        QTest::keyClicks(desk.find<QLineEdit>("enter.name"), "Robin Vale");
        QTest::keyClicks(desk.find<QLineEdit>("enter.phone"), "0491 570 156");
        desk.find<QLineEdit>("enter.email")->setText("no address");
        QTRY_VERIFY(desk.find<QLabel>("enter.problem")->text().contains("email"));
        QVERIFY(!enter->isEnabled());
        desk.find<QLineEdit>("enter.email")->clear();
        QTRY_VERIFY(enter->isEnabled());
        enter->click();
        QTRY_COMPARE(desk.clients(), QStringList{"Robin Vale"});
        QCOMPARE(
            rows.owner.value("SELECT source || ' ' || client_phone_normal || ' ' || status FROM bookings"),
            std::string("phone +61491570156 pending"));
        QCOMPARE(rows.owner.value("SELECT count(*) FROM outbox"), std::string("0"));
        QTRY_VERIFY(desk.find<BookingDetail>("booking_detail")->reading().has_value());
    }
};

QTEST_MAIN(CalendarTest)
#include "calendar_test.moc"
