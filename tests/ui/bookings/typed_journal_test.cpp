// SPDX-License-Identifier: Apache-2.0
// What is typed in forms that belong to no booking yet outlives the program's end.
#include "db/connection/session.h"
#include "db/stores/revision_store.h"
#include "tests/ui/bookings/desk.h"
#include "ui/bookings/availability_view.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/state_stack.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QFile>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTimeEdit>
#include <QUuid>

using namespace studio;
using namespace studio::ui;

namespace {

constexpr int availability_tab = 2;

bool choose(const Desk &desk, const char *box, const char *name) {
    auto *companion = desk.find<QComboBox>(box);
    const bool known = QTest::qWaitFor([&] { return companion->findText(QLatin1String(name)) >= 0; }, 10000);
    companion->setCurrentIndex(companion->findText(QLatin1String(name)));
    return known;
}

bool open_availability(const Desk &desk, const char *name) {
    desk.find<QTabBar>("bookings.tabs")->setCurrentIndex(availability_tab);
    const auto *state = desk.find<StateStack>("availability.state");
    return choose(desk, "availability.companion", name) &&
           QTest::qWaitFor([&] { return state->state() == StateStack::State::Content; }, 10000);
}

// A place for the file of one login.
struct Home {
    QTemporaryDir folder;
    QString preferences = folder.filePath("staff.json"), file = preferences + ".typed";
};

// Ada's, each with its length.
void publish_services(BookingRows &rows) {
    db::Session people(rows.database.operator_url());
    db::RevisionStore revisions(people);
    auto latest = *revisions.latest(rows.database.tenant_id());
    latest.documents.content["services"] =
        models::Json::array({{{"id", "dinner"}, {"name", "Dinner"}, {"duration", "3 hours"}},
                             {{"id", "night"}, {"name", "Night"}, {"duration", "10 hours"}}});
    revisions.save_and_publish(rows.database.tenant_id(), latest.summary.number, latest.documents, "",
                               QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString());
}

} // namespace

class TypedJournalTest final : public QObject {
    Q_OBJECT

private slots:
    void a_booking_that_is_not_entered_is_there_after_the_program_ended() {
        const Home home;
        BookingRows rows;
        {
            Desk desk(rows.database.staff_url(), {}, home.preferences);
            desk.find<QPushButton>("bookings.enter")->click();
            QVERIFY(choose(desk, "enter.companion", "Bea"));
            desk.find<QComboBox>("enter.source")->setCurrentIndex(1);
            desk.find<QLineEdit>("enter.name")->setText("Robin Vale");
            desk.find<QLineEdit>("enter.email")->setText("robin@example.com");
            desk.find<QComboBox>("enter.service")->setCurrentText("A long walk");
            desk.find<QDateEdit>("enter.day")->setDate(QDate(2027, 3, 10));
            desk.find<QTimeEdit>("enter.time")->setTime(QTime(20, 15));
            desk.find<QSpinBox>("enter.minutes")->setValue(75);
            desk.find<QComboBox>("enter.place_kind")->setCurrentIndex(2);
            desk.find<QLineEdit>("enter.place")->setText("Harbourside");
            desk.find<QPlainTextEdit>("enter.message")->setPlainText("Called twice.\nA quiet table.");
            desk.find<QCheckBox>("enter.mail")->setChecked(true);
            QTRY_VERIFY(QFile::exists(home.file)); // without any end that could write it
            QCOMPARE(QFile::permissions(home.file) & (QFile::ReadGroup | QFile::ReadOther),
                     QFile::Permissions());
            QVERIFY(!desk.page.may_close());
            QVERIFY2(desk.page.may_close_for_now(), "it waits in the file");
        }
        const Desk desk(rows.database.staff_url(), {}, home.preferences);
        QTRY_COMPARE(desk.find<QComboBox>("enter.companion")->currentText(), QStringLiteral("Bea"));
        QCOMPARE(desk.find<QComboBox>("enter.source")->currentIndex(), 1);
        QCOMPARE(desk.find<QLineEdit>("enter.name")->text(), QStringLiteral("Robin Vale"));
        QCOMPARE(desk.find<QLineEdit>("enter.email")->text(), QStringLiteral("robin@example.com"));
        QCOMPARE(desk.find<QDateEdit>("enter.day")->date(), QDate(2027, 3, 10));
        QCOMPARE(desk.find<QTimeEdit>("enter.time")->time(), QTime(20, 15));
        QCOMPARE(desk.find<QComboBox>("enter.place_kind")->currentIndex(), 2);
        QCOMPARE(desk.find<QLineEdit>("enter.place")->text(), QStringLiteral("Harbourside"));
        QCOMPARE(desk.find<QPlainTextEdit>("enter.message")->toPlainText(),
                 QStringLiteral("Called twice.\nA quiet table."));
        QVERIFY(desk.find<QCheckBox>("enter.mail")->isChecked());
        desk.find<QPushButton>("bookings.enter")->click();
        auto *enter = desk.find<QPushButton>("enter.enter");
        QTRY_VERIFY(enter->isEnabled());
        QCOMPARE(desk.find<QComboBox>("enter.service")->currentText(), QStringLiteral("A long walk"));
        QCOMPARE(desk.find<QSpinBox>("enter.minutes")->value(), 75);
        enter->click();
        QTRY_COMPARE(rows.owner.value("SELECT coalesce(max(client_name || ' ' || service_type), '')"
                                      " FROM bookings WHERE tenant_id = '" +
                                      rows.database.other_tenant_id().text() + "'"),
                     std::string("Robin Vale A long walk"));
        QTRY_VERIFY2(!QFile::exists(home.file), "nothing typed: no file");
    }

