// SPDX-License-Identifier: Apache-2.0
// A decision that blocked time refuses, and the second press that takes it all the same.
#include "tests/ui/bookings/deciding.h"
#include "ui/bookings/fact_rows.h"
#include "ui/widgets/banner.h"

#include <QSpinBox>
#include <QToolButton>

using namespace studio;
using namespace studio::ui;

namespace {

// One booking of ada's at nine, chosen and shown, while she is elsewhere from ten to twelve.
struct BlockedBooking {
    BookingRows rows;
    std::string id;
    Desk desk{rows.database.staff_url()};

    explicit BlockedBooking(const std::string &status = "pending")
        : id(rows.add("Robin Vale", 9, 60, {}, status)) {}
    bool is_shown() {
        return QTest::qWaitFor([this] { return desk.rows() == 1; }, 10000) &&
               (desk.choose(0), shows(desk, id));
    }
    void block(const std::string &note, const std::string &calendar = "NULL") {
        const auto stored = rows.owner.done(
            "INSERT INTO time_blocks (tenant_id, starts_at, ends_at, note, import_id) SELECT tenant_id,"
            " starts_at + interval '1 hour', starts_at + interval '3 hours', '" +
            note + "', " + calendar + " FROM bookings");
        if (!stored.message.empty()) {
            qFatal("%s", stored.message.c_str());
        }
    }
    QString block_begins() {
        return QString::fromStdString(rows.owner.value(
            "SELECT to_char(starts_at AT TIME ZONE 'Australia/Sydney', 'HH24:MI') FROM time_blocks"));
    }
    std::string decided_on_purpose() {
        return rows.owner.value(
            "SELECT count(*) FROM booking_history WHERE details ->> 'over_block' = 'true'");
    }
};

} // namespace

class BlockedDecisionsTest final : public QObject {
    Q_OBJECT

private slots:
    void the_block_is_named_on_her_clock_and_a_second_press_accepts_over_it() {
        BlockedBooking one;
        one.block("Dentist");
        QVERIFY(one.is_shown());
        one.desk.press(Qt::Key_A);
        auto *banner = one.desk.find<Banner>("booking.banner");
        QTRY_VERIFY(banner->isVisible());
        QVERIFY2(banner->text().contains("“Dentist” blocks this time") &&
                     banner->text().contains(one.block_begins() + " to ") &&
                     banner->text().contains("Sydney time"),
                 qPrintable(banner->text()));
        QCOMPARE(one.rows.status(one.id), std::string("pending"));
        QCOMPARE(banner->action_button()->text(), QStringLiteral("Accept over the blocked time"));
        banner->action_button()->click();
        QTRY_COMPARE(status(one.desk), QStringLiteral("Accepted"));
        QVERIFY(!banner->isVisible());
        QCOMPARE(one.decided_on_purpose(), std::string("1"));
        const auto *history = one.desk.find<FactRows>("booking.history");
        QTRY_VERIFY2(history->text().contains("over blocked time"), qPrintable(history->text()));
    }

    void an_imported_calendar_is_named() {
        BlockedBooking one;
        one.rows.owner.done(
            "INSERT INTO calendar_imports (tenant_id, name) SELECT tenant_id, 'Work' FROM bookings");
        one.block("", "(SELECT id FROM calendar_imports)");
        QVERIFY(one.is_shown());
        one.desk.press(Qt::Key_A);
        const auto *banner = one.desk.find<Banner>("booking.banner");
        QTRY_VERIFY2(banner->text().contains("The imported calendar “Work” is busy"),
                     qPrintable(banner->text()));
    }

