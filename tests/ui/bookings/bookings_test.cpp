// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/bookings/desk.h"
#include "tests/ui/bookings/tabbing.h"
#include "ui/bookings/booking_detail.h"
#include "ui/bookings/booking_facts.h"
#include "ui/bookings/booking_words.h"
#include "ui/bookings/desktop_notifier.h"
#include "ui/bookings/pending_bookings.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/tenant_id.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDateEdit>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <algorithm>

using namespace studio;
using namespace studio::ui;

namespace {

// The names of the widgets that get another parent while it exists.
class Moves final : public QObject {
public:
    Moves() { qApp->installEventFilter(this); }
    const QStringList &names() const { return m_names; }

protected:
    bool eventFilter(QObject *moved, QEvent *event) override {
        if (event->type() == QEvent::ParentChange) {
            m_names << moved->objectName();
        }
        return false;
    }

private:
    QStringList m_names;
};

} // namespace

class BookingsTest final : public QObject {
    Q_OBJECT

private slots:
    void the_model_keeps_its_promises_and_few_pages() {
        BookingsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy wanted(&model, &BookingsModel::page_wanted);
        model.reset(100000);
        QVERIFY(!model.index(50000, 0).data().isValid());
        QVERIFY(wanted.count() > 0);
        QCOMPARE(wanted.last().first().toInt(), 250);
        for (int page = 0; page < 20; ++page) {
            std::vector<db::Booking> rows(BookingsModel::page_size);
            rows.front().id = std::to_string(page);
            rows.front().client_name = "Robin";
            model.set_page(page, std::move(rows));
        }
        QCOMPARE(model.pages().size(), BookingsModel::max_pages);
        QCOMPARE(model.row_of("19"), 19 * BookingsModel::page_size);
        QCOMPARE(model.row_of("3"), -1);
        model.set_count(3000);
        QCOMPARE(model.rowCount(), 3000);
        QCOMPARE(model.at(5000), nullptr);
    }

    void words_are_those_of_people() {
        db::BookingChange change;
        change.actor_kind = "person";
        change.actor = "Sam";
        change.action = "decline";
        change.details = {{"reason", "outside_area"}};
        QCOMPARE(history_sentence(change, "Australia/Sydney", "AUD"),
                 QStringLiteral("Sam declined it: Outside the area."));
        change.actor_kind = "client";
        change.action = "agree";
        change.details = {{"start", "2027-03-01T10:00:00Z"}};
        QCOMPARE(history_sentence(change, "Australia/Sydney", "AUD"),
                 QStringLiteral("The client agreed to the proposed time for Mon 1 Mar 2027, 21:00."));
        QCOMPARE(short_duration(3 * 3600 + 5), QStringLiteral("3 h"));
        QCOMPARE(short_duration(59), QStringLiteral("0 min"));
        QCOMPARE(short_duration(3 * 86400), QStringLiteral("3 days"));
        for (const auto &code : reason_codes()) {
            QVERIFY(reason_word(code) != QString::fromStdString(code));
        }
        QCOMPARE(last_change_sentence("cancel", "client"), QStringLiteral("The client cancelled it"));
    }