    void a_length_that_was_chosen_stays_after_the_program_ended_and_a_usual_one_follows_its_service() {
        for (const int chosen : {60, 0}) { // 60: what a service without a length has; 0: none is chosen
            const Home home;
            BookingRows rows;
            publish_services(rows);
            const auto shows_services = [](const Desk &desk) {
                const auto *service = desk.find<QComboBox>("enter.service");
                return QTest::qWaitFor([service] { return service->findText("Night") >= 0; }, 10000);
            };
            {
                const Desk desk(rows.database.staff_url(), {}, home.preferences);
                desk.find<QPushButton>("bookings.enter")->click();
                QVERIFY(choose(desk, "enter.companion", "Ada"));
                QVERIFY(shows_services(desk));
                desk.find<QLineEdit>("enter.name")->setText("Robin Vale");
                desk.find<QComboBox>("enter.service")->setCurrentText("Dinner");
                if (chosen > 0) {
                    desk.find<QSpinBox>("enter.minutes")->setValue(chosen);
                }
                QTRY_VERIFY(QFile::exists(home.file)); // without any end that could write it
            }
            const Desk desk(rows.database.staff_url(), {}, home.preferences);
            QVERIFY(shows_services(desk));
            auto *service = desk.find<QComboBox>("enter.service");
            const auto *minutes = desk.find<QSpinBox>("enter.minutes");
            QCOMPARE(service->currentText(), QStringLiteral("Dinner"));
            QCOMPARE(minutes->value(), chosen > 0 ? chosen : 180);
            service->setCurrentText("Night");
            QCOMPARE(minutes->value(), chosen > 0 ? chosen : 600);
        }
    }

    void what_is_edited_in_availability_is_there_after_the_program_ended() {
        const Home home;
        BookingRows rows;
        {
            Desk desk(rows.database.staff_url(), {}, home.preferences);
            QVERIFY(open_availability(desk, "Ada"));
            desk.find<QCheckBox>("availability.offers")->click();
            desk.find<QLineEdit>("hours.0")->setText("10:00-22:00");
            desk.find<QLineEdit>("hours.1")->setText("12-"); // not finished
            desk.find<QSpinBox>("availability.buffer")->setValue(45);
            desk.find<QDateEdit>("tours.first")->setDate(QDate(2027, 5, 3));
            desk.find<QLineEdit>("tours.city")->setText("Lyon");
            QVERIFY(open_availability(desk, "Bea"));
            desk.find<QSpinBox>("availability.answer")->setValue(7);
            QTRY_VERIFY(QFile::exists(home.file)); // without any end that could write it
            QVERIFY(!desk.page.may_close());
            QVERIFY2(desk.page.may_close_for_now(), "it waits in the file");
        }
        Desk desk(rows.database.staff_url(), {}, home.preferences);
        QVERIFY(desk.find<AvailabilityView>("availability")->is_edited());
        QVERIFY(open_availability(desk, "Ada"));
        QTRY_COMPARE(desk.find<QLineEdit>("tours.city")->text(), QStringLiteral("Lyon"));
        QCOMPARE(desk.find<QDateEdit>("tours.first")->date(), QDate(2027, 5, 3));
        QVERIFY(desk.find<QCheckBox>("availability.offers")->isChecked());
        QCOMPARE(desk.find<QLineEdit>("hours.1")->text(), QStringLiteral("12-"));
        QCOMPARE(desk.find<QSpinBox>("availability.buffer")->value(), 45);
        auto *save = desk.find<QPushButton>("availability.save");
        QVERIFY(!save->isEnabled());
        desk.find<QLineEdit>("hours.1")->setText("12-14");
        QVERIFY(save->isEnabled());
        save->click();
        QTRY_VERIFY(desk.find<Banner>("availability.banner")->text().contains("Saved"));
        desk.find<QLineEdit>("tours.city")->clear();
        QVERIFY(open_availability(desk, "Bea"));
        QTRY_COMPARE(desk.find<QSpinBox>("availability.answer")->value(), 7);
        QVERIFY2(QFile::exists(home.file), "hers is not saved yet");
        desk.find<QPushButton>("availability.reload")->click();
        QTRY_VERIFY2(!QFile::exists(home.file), "nothing typed: no file");
    }
};

QTEST_MAIN(TypedJournalTest)
#include "typed_journal_test.moc"
