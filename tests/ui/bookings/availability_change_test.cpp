// SPDX-License-Identifier: Apache-2.0
// The availability while a save is on its way, another companion is looked at or the database is away.
#include "db/bookings/availability_store.h"
#include "db/connection/session.h"
#include "models/booking/booking_rules.h"
#include "tests/ui/bookings/desk.h"
#include "tests/ui/bookings/tabbing.h"
#include "ui/bookings/availability_view.h"
#include "ui/bookings/imports_view.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/state_stack.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSemaphore>
#include <QSpinBox>
#include <QTabBar>
#include <QTemporaryDir>
#include <QToolButton>

using namespace studio;
using namespace studio::ui;

namespace {

bool open_companion(const Desk &desk, const char *name) {
    desk.find<QTabBar>("bookings.tabs")->setCurrentIndex(2);
    auto *companion = desk.find<QComboBox>("availability.companion");
    const bool known = QTest::qWaitFor([&] { return companion->findText(QLatin1String(name)) >= 0; }, 10000);
    companion->setCurrentIndex(companion->findText(QLatin1String(name)));
    const auto *state = desk.find<StateStack>("availability.state");
    return known && QTest::qWaitFor([&] { return state->state() == StateStack::State::Content; }, 10000);
}

QString banner(const Desk &desk) {
    const auto *shown = desk.find<Banner>("availability.banner");
    return shown->isVisibleTo(&desk.page) ? shown->text() : QString();
}

// What is asked of the database meanwhile waits until it is released.
class SlowDatabase {
public:
    explicit SlowDatabase(Desk &desk) {
        desk.worker.run([this](db::Session &) { m_held.acquire(); });
    }
    void release() { m_held.release(); }

private:
    QSemaphore m_held;
};

QString add_tour(const Desk &desk, BookingRows &rows) {
    desk.find<QLineEdit>("tours.city")->setText("Lyon");
    desk.find<QPushButton>("tours.add")->click();
    if (!QTest::qWaitFor([&] { return rows.owner.value("SELECT count(*) FROM tours") == "1"; }, 10000)) {
        return {};
    }
    const auto name = "tours.remove." + QString::fromStdString(rows.owner.value("SELECT id FROM tours"));
    return QTest::qWaitFor([&] { return desk.page.findChild<QToolButton *>(name) != nullptr; }, 10000)
               ? name
               : QString();
}

} // namespace

class AvailabilityChangeTest final : public QObject {
    Q_OBJECT

private slots:
    void a_tour_that_is_removed_late_is_not_offered_to_another_companion() {
        BookingRows rows;
        Desk desk(rows.database.staff_url());
        QVERIFY(open_companion(desk, "Ada"));
        const auto remove = add_tour(desk, rows);
        QVERIFY(!remove.isEmpty());
        SlowDatabase slow(desk);
        desk.page.findChild<QToolButton *>(remove)->click();
        auto *companion = desk.find<QComboBox>("availability.companion");
        companion->setCurrentIndex(companion->findText("Bea"));
        slow.release();
        QVERIFY(open_companion(desk, "Bea"));
        QCOMPARE(rows.owner.value("SELECT count(*) FROM tours"), std::string("0"));
        QCOMPARE(banner(desk), QString());
    }

    void a_save_that_removes_no_hours_does_not_say_so() {
        BookingRows rows;
        const Desk desk(rows.database.staff_url());
        QVERIFY(open_companion(desk, "Ada"));
        const auto remove = add_tour(desk, rows);
        QVERIFY(!remove.isEmpty());
        desk.find<QSpinBox>("availability.answer")->setValue(12);
        desk.page.findChild<QToolButton *>(remove)->click();
        desk.find<QPushButton>("availability.save")->click();
        QTRY_COMPARE(
            rows.owner.value("SELECT coalesce(max(rules ->> 'answerHours'), '') FROM booking_settings"),
            std::string("12"));
        QTRY_COMPARE(banner(desk), QStringLiteral("Saved. The site shows it within seconds."));
    }

