// SPDX-License-Identifier: Apache-2.0
#include "db/bookings/availability_store.h"
#include "models/booking/booking_rules.h"
#include "tests/ui/bookings/desk.h"
#include "ui/bookings/availability_view.h"
#include "ui/bookings/hours_text.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/state_stack.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QToolButton>

using namespace studio;
using namespace studio::ui;

namespace {

bool open_ada(const Desk &desk) {
    desk.find<QTabBar>("bookings.tabs")->setCurrentIndex(2);
    auto *companion = desk.find<QComboBox>("availability.companion");
    const bool known = QTest::qWaitFor([&] { return companion->findText("Ada") >= 0; }, 10000);
    companion->setCurrentIndex(companion->findText("Ada"));
    const auto *state = desk.find<StateStack>("availability.state");
    return known && QTest::qWaitFor([&] { return state->state() == StateStack::State::Content; }, 10000);
}

} // namespace

class AvailabilityViewTest final : public QObject {
    Q_OBJECT

private slots:
    void hours_are_read_as_people_type_them() {
        using Spans = models::HourSpans;
        QCOMPARE(read_hours("10:00-14:00, 18-2"), std::optional(Spans{{600, 840}, {1080, 1560}}));
        QCOMPARE(read_hours(" "), std::optional(Spans{}));
        QCOMPARE(read_hours("18:00–24:00"), std::optional(Spans{{1080, 1440}}));
        for (const auto *wrong :
             {"10", "10-", "25:00-26:00", "10:75-12:00", "10-14, 13-15", "24:00-2:00", "x"}) {
            QVERIFY2(!read_hours(QLatin1String(wrong)), wrong);
        }
        const Spans spans{{600, 840}, {1080, 1560}};
        QCOMPARE(read_hours(hours_text(spans)), std::optional(spans));
    }

    void hours_rules_and_deposit_are_saved_and_read_again() {
        BookingRows rows;
        const Desk desk(rows.database.staff_url());
        QVERIFY(open_ada(desk));
        auto *save = desk.find<QPushButton>("availability.save");
        QVERIFY(!save->isEnabled());
        desk.find<QCheckBox>("availability.offers")->click();
        desk.find<QLineEdit>("hours.0")->setText("10:00-22:00");
        desk.find<QAction>("hours.copy_all.0")->trigger();
        QCOMPARE(desk.find<QLineEdit>("hours.6")->text(), QStringLiteral("10:00-22:00"));
        desk.find<QSpinBox>("availability.buffer")->setValue(45);
        desk.find<QDateEdit>("exceptions.day")->setDate(QDate(2027, 12, 24));
        desk.find<QLineEdit>("exceptions.note")->setText("Family");
        desk.find<QPushButton>("exceptions.add")->click();
        auto *deposit = desk.find<QComboBox>("availability.deposit");
        deposit->setCurrentIndex(2);
        desk.find<QSpinBox>("availability.percent")->setValue(30);
        desk.find<QLineEdit>("hours.3")->setText("all day");
        QVERIFY(!save->isEnabled());
        desk.find<QLineEdit>("hours.3")->clear();
        QVERIFY(save->isEnabled());
        save->click();
        QTRY_VERIFY(desk.find<Banner>("availability.banner")->text().contains("Saved"));
        db::Session session(rows.database.staff_url());
        const auto stored = db::AvailabilityStore(session).settings(rows.database.tenant_id());
        const auto hours = models::read_availability(stored.availability);
        QCOMPARE(hours.buffer_minutes, 45);
        QCOMPARE(hours.weekly[0], (models::HourSpans{{600, 1320}}));
        QVERIFY(hours.weekly[3].empty());
        QCOMPARE(hours.exceptions.size(), std::size_t(1));
        QCOMPARE(models::day_text(hours.exceptions.front().day), std::string("2027-12-24"));
        QVERIFY(hours.exceptions.front().hours.empty());
        QCOMPARE(models::read_booking_rules(stored.rules).deposit.percent, 30);
    }

    void tours_and_calendar_addresses_are_stored_at_once() {
        BookingRows rows;
        const Desk desk(rows.database.staff_url());
        QVERIFY(open_ada(desk));
        desk.find<QLineEdit>("tours.city")->setText("Lyon");
        auto *zone = desk.find<QComboBox>("tours.zone");
        zone->setCurrentIndex(zone->findText("Europe/Paris"));
        desk.find<QPushButton>("tours.add")->click();
        QTRY_COMPARE(rows.owner.value("SELECT coalesce(max(city || ' ' || time_zone), '') FROM tours"),
                     std::string("Lyon Europe/Paris"));
        const auto tour = QString::fromStdString(rows.owner.value("SELECT id FROM tours"));
        QTRY_VERIFY(desk.page.findChild<QToolButton *>("tours.remove." + tour) != nullptr);
        desk.page.findChild<QToolButton *>("tours.remove." + tour)->click();
        QTRY_COMPARE(rows.owner.value("SELECT count(*) FROM tours"), std::string("0"));
        desk.find<QPushButton>("feeds.add")->click();
        auto *address = desk.find<QLineEdit>("feeds.address");
        QTRY_VERIFY(address->text().startsWith("http://ada.localhost:8080/calendar/"));
        db::Session session(rows.database.staff_url());
        const auto feeds = db::AvailabilityStore(session).feeds(rows.database.tenant_id());
        QCOMPARE(feeds.size(), std::size_t(1));
        const auto revoke = "feeds.revoke." + QString::fromStdString(feeds.front().id);
        QTRY_VERIFY(desk.page.findChild<QPushButton *>(revoke) != nullptr);
        desk.page.findChild<QPushButton *>(revoke)->click();
        QTRY_VERIFY(db::AvailabilityStore(session).feeds(rows.database.tenant_id()).empty());
    }

    void nothing_is_written_over_what_someone_else_saved() {
        BookingRows rows;
        const Desk desk(rows.database.staff_url());
        QVERIFY(open_ada(desk));
        auto *answer = desk.find<QSpinBox>("availability.answer");
        answer->setValue(12);
        db::Session other(rows.database.operator_url());
        auto settings = db::AvailabilityStore(other).settings(rows.database.tenant_id());
        settings.rules["answerHours"] = 6;
        QVERIFY(db::AvailabilityStore(other).save(rows.database.tenant_id(), settings));
        // time is the subject: the view takes in a notice without a sign that a test could wait for
        QTest::qWait(300);
        QCOMPARE(answer->value(), 12);
        desk.find<QPushButton>("availability.save")->click();
        QTRY_VERIFY(desk.find<Banner>("availability.banner")->text().contains("Someone else saved"));
        const auto stored = db::AvailabilityStore(other).settings(rows.database.tenant_id());
        QCOMPARE(models::read_booking_rules(stored.rules).answer_hours, 6);
        QCOMPARE(answer->value(), 12);
        desk.find<QPushButton>("availability.reload")->click();
        QTRY_COMPARE(answer->value(), 6);
    }
};

QTEST_MAIN(AvailabilityViewTest)
#include "availability_view_test.moc"