    void pending_ones_come_first_and_the_oldest_of_them_at_the_top() {
        BookingRows rows;
        rows.add("New", 1, 10);
        rows.add("Old", 4, 500);
        rows.add("Closed", 7, 900);
        rows.owner.done("UPDATE bookings SET status = 'declined' WHERE client_name = 'Closed'");
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 3);
        QCOMPARE(desk.clients(), (QStringList{"Old", "New", "Closed"}));
        QTRY_VERIFY(desk.find<QLabel>("bookings.counts")->text().contains("2 pending"));
    }

    void filters_combine_and_are_kept_as_views() {
        QTemporaryDir home;
        BookingRows rows;
        rows.add("Robin Vale", 1, 10);
        rows.add("Kim Moss", 4, 20);
        rows.add("Robin Marsh", 7, 30, rows.database.other_tenant_id());
        rows.owner.done("UPDATE bookings SET status = 'declined' WHERE client_name = 'Kim Moss'");
        const auto file = home.filePath("bookings.json");
        {
            const Desk desk(rows.database.staff_url(), {}, file);
            QTRY_COMPARE(desk.rows(), 3);
            desk.find<QLineEdit>("bookings.words")->setText("robin");
            QTRY_COMPARE(desk.rows(), 2);
            auto *companion = desk.find<QComboBox>("bookings.companion");
            QTRY_COMPARE(companion->count(), 3);
            companion->setCurrentIndex(companion->findText("Bea"));
            QTRY_COMPARE(desk.clients(), QStringList{"Robin Marsh"});
            desk.find<QAction>("bookings.save_view_as")->trigger();
            desk.find<QLineEdit>("bookings.view_name")->setText("Bea's Robins");
            desk.find<QPushButton>("bookings.save_view")->click();
            companion->setCurrentIndex(0);
            desk.find<QLineEdit>("bookings.words")->clear();
            QTRY_COMPARE(desk.rows(), 3);
            desk.find<QAction>("bookings.status.declined")->toggle();
            QTRY_COMPARE(desk.clients(), QStringList{"Kim Moss"});
            desk.find<QLineEdit>("bookings.words")->setText("nobody at all");
            QTRY_COMPARE(desk.find<StateStack>("bookings.state")->state(), StateStack::State::Empty);
        }
        const auto kept = load_booking_preferences(file);
        QCOMPARE(kept.views.size(), std::size_t(1));
        QCOMPARE(kept.views.front().name, QStringLiteral("Bea's Robins"));
        QCOMPARE(kept.views.front().filter.words, QStringLiteral("robin"));
        QCOMPARE(kept.views.front().filter.tenant_id, to_text(rows.database.other_tenant_id()));
    }

    void days_can_be_chosen() {
        BookingRows rows;
        rows.add("Near", 1);
        rows.add("Far", 4);
        rows.owner.done(
            "UPDATE bookings SET starts_at = '2027-03-10T01:00:00Z', ends_at = '2027-03-10T02:00:00Z'"
            " WHERE client_name = 'Far'");
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 2);
        auto *dates = desk.find<QComboBox>("bookings.dates");
        dates->setCurrentIndex(2); // the next seven days
        QTRY_COMPARE(desk.clients(), QStringList{"Near"});
        dates->setCurrentIndex(static_cast<int>(DateChoice::Between));
        desk.find<QDateEdit>("bookings.last_day")->setDate(QDate(2027, 3, 11));
        desk.find<QDateEdit>("bookings.first_day")->setDate(QDate(2027, 3, 9));
        QTRY_COMPARE(desk.clients(), QStringList{"Far"});
    }

    void what_is_made_for_the_page_is_made_where_it_stands() {
        const BookingRows rows;
        const Moves moves;
        const Desk desk(rows.database.staff_url());
        QVERIFY2(!moves.names().isEmpty(), "small parts go into their layouts");
        for (const auto *big : {"booking_detail", "decision", "enter_panel", "availability", "calendar"}) {
            QVERIFY(desk.find<QWidget>(big) != nullptr);
            QVERIFY2(!moves.names().contains(QLatin1String(big)), big);
        }
    }

    void a_new_request_is_in_the_queue_at_once_and_what_is_chosen_stays() {
        BookingRows rows;
        const auto first = rows.add("First", 1, 60);
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1);
        desk.choose(0);
        const auto *detail = desk.find<BookingDetail>("booking_detail");
        QTRY_COMPARE(detail->booking().toStdString(), first);
        QElapsedTimer clock;
        clock.start();
        rows.add("Older than it", 4, 90);
        QTRY_COMPARE_WITH_TIMEOUT(desk.rows(), 2, 5000);
        QVERIFY(clock.elapsed() < 5000); // the poll comes after 20 s
        QCOMPARE(desk.clients(), (QStringList{"Older than it", "First"}));
        QCOMPARE(detail->booking().toStdString(), first);
        QCOMPARE(desk.table()->selectionModel()->selectedRows().first().row(), 1);
    }

    void new_requests_are_counted_and_told_once() {
        BookingRows rows;
        rows.add("Before");
        Worker worker(rows.database.staff_url());
        BookingsWatcher watcher(rows.database.staff_url());
        DesktopNotifier notifier;
        PendingBookings pending(worker, watcher, notifier, {});
        QSignalSpy arrived(&pending, &PendingBookings::arrived);
        QTRY_COMPARE(pending.count(), 1);
        const auto fresh = rows.add("After", 4, 0);
        QTRY_COMPARE(pending.count(), 2);
        QTRY_COMPARE(arrived.count(), 1);
        QCOMPARE(arrived.first().at(0).toInt(), 1);
        QCOMPARE(arrived.first().at(2).toString().toStdString(), fresh);
        rows.owner.done("UPDATE bookings SET status = 'spam' WHERE id = '" + fresh + "'");
        QTRY_COMPARE(pending.count(), 1);
        rows.owner.done("UPDATE bookings SET status = 'pending' WHERE id = '" + fresh + "'");
        QTRY_COMPARE(pending.count(), 2);
        QVERIFY2(arrived.count() == 1, "what was taken back is not new");
    }

    void when_a_request_came_is_said_on_the_companions_clock() {
        BookingReading reading;
        reading.companion.zone = QStringLiteral("Australia/Sydney");
        reading.booking.created_at = base::now() - std::chrono::hours(12);
        const auto clock =
            in_zone(reading.booking.created_at, reading.companion.zone).toString(QStringLiteral("HH:mm"));
        const auto rows = request_rows(reading);
        const auto came =
            std::ranges::find(rows, QStringLiteral("Came"), [](const FactRow &row) { return row.label; });
        QVERIFY(came != rows.end());
        QVERIFY2(came->text.contains(clock), qPrintable(came->text));
    }

    void days_are_those_of_the_clock_that_is_looked_at() {
        QueueFilter today;
        today.dates = DateChoice::Today;
        const models::Time now =
            std::chrono::sys_days(std::chrono::year(2027) / 3 / 1) + std::chrono::hours(20);
        const auto filter = booking_filter(today, in_zone(now, QStringLiteral("Australia/Sydney")));
        const models::Time midnight =
            std::chrono::sys_days(std::chrono::year(2027) / 3 / 1) + std::chrono::hours(13);
        QCOMPARE(*filter.from, midnight); // of 2 March there
        QCOMPARE(*filter.to, midnight + std::chrono::hours(24));
    }

    void a_companion_sees_her_own_alone() {
        BookingRows rows;
        rows.add("Hers", 1);
        const auto other = rows.add("Of Another", 4, 60, rows.database.other_tenant_id());
        Desk desk(rows.database.companion_url(), to_text(rows.database.tenant_id()));
        QTRY_COMPARE(desk.clients(), QStringList{"Hers"});
        QVERIFY(!desk.find<QComboBox>("bookings.companion")->isVisible());
        desk.page.open(QString::fromStdString(other));
        // time is the subject: a booking that may not be seen answers with nothing
        QTest::qWait(300);
        QVERIFY(desk.find<BookingDetail>("booking_detail")->booking().isEmpty());
    }

    void a_thousand_rows_are_announced_at_once_and_read_where_one_looks() {
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
        QTRY_COMPARE(desk.text(0), QStringLiteral("Client 1"));
        desk.table()->verticalScrollBar()->setValue(desk.table()->verticalScrollBar()->maximum());
        QTRY_COMPARE(desk.text(999), QStringLiteral("Client 1000"));
        QVERIFY(desk.page.findChild<BookingsModel *>()->pages().size() < 5);
    }

    void without_bookings_the_page_says_what_will_be_there() {
        const BookingRows rows;
        const Desk desk(rows.database.operator_url());
        auto *state = desk.find<StateStack>("bookings.state");
        QTRY_COMPARE(state->state(), StateStack::State::Empty);
        QVERIFY(state->message().contains("Requests from the sites"));
    }

    void tab_goes_through_the_filters_to_the_rows_as_they_stand() {
        const BookingRows rows;
        const Desk desk(rows.database.staff_url());
        desk.find<QLineEdit>("bookings.words")->setFocus();
        QTRY_VERIFY(desk.find<QLineEdit>("bookings.words")->hasFocus());
        QCOMPARE(fields_until("bookings.service"),
                 (QStringList{"bookings.words", "bookings.views", "bookings.status", "bookings.companion",
                              "bookings.dates", "bookings.service"}));
    }
};

QTEST_MAIN(BookingsTest)
#include "bookings_test.moc"