    void what_is_typed_after_hours_are_removed_stays_when_they_come_back() {
        BookingRows rows;
        db::Session session(rows.database.staff_url());
        db::AvailabilityStore store(session);
        QVERIFY(store.save(rows.database.tenant_id(), {{{"noticeMinutes", 90}}, models::Json::object(), 0}));
        const Desk desk(rows.database.staff_url());
        QVERIFY(open_companion(desk, "Ada"));
        desk.find<QCheckBox>("availability.offers")->click();
        desk.find<QPushButton>("availability.save")->click();
        auto *undo = desk.find<Banner>("availability.banner")->action_button();
        QTRY_VERIFY(undo->isVisible());
        auto *answer = desk.find<QSpinBox>("availability.answer");
        answer->setValue(12);
        undo->click();
        QTRY_VERIFY(!store.settings(rows.database.tenant_id()).availability.is_null());
        QTRY_VERIFY(banner(desk).startsWith("Saved"));
        QVERIFY(desk.find<QCheckBox>("availability.offers")->isChecked());
        QCOMPARE(answer->value(), 12);
        QVERIFY(desk.find<QPushButton>("availability.save")->isEnabled());
    }

    void nothing_is_saved_twice_at_once() {
        BookingRows rows;
        Desk desk(rows.database.staff_url());
        QVERIFY(open_companion(desk, "Ada"));
        auto *save = desk.find<QPushButton>("availability.save");
        auto *answer = desk.find<QSpinBox>("availability.answer");
        SlowDatabase slow(desk);
        answer->setValue(12);
        save->click();
        answer->setValue(18);
        QVERIFY(!save->isEnabled());
        slow.release();
        QTRY_VERIFY(save->isEnabled());
        QVERIFY(!banner(desk).contains("Someone else"));
    }

    void a_save_that_fails_late_names_whose_it_was() {
        BookingRows rows;
        Desk desk(rows.database.staff_url());
        QVERIFY(open_companion(desk, "Ada"));
        rows.owner.done("ALTER TABLE booking_settings ADD CONSTRAINT nothing_more CHECK (false)");
        SlowDatabase slow(desk);
        desk.find<QSpinBox>("availability.answer")->setValue(12);
        desk.find<QPushButton>("availability.save")->click();
        auto *companion = desk.find<QComboBox>("availability.companion");
        companion->setCurrentIndex(companion->findText("Bea"));
        slow.release();
        QTRY_VERIFY(banner(desk).startsWith("Ada: Not saved; your changes are still here."));
        companion->setCurrentIndex(companion->findText("Ada"));
        QTRY_COMPARE(desk.find<QSpinBox>("availability.answer")->value(), 12);
    }