    void a_key_decides_over_it_once_that_is_offered_and_not_before() {
        BlockedBooking one;
        one.block("");
        QVERIFY(one.is_shown());
        one.desk.press(Qt::Key_O);
        one.desk.press(Qt::Key_A);
        const auto *banner = one.desk.find<Banner>("booking.banner");
        QTRY_VERIFY2(banner->text().startsWith("This time is blocked: "), qPrintable(banner->text()));
        one.desk.find<QToolButton>("booking.banner.close")->click();
        one.desk.press(Qt::Key_O); // what was dismissed is not offered any more
        one.desk.press(Qt::Key_A);
        QTRY_VERIFY(banner->isVisible());
        QCOMPARE(one.rows.status(one.id), std::string("pending"));
        one.desk.press(Qt::Key_O);
        QTRY_COMPARE(status(one.desk), QStringLiteral("Accepted"));
        one.desk.press(Qt::Key_Z);
        QTRY_COMPARE(status(one.desk), QStringLiteral("Pending"));
    }

    void a_form_keeps_what_was_typed_and_sends_it_over_the_block() {
        BlockedBooking one;
        one.block("Dentist");
        QVERIFY(one.is_shown());
        one.desk.press(Qt::Key_P);
        auto *message = one.desk.find<QPlainTextEdit>("decision.message");
        QTRY_VERIFY(message->isVisible());
        message->setPlainText("Written with care");
        QTest::keyClick(message, Qt::Key_Return, Qt::ControlModifier);
        const auto *banner = one.desk.find<Banner>("decision.banner");
        QTRY_VERIFY2(banner->text().contains("“Dentist” blocks this time"), qPrintable(banner->text()));
        QCOMPARE(banner->action_button()->text(), QStringLiteral("Propose over the blocked time"));
        QCOMPARE(message->toPlainText(), QStringLiteral("Written with care"));
        QTRY_VERIFY(one.desk.find<QPushButton>("decision.submit")->isEnabled());
        QTest::keyClick(message, Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(status(one.desk), QStringLiteral("Time proposed"));
        QCOMPARE(one.decided_on_purpose(), std::string("1"));
        QCOMPARE(one.rows.owner.value("SELECT text FROM booking_notes WHERE kind = 'message'"),
                 std::string("Written with care"));
    }

    void the_offer_is_about_the_time_that_was_refused() {
        BlockedBooking one("accepted");
        one.block("Dentist");
        QVERIFY(one.is_shown());
        one.desk.press(Qt::Key_M);
        auto *submit = one.desk.find<QPushButton>("decision.submit");
        QTRY_VERIFY(submit->isVisible());
        submit->click();
        const auto *banner = one.desk.find<Banner>("decision.banner");
        QTRY_VERIFY(banner->isVisible());
        QCOMPARE(banner->action_button()->text(), QStringLiteral("Move over the blocked time"));
        auto *minutes = one.desk.find<QSpinBox>("decision.minutes");
        minutes->setValue(90);
        QVERIFY2(!banner->isVisible(), "another time may be free, or in another's way");
        QTRY_VERIFY(submit->isEnabled());
        QTest::keyClick(minutes, Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(banner->isVisible());
        QCOMPARE(one.decided_on_purpose(), std::string("0"));
        QTRY_VERIFY(submit->isEnabled());
        banner->action_button()->click();
        QTRY_COMPARE(one.decided_on_purpose(), std::string("1"));
        QCOMPARE(one.rows.owner.value("SELECT ends_at - starts_at FROM bookings"), std::string("01:30:00"));
    }

    void an_offer_goes_where_a_colleague_changed_the_booking() {
        BlockedBooking one;
        one.block("Dentist");
        QVERIFY(one.is_shown());
        one.desk.press(Qt::Key_A);
        const auto *banner = one.desk.find<Banner>("booking.banner");
        QTRY_VERIFY(banner->isVisible());
        one.rows.owner.done(
            "UPDATE bookings SET starts_at = starts_at + interval '30 minutes', version = version + 1");
        QTRY_VERIFY(!banner->isVisible());
        one.desk.press(Qt::Key_O);
        one.desk.press(Qt::Key_A);
        QTRY_VERIFY(banner->isVisible());
        QCOMPARE(one.rows.status(one.id), std::string("pending"));
    }
};

QTEST_MAIN(BlockedDecisionsTest)
#include "blocked_decisions_test.moc"
