// SPDX-License-Identifier: Apache-2.0
#include "db/bookings/availability_store.h"
#include "db/bookings/calendar_import_store.h"
#include "db/connection/session.h"
#include "db/stores/revision_store.h"
#include "models/booking/booking_rules.h"
#include "tests/ui/bookings/desk.h"
#include "ui/bookings/availability_view.h"
#include "ui/bookings/hours_text.h"
#include "ui/bookings/imports_view.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/state_stack.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSemaphore>
#include <QSpinBox>
#include <QTabBar>
#include <QTemporaryDir>
#include <QToolButton>
#include <QUuid>

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
        QVERIFY(desk.find<QLabel>("availability.amount.label")->text().contains("AUD"));
        desk.find<QSpinBox>("availability.percent")->setValue(30);
        auto *how_to_pay = desk.find<QPlainTextEdit>("availability.how_to_pay");
        how_to_pay->setPlainText(QString(501, QLatin1Char('x')));
        QVERIFY(!save->isEnabled());
        how_to_pay->setPlainText("Account 12-3456\nA. Example");
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
        const auto deposit_rule = models::read_booking_rules(stored.rules).deposit;
        QCOMPARE(deposit_rule.percent, 30);
        QCOMPARE(deposit_rule.how_to_pay, std::string("Account 12-3456\nA. Example"));
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
        auto *undo = desk.find<Banner>("availability.banner")->action_button();
        QTRY_VERIFY(undo->isVisible());
        undo->click();
        QTRY_COMPARE(rows.owner.value("SELECT coalesce(max(city || ' ' || time_zone), '') FROM tours"),
                     std::string("Lyon Europe/Paris"));
        desk.find<QPushButton>("feeds.add")->click();
        auto *address = desk.find<QLineEdit>("feeds.address");
        QTRY_VERIFY(address->text().startsWith("http://ada.localhost:8080/calendar/"));
        db::Session session(rows.database.staff_url());
        const auto feeds = db::AvailabilityStore(session).feeds(rows.database.tenant_id());
        QCOMPARE(feeds.size(), std::size_t(1));
        const auto revoke = "feeds.revoke." + QString::fromStdString(feeds.front().id);
        QTRY_VERIFY(desk.page.findChild<QPushButton *>(revoke) != nullptr);
        auto *button = desk.page.findChild<QPushButton *>(revoke);
        button->click();
        QVERIFY2(button->text().contains("for good"), "it cannot come back, so it is asked");
        QCOMPARE(db::AvailabilityStore(session).feeds(rows.database.tenant_id()).size(), std::size_t(1));
        button->click();
        QTRY_VERIFY(db::AvailabilityStore(session).feeds(rows.database.tenant_id()).empty());
    }

    void a_tour_keeps_the_clock_of_home_or_of_the_city_and_says_which() {
        BookingRows rows;
        const Desk desk(rows.database.staff_url());
        QVERIFY(open_ada(desk));
        auto *city = desk.find<QLineEdit>("tours.city");
        auto *zone = desk.find<QComboBox>("tours.zone");
        auto *clock = desk.find<QLabel>("tours.clock");
        QCOMPARE(zone->currentText(), QString("Australia/Sydney"));
        city->setText("Lyon"); // no zone has this name
        QCOMPARE(zone->currentText(), QString("Australia/Sydney"));
        city->setText("Paris");
        QCOMPARE(zone->currentText(), QString("Europe/Paris"));
        QVERIFY2(clock->text().contains("Paris time"), qPrintable(clock->text()));
        zone->setCurrentIndex(zone->findText("Africa/Abidjan"));
        city->setText("Melbourne");
        QCOMPARE(zone->currentText(), QString("Africa/Abidjan"));
        QVERIFY2(clock->text().contains("Australia/Melbourne"), qPrintable(clock->text()));
        zone->setCurrentIndex(zone->findText("Australia/Melbourne"));
        QVERIFY2(clock->text().contains("Melbourne time"), qPrintable(clock->text()));
        desk.find<QPushButton>("tours.add")->click();
        QTRY_COMPARE(rows.owner.value("SELECT coalesce(max(city || ' ' || time_zone), '') FROM tours"),
                     std::string("Melbourne Australia/Melbourne"));
        const auto words = "tours.words." + QString::fromStdString(rows.owner.value("SELECT id FROM tours"));
        QTRY_VERIFY(desk.page.findChild<QLabel *>(words) != nullptr);
        QVERIFY(desk.page.findChild<QLabel *>(words)->text().endsWith("Melbourne time"));
        QTRY_COMPARE(zone->currentText(), QString("Australia/Sydney"));
    }

    void what_the_site_shows_of_a_tour_is_chosen_when_it_is_added_and_later() {
        BookingRows rows;
        const Desk desk(rows.database.staff_url());
        QVERIFY(open_ada(desk));
        desk.find<QLineEdit>("tours.city")->setText("Lyon");
        auto *shown = desk.find<QComboBox>("tours.visibility");
        auto *from = desk.find<QDateEdit>("tours.from");
        QVERIFY(!from->isVisibleTo(&desk.page));
        shown->setCurrentIndex(shown->findData("later"));
        QVERIFY(from->isVisibleTo(&desk.page));
        from->setDate(QDate(2027, 1, 15));
        desk.find<QComboBox>("tours.places")->setCurrentIndex(2);
        desk.find<QPushButton>("tours.add")->click();
        const auto stored = [&rows] {
            return rows.owner.value(
                "SELECT coalesce(max(concat_ws(' ', visibility, visible_from, incall, outcall)), '')"
                " FROM tours");
        };
        QTRY_COMPARE(stored(), std::string("later 2027-01-15 f t"));
        const auto id = QString::fromStdString(rows.owner.value("SELECT id FROM tours"));
        QTRY_VERIFY(desk.page.findChild<QComboBox *>("tours.shown." + id) != nullptr);
        auto *line = desk.page.findChild<QComboBox *>("tours.shown." + id);
        QCOMPARE(line->currentData().toString(), QStringLiteral("later"));
        line->setCurrentIndex(line->findData("month"));
        emit line->activated(line->currentIndex());
        QTRY_COMPARE(stored(), std::string("month f t"));
    }

    void a_service_has_the_usual_places_or_its_own() {
        BookingRows rows;
        db::Session people(rows.database.operator_url());
        db::RevisionStore revisions(people);
        auto latest = *revisions.latest(rows.database.tenant_id());
        latest.documents.content["services"] =
            models::Json::array({{{"id", "dinner"}, {"name", "Dinner date"}}});
        revisions.save_and_publish(rows.database.tenant_id(), latest.summary.number, latest.documents, "",
                                   QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString());
        const Desk desk(rows.database.staff_url());
        QVERIFY(open_ada(desk));
        desk.find<QCheckBox>("availability.offers")->click();
        QCheckBox *usual = nullptr;
        for (auto *box : desk.page.findChildren<QCheckBox *>()) {
            if (box->objectName().startsWith("places.") && box->objectName().endsWith(".usual")) {
                usual = box;
                break;
            }
        }
        QVERIFY(usual != nullptr);
        QVERIFY(usual->isChecked());
        const auto service = usual->objectName().mid(7).chopped(6);
        auto *travel = desk.page.findChild<QCheckBox *>("places." + service + ".travel");
        auto *incall = desk.page.findChild<QCheckBox *>("places." + service + ".incall");
        auto *outcall = desk.page.findChild<QCheckBox *>("places." + service + ".outcall");
        QVERIFY(!travel->isEnabled());
        desk.find<QCheckBox>("availability.travel")->click();
        QVERIFY2(travel->isChecked(), "the usual places are hers");
        usual->click();
        incall->setChecked(false);
        outcall->setChecked(false);
        travel->setChecked(false);
        QVERIFY(!desk.find<QPushButton>("availability.save")->isEnabled());
        travel->setChecked(true);
        desk.find<QPushButton>("availability.save")->click();
        QTRY_VERIFY(desk.find<Banner>("availability.banner")->text().contains("Saved"));
        db::Session session(rows.database.staff_url());
        const auto hours = models::read_availability(
            db::AvailabilityStore(session).settings(rows.database.tenant_id()).availability);
        QCOMPARE(hours.default_places.size(), std::size_t(3));
        QCOMPARE(hours.places.at(service.toStdString()),
                 (models::ServicePlaces{models::ServicePlace::Travel}));
    }

    void reminders_and_the_agenda_are_set_here() {
        BookingRows rows;
        const Desk desk(rows.database.staff_url());
        QVERIFY(open_ada(desk));
        QCOMPARE(desk.find<QSpinBox>("availability.reminder")->text(), QStringLiteral("No reminder"));
        desk.find<QSpinBox>("availability.reminder")->setValue(24);
        desk.find<QSpinBox>("availability.client_answer")->setValue(36);
        auto *agenda = desk.find<QComboBox>("availability.agenda");
        agenda->setCurrentIndex(agenda->findData("07:30"));
        desk.find<QCheckBox>("availability.replies")->click();
        desk.find<QPushButton>("availability.save")->click();
        QTRY_VERIFY(desk.find<Banner>("availability.banner")->text().contains("Saved"));
        db::Session session(rows.database.staff_url());
        const auto rules = models::read_booking_rules(
            db::AvailabilityStore(session).settings(rows.database.tenant_id()).rules);
        QCOMPARE(rules.reminder_hours, std::optional(24));
        QCOMPARE(rules.client_answer_hours, 36);
        QCOMPARE(rules.agenda_at, std::string("07:30"));
        QVERIFY(!rules.deposit_reminder_hours);
        QVERIFY(rules.replies_to_companion);
    }

    void a_save_changes_only_what_was_changed_here() {
        BookingRows rows;
        db::Session session(rows.database.staff_url());
        db::AvailabilityStore store(session);
        QVERIFY(store.save(rows.database.tenant_id(),
                           {{{"noticeMinutes", 90}, {"private", "kept"}}, models::Json::object(), 0}));
        const Desk desk(rows.database.staff_url());
        QVERIFY(open_ada(desk));
        desk.find<QSpinBox>("availability.buffer")->setValue(30);
        desk.find<QPushButton>("availability.save")->click();
        QTRY_VERIFY(desk.find<Banner>("availability.banner")->text().contains("Saved"));
        const auto stored = store.settings(rows.database.tenant_id()).availability;
        QCOMPARE(stored["noticeMinutes"].get<int>(), 90);
        QCOMPARE(stored["bufferMinutes"].get<int>(), 30);
        QCOMPARE(stored["private"].get<std::string>(), std::string("kept"));
    }

    void hours_that_are_no_longer_offered_can_be_taken_back() {
        BookingRows rows;
        db::Session session(rows.database.staff_url());
        db::AvailabilityStore store(session);
        QVERIFY(store.save(rows.database.tenant_id(), {{{"noticeMinutes", 90}}, models::Json::object(), 0}));
        const Desk desk(rows.database.staff_url());
        QVERIFY(open_ada(desk));
        desk.find<QCheckBox>("availability.offers")->click();
        desk.find<QPushButton>("availability.save")->click();
        QTRY_VERIFY(store.settings(rows.database.tenant_id()).availability.is_null());
        auto *undo = desk.find<Banner>("availability.banner")->action_button();
        QTRY_VERIFY(undo->isVisible());
        undo->click();
        QTRY_VERIFY(!store.settings(rows.database.tenant_id()).availability.is_null());
        QCOMPARE(store.settings(rows.database.tenant_id()).availability["noticeMinutes"].get<int>(), 90);
        QTRY_VERIFY(desk.find<QCheckBox>("availability.offers")->isChecked());
    }

    void ones_settings_are_never_saved_over_anothers() {
        BookingRows rows;
        Desk desk(rows.database.staff_url());
        QVERIFY(open_ada(desk));
        auto *answer = desk.find<QSpinBox>("availability.answer");
        auto *save = desk.find<QPushButton>("availability.save");
        auto *companion = desk.find<QComboBox>("availability.companion");
        answer->setValue(12);
        QSemaphore slow;
        desk.worker.run([&slow](db::Session &) { slow.acquire(); }); // all that follows waits
        companion->setCurrentIndex(companion->findText("Bea"));
        QVERIFY(!save->isEnabled());
        save->click();
        answer->setValue(13);
        QVERIFY(!save->isEnabled());
        slow.release();
        const auto *state = desk.find<StateStack>("availability.state");
        QTRY_VERIFY(state->state() == StateStack::State::Content);
        QCOMPARE(answer->value(), 24);
        QCOMPARE(rows.owner.value("SELECT count(*) FROM booking_settings"), std::string("0"));
        companion->setCurrentIndex(companion->findText("Ada"));
        QTRY_COMPARE(answer->value(), 12);
        QVERIFY2(save->isEnabled(), "what was typed for her is still here");
        save->click();
        QTRY_COMPARE(rows.owner.value("SELECT coalesce(max(tenant_id::text), '') FROM booking_settings"),
                     rows.database.tenant_id().text());
    }

    void what_is_typed_while_a_save_is_on_its_way_stays() {
        BookingRows rows;
        Desk desk(rows.database.staff_url());
        QVERIFY(open_ada(desk));
        auto *answer = desk.find<QSpinBox>("availability.answer");
        auto *save = desk.find<QPushButton>("availability.save");
        QSemaphore slow;
        desk.worker.run([&slow](db::Session &) { slow.acquire(); });
        answer->setValue(12);
        save->click();
        answer->setValue(18);
        slow.release();
        QTRY_VERIFY(desk.find<Banner>("availability.banner")->text().contains("Saved"));
        QCOMPARE(answer->value(), 18);
        QTRY_VERIFY(save->isEnabled());
        save->click();
        QTRY_COMPARE(rows.owner.value("SELECT rules ->> 'answerHours' FROM booking_settings"),
                     std::string("18"));
    }

    void a_calendar_file_blocks_its_busy_times_and_a_zone_is_asked_for() {
        BookingRows rows;
        const Desk desk(rows.database.staff_url());
        QVERIFY(open_ada(desk));
        const QTemporaryDir folder;
        const auto path = folder.filePath("work.ics");
        const auto write = [&path](const char *zone) {
            const auto day = QDate::currentDate().addDays(20).toString("yyyyMMdd");
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(
                QString(
                    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=%1:%2T100000\r\n"
                    "DTEND;TZID=%1:%2T120000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
                    .arg(zone, day)
                    .toUtf8());
        };
        write("Australia/Perth");
        auto *imports = desk.find<ImportsView>("imports");
        imports->import_file(path);
        const auto blocked = [&rows] { return rows.owner.value("SELECT count(*) FROM time_blocks"); };
        QTRY_COMPARE(blocked(), std::string("1"));
        const auto id = QString::fromStdString(rows.owner.value("SELECT id FROM calendar_imports"));
        QTRY_VERIFY(desk.page.findChild<QLabel *>("imports.line." + id) != nullptr);
        QVERIFY(desk.page.findChild<QLabel *>("imports.line." + id)
                    ->text()
                    .contains("work.ics, from a file: 1 busy"));
        write("Customized Time Zone");
        imports->import_file(path, id.toStdString());
        const auto *question = desk.find<QWidget>("imports.question");
        QTRY_VERIFY(question->isVisibleTo(&desk.page));
        auto *zone = desk.find<QComboBox>("imports.zone.0");
        QCOMPARE(zone->currentText(), QStringLiteral("Australia/Sydney"));
        desk.find<QPushButton>("imports.answer")->click();
        QTRY_VERIFY(desk.find<Banner>("availability.banner")->text().contains("imported"));
        QTRY_COMPARE(
            rows.owner.value("SELECT extract(hour FROM starts_at AT TIME ZONE 'Australia/Sydney')::int"
                             " FROM time_blocks"),
            std::string("10"));
        write("Australia/Perth");
        QFile broken(path);
        QVERIFY(broken.open(QIODevice::WriteOnly | QIODevice::Truncate));
        broken.write("hello");
        broken.close();
        imports->import_file(path);
        QTRY_VERIFY(desk.find<Banner>("availability.banner")->text().contains("no calendar file"));
        QCOMPARE(blocked(), std::string("1"));
        auto *remove = desk.page.findChild<QPushButton *>("imports.remove." + id);
        remove->click();
        QCOMPARE(remove->text(), QStringLiteral("Remove “work.ics”"));
        remove->click();
        QTRY_COMPARE(blocked(), std::string("0"));
    }

    void a_calendar_at_an_address_says_when_it_was_read_and_what_failed() {
        BookingRows rows;
        const Desk desk(rows.database.staff_url());
        QVERIFY(open_ada(desk));
        auto *address = desk.find<QLineEdit>("imports.address");
        auto *add = desk.find<QPushButton>("imports.add");
        address->setText("calendar.ics");
        QVERIFY(!add->isEnabled());
        address->setText("webcal://calendar.example.com/secret/basic.ics");
        desk.find<QLineEdit>("imports.name")->setText("Work");
        add->click();
        QTRY_COMPARE(rows.owner.value("SELECT coalesce(max(url), '') FROM calendar_imports"),
                     std::string("https://calendar.example.com/secret/basic.ics"));
        const auto id = QString::fromStdString(rows.owner.value("SELECT id FROM calendar_imports"));
        const auto line = [&] {
            const auto *label = desk.page.findChild<QLabel *>("imports.line." + id);
            return label == nullptr ? QString() : label->text();
        };
        QTRY_COMPARE(line(), QStringLiteral("Work, calendar.example.com: is being read"));
        db::Session service(rows.database.renderer_url());
        db::CalendarImportStore reader(service);
        const auto start = base::now() + std::chrono::hours(48);
        reader.was_read(id.toStdString(), {{start, start + std::chrono::hours(1)}},
                        {{"unknownZones", {"Work Time"}}}, std::chrono::hours(1));
        QTRY_COMPARE(line(), QStringLiteral("Work, calendar.example.com: 1 busy time, read just now"));
        QVERIFY(desk.page.findChild<QLabel *>("imports.trouble." + id)->text().contains("\"Work Time\""));
        reader.was_not_read(id.toStdString(), "The calendar's server answered 500.", std::chrono::hours(1));
        const auto trouble = [&] {
            const auto *label = desk.page.findChild<QLabel *>("imports.trouble." + id);
            return label == nullptr ? QString() : label->text();
        };
        QTRY_VERIFY(trouble().contains("still count. The calendar's server answered 500."));
        QVERIFY(line().contains("1 busy time"));
        desk.page.findChild<QPushButton *>("imports.zones." + id)->click();
        auto *zone = desk.find<QComboBox>("imports.zone.0");
        zone->setCurrentIndex(zone->findText("Australia/Perth"));
        desk.find<QPushButton>("imports.answer")->click();
        QTRY_COMPARE(rows.owner.value("SELECT zones ->> 'Work Time' FROM calendar_imports"),
                     std::string("Australia/Perth"));
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
