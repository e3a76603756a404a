// SPDX-License-Identifier: Apache-2.0
#include "db/bookings/availability_store.h"
#include "tests/ui/bookings/desk.h"
#include "ui/bookings/booking_detail.h"
#include "ui/bookings/calendar_view.h"
#include "ui/bookings/day_dates.h"
#include "ui/bookings/enter_panel.h"
#include "ui/bookings/month_grid.h"
#include "ui/bookings/week_grid.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTimeZone>
#include <QToolButton>

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

    void open_hours_are_those_of_the_date_the_tour_or_the_week() {
        models::Availability week;
        week.weekly[2] = {{600, 1320}}; // Wednesdays
        week.exceptions.push_back({to_day(a_day.addDays(7)), {}, "closed"});
        models::Tour tour;
        tour.timezone = "Europe/Paris";
        tour.first_day = tour.last_day = to_day(a_day.addDays(14));
        const auto hours = open_hours(week, {tour}, a_day, a_day.addDays(20), "Australia/Sydney");
        QCOMPARE(hours.size(), std::size_t(2));
        QCOMPARE(hours[0].start, QDateTime(a_day, QTime(10, 0), sydney));
        QCOMPARE(hours[0].end, QDateTime(a_day, QTime(22, 0), sydney));
        QCOMPARE(hours[1].start, QDateTime(a_day.addDays(14), QTime(10, 0), QTimeZone("Europe/Paris")));
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

    void two_presses_block_time_and_one_removes_it() {
        BookingRows rows;
        const Calendar calendar(rows);
        QVERIFY(calendar.choose_ada());
        auto *week = calendar.week;
        QTest::mouseClick(week, Qt::LeftButton, {}, week->point_of(a_day, QTime(14, 0)));
        QTest::mouseClick(week, Qt::LeftButton, {}, week->point_of(a_day, QTime(16, 30)));
        auto *confirm = calendar.desk.find<QPushButton>("calendar.block.confirm");
        QVERIFY(confirm->isVisible());
        const auto question = calendar.desk.find<QLabel>("calendar.block.question")->text();
        QVERIFY2(question.contains("14:00 to 17:00"), qPrintable(question));
        calendar.desk.find<QLineEdit>("calendar.block.note")->setText("Dentist");
        confirm->click();
        QVERIFY(calendar.has(1));
        const auto block = week->reading().items.front();
        QCOMPARE(block.title, QStringLiteral("Dentist"));
        QCOMPARE(block.start, QDateTime(a_day, QTime(14, 0), sydney));
        QCOMPARE(block.end, QDateTime(a_day, QTime(17, 0), sydney));
        QTest::mouseClick(week, Qt::LeftButton, {}, week->place_of(block.id).center());
        QTRY_VERIFY(confirm->isVisible());
        confirm->click();
        QVERIFY(calendar.has(0));
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