    void a_calendar_whose_zone_nobody_could_be_asked_for_is_not_said_to_be_imported() {
        BookingRows rows;
        Desk desk(rows.database.staff_url());
        QVERIFY(open_companion(desk, "Ada"));
        const QTemporaryDir folder;
        QFile file(folder.filePath("work.ics"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto day = QDate::currentDate().addDays(20).toString("yyyyMMdd");
        file.write(QString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\n"
                           "DTSTART;TZID=Customized Time Zone:%1T100000\r\n"
                           "DTEND;TZID=Customized Time Zone:%1T120000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
                       .arg(day)
                       .toUtf8());
        file.close();
        SlowDatabase slow(desk);
        desk.find<ImportsView>("imports")->import_file(file.fileName());
        auto *companion = desk.find<QComboBox>("availability.companion");
        companion->setCurrentIndex(companion->findText("Bea"));
        slow.release();
        QTRY_VERIFY(banner(desk).contains("work.ics names time zones that are not known."));
        QVERIFY(!desk.find<QWidget>("imports.question")->isVisibleTo(&desk.page));
    }

    void what_is_typed_for_one_companion_waits_for_her_as_it_was_typed() {
        BookingRows rows;
        const Desk desk(rows.database.staff_url());
        QVERIFY(open_companion(desk, "Ada"));
        auto *offers = desk.find<QCheckBox>("availability.offers");
        auto *monday = desk.find<QLineEdit>("hours.0");
        auto *city = desk.find<QLineEdit>("tours.city");
        auto *address = desk.find<QLineEdit>("imports.address");
        auto *note = desk.find<QLineEdit>("exceptions.note");
        offers->click();
        monday->setText("10–");
        offers->click();
        city->setText("Lyon");
        address->setText("webcal://calendar.example.com");
        note->setText("Family");
        auto *companion = desk.find<QComboBox>("availability.companion");
        companion->setCurrentIndex(companion->findText("Bea"));
        QVERIFY(open_companion(desk, "Bea"));
        for (const auto *field : {monday, city, address, note}) {
            QCOMPARE(field->text(), QString());
        }
        companion->setCurrentIndex(companion->findText("Ada"));
        QTRY_COMPARE(city->text(), QStringLiteral("Lyon"));
        QVERIFY(!offers->isChecked());
        QCOMPARE(monday->text(), QStringLiteral("10–"));
        QCOMPARE(address->text(), QStringLiteral("webcal://calendar.example.com"));
        QCOMPARE(note->text(), QStringLiteral("Family"));
    }

    void a_tour_that_is_typed_and_not_added_is_not_lost_by_closing() {
        BookingRows rows;
        const Desk desk(rows.database.staff_url());
        QVERIFY(open_companion(desk, "Ada"));
        const auto *view = desk.find<AvailabilityView>("availability");
        QVERIFY(!view->is_edited());
        desk.find<QLineEdit>("tours.city")->setText("Lyon");
        QVERIFY(view->is_edited());
        desk.find<QPushButton>("availability.reload")->click();
        QVERIFY(!view->is_edited());
    }

    void a_missing_amount_is_said_when_it_is_saved_and_not_before() {
        BookingRows rows;
        const Desk desk(rows.database.staff_url());
        QVERIFY(open_companion(desk, "Ada"));
        desk.find<QComboBox>("availability.deposit")->setCurrentIndex(1); // a fixed amount
        auto *amount = desk.find<QLineEdit>("availability.amount");
        QTRY_VERIFY(amount->isVisibleTo(&desk.page));
        const auto *problem = desk.find<QLabel>("availability.problem");
        QCOMPARE(problem->text(), QString());
        auto *save = desk.find<QPushButton>("availability.save");
        save->click();
        QCOMPARE(problem->text(), QStringLiteral("Enter the amount of the deposit."));
        QTRY_VERIFY(amount->hasFocus());
        amount->setText("0");
        QCOMPARE(problem->text(), QStringLiteral("A deposit must be more than 0."));
        QVERIFY(!save->isEnabled());
        amount->setText("80");
        QCOMPARE(problem->text(), QString());
        save->click();
        QTRY_VERIFY(banner(desk).contains("Saved"));
        db::Session session(rows.database.staff_url());
        const auto stored = db::AvailabilityStore(session).settings(rows.database.tenant_id());
        QCOMPARE(models::read_booking_rules(stored.rules).deposit.amount_minor, 8000);
    }

    void tab_comes_to_what_was_added_where_it_stands() {
        BookingRows rows;
        Desk desk(rows.database.staff_url());
        QVERIFY(open_companion(desk, "Ada"));
        desk.find<QCheckBox>("availability.offers")->click();
        desk.find<QDateEdit>("exceptions.day")->setDate(QDate(2027, 12, 24));
        desk.find<QPushButton>("exceptions.add")->click();
        auto *exception = desk.find<QToolButton>("exceptions.remove.2027-12-24");
        exception->setFocus();
        QTRY_VERIFY(exception->hasFocus());
        QCOMPARE(fields_until("exceptions.day"),
                 (QStringList{"exceptions.remove.2027-12-24", "exceptions.day"}));
        const auto tour = add_tour(desk, rows);
        QVERIFY(!tour.isEmpty());
        auto *remove = desk.page.findChild<QToolButton *>(tour);
        remove->setFocus();
        QTRY_VERIFY(remove->hasFocus());
        QCOMPARE(fields_until("tours.city"), (QStringList{tour, "tours.city"}));
    }

    void that_something_may_be_out_of_date_goes_when_it_is_read_again() {
        BookingRows rows;
        const Desk desk(rows.database.staff_url());
        QVERIFY(open_companion(desk, "Ada"));
        auto *view = desk.find<AvailabilityView>("availability");
        rows.owner.done("ALTER TABLE tours RENAME TO tours_elsewhere");
        view->refresh();
        QTRY_VERIFY(banner(desk).startsWith("This may be out of date."));
        rows.owner.done("ALTER TABLE tours_elsewhere RENAME TO tours");
        view->refresh();
        QTRY_COMPARE(banner(desk), QString());
    }
};

QTEST_MAIN(AvailabilityChangeTest)
#include "availability_change_test.moc"
