// SPDX-License-Identifier: Apache-2.0
// Blocked time in the calendar while an answer is on its way or another companion is chosen.
#include "tests/ui/bookings/desk.h"
#include "ui/bookings/calendar_view.h"
#include "ui/bookings/week_grid.h"
#include "ui/widgets/banner.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSemaphore>
#include <QTabBar>
#include <QTimeZone>

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
