// SPDX-License-Identifier: Apache-2.0
// Every decision in every state with each login, and for two people on one booking.
#include "tests/ui/bookings/desk.h"
#include "ui/bookings/booking_detail.h"
#include "ui/bookings/decision_actions.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/tenant_id.h"

#include <QAction>
#include <QComboBox>
#include <QKeySequence>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>

#include <map>
#include <tuple>

using namespace studio;
using namespace studio::ui;
using models::BookingAction;
using models::BookingStatus;

namespace {

// A booking of ada's for each status.
std::map<BookingStatus, std::string> one_of_each(BookingRows &rows) {
    std::map<BookingStatus, std::string> bookings;
    int hour = 0;
    for (const auto status : models::booking_statuses()) {
        const std::string name(models::to_string(status));
        const auto id = rows.add("Client " + name, hour);
        hour += 3;
        const auto set = rows.owner.done("SELECT set_config('studio.undone_booking', '" + id +
                                         "', true); UPDATE bookings SET status = '" + name +
                                         "', holds = " + (models::is_agreed(status) ? "true" : "false") +
                                         " WHERE id = '" + id + "'");
        if (!set.message.empty()) {
            qFatal("%s", set.message.c_str());
        }
        bookings[status] = id;
    }
    return bookings;
}

bool open(Desk &desk, const std::string &booking) {
    desk.page.open(QString::fromStdString(booking));
    const auto *detail = desk.find<BookingDetail>("booking_detail");
    return QTest::qWaitFor([&] { return detail->booking().toStdString() == booking; }, 10000);
}

// Beside the booking or in the menu below them.
QStringList offered(const Desk &desk) {
    QStringList names;
    for (const auto &entry : act_entries()) {
        const QString name = QLatin1String(entry.name);
        const auto *button = desk.page.findChild<QPushButton *>(QStringLiteral("booking.act.") + name);
        const bool in_menu =
            desk.page.findChild<QAction *>(QStringLiteral("booking.menu.") + name) != nullptr;
        if (button->isVisible() || in_menu) {
            names << name;
        }
    }
    return names;
}

// By the table of states and by what the page knows besides.
QStringList expected(BookingStatus status) {
    QStringList names;
    for (const auto &entry : act_entries()) {
        const bool is_later = entry.act == Act::Complete || entry.act == Act::NoShow; // they have not begun
        const bool allowed = entry.act == Act::Keep || is_later
                                 ? false // and no client asked for another time
                             : entry.action ? models::next_status(*entry.action, status).has_value()
                             : entry.act == Act::Deposit ? status == BookingStatus::Accepted
                                                         : true;
        if (allowed) {
            names << QLatin1String(entry.name);
        }
    }
    return names;
}

std::string everything(BookingRows &rows) {
    return rows.owner.value(
        "SELECT md5(string_agg(b::text, ' ' ORDER BY id)) || (SELECT count(*) FROM booking_history) ||"
        " (SELECT count(*) FROM outbox) || (SELECT count(*) FROM blocked_clients) FROM bookings b");
}

Decision decision_of(Act act) {
    if (act == Act::Deposit) {
        db::BookingDecisionStore::Deposit deposit;
        deposit.what = "asked";
        deposit.minor = 5000;
        return {act, deposit};
    }
    if (act == Act::Block) {
        return {act, Decision::Block{{"email"}, 4, {}}};
    }
    db::BookingDecision decision;
    decision.action = *entry_of(act).action;
    decision.start = base::now() + std::chrono::hours(500);
    decision.message = "words";
    return {act, decision};
}

} // namespace

class BookingRolesTest final : public QObject {
    Q_OBJECT

private slots:
    void each_login_is_offered_what_the_state_allows() {
        BookingRows rows;
        const auto bookings = one_of_each(rows);
        const auto ada = to_text(rows.database.tenant_id());
        for (const auto &[url, own] : {std::pair(rows.database.operator_url(), QString()),
                                       std::pair(rows.database.staff_url(), QString()),
                                       std::pair(rows.database.companion_url(), ada)}) {
            Desk desk(url, own);
            QTRY_COMPARE(desk.rows(), static_cast<int>(bookings.size()));
            for (const auto &[status, id] : bookings) {
                QVERIFY(open(desk, id));
                QCOMPARE(offered(desk), expected(status));
            }
        }
    }

    void a_key_that_is_not_possible_says_so_and_does_nothing() {
        BookingRows rows;
        const auto bookings = one_of_each(rows);
        Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), static_cast<int>(bookings.size()));
        const auto before = everything(rows);
        auto *said = desk.find<Banner>("booking.banner");
        for (const auto &[status, id] : bookings) {
            QVERIFY(open(desk, id));
            QTRY_COMPARE(desk.table()->selectionModel()->selectedRows().size(), 1);
            for (const auto &entry : act_entries()) {
                if (expected(status).contains(QLatin1String(entry.name))) {
                    continue;
                }
                said->clear();
                const auto key = QKeySequence(QLatin1String(entry.key))[0];
                desk.press(key.key(), key.keyboardModifiers());
                const bool comes_later = (entry.act == Act::Complete || entry.act == Act::NoShow) &&
                                         models::next_status(*entry.action, status); // none has begun
                QTRY_VERIFY2(said->text().contains(comes_later ? "is possible once the booking has begun"
                                                               : "is not possible"),
                             entry.name);
                QVERIFY(comes_later || said->text().contains(desk.find<Badge>("booking.status")->text()));
                QVERIFY(!desk.find<DecisionPanel>("decision")->isVisible());
            }
        }
        QCOMPARE(everything(rows), before);
    }

    void only_who_sees_several_companions_chooses_among_them() {
        BookingRows rows;
        rows.add("Robin Vale");
        for (const bool is_own : {false, true}) {
            const Desk desk(is_own ? rows.database.companion_url() : rows.database.staff_url(),
                            is_own ? to_text(rows.database.tenant_id()) : QString());
            QTRY_COMPARE(desk.rows(), 1);
            QCOMPARE(desk.find<QComboBox>("bookings.companion")->isVisible(), !is_own);
            auto *tabs = desk.find<QTabBar>("bookings.tabs");
            tabs->setCurrentIndex(1);
            QCOMPARE(desk.find<QComboBox>("calendar.companion")->isVisible(), !is_own);
            tabs->setCurrentIndex(2);
            QCOMPARE(desk.find<QComboBox>("availability.companion")->isVisible(), !is_own);
            desk.find<QPushButton>("bookings.enter")->click();
            QCOMPARE(desk.find<QComboBox>("enter.companion")->isVisible(), !is_own);
        }
    }

    void another_companion_finds_nothing_and_every_decision_is_refused_with_a_word() {
        BookingRows rows;
        const auto bookings = one_of_each(rows);
        Desk desk(rows.database.other_companion_url(), to_text(rows.database.other_tenant_id()));
        const auto *state = desk.find<StateStack>("bookings.state");
        QTRY_COMPARE(state->state(), StateStack::State::Empty);
        const auto before = everything(rows);
        for (const auto &[status, id] : bookings) {
            desk.page.open(QString::fromStdString(id));
            for (const auto &entry : act_entries()) {
                BookingDecider decider(desk.worker);
                std::optional<Refusal> refusal;
                connect(&decider, &BookingDecider::decided, this,
                        [&refusal](const DecisionResult &result) { refusal = result.refusals.front(); });
                decider.decide(std::vector<SeenBooking>{{id, rows.database.tenant_id(), 1, {}, false}},
                               decision_of(entry.act));
                QTRY_VERIFY(refusal.has_value());
                QVERIFY2(!explain(*refusal).isEmpty(), entry.name);
            }
            // Whatever was asked for before was answered by now: the worker goes in order.
            QVERIFY(desk.find<BookingDetail>("booking_detail")->booking().isEmpty());
            QVERIFY(offered(desk).isEmpty());
        }
        QCOMPARE(everything(rows), before);
    }

    void who_was_disabled_meanwhile_decides_nothing_more() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale");
        Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 1);
        QVERIFY(open(desk, booking));
        QTRY_COMPARE(desk.table()->selectionModel()->selectedRows().size(), 1);
        QCOMPARE(rows.owner.done("UPDATE accounts SET disabled = true WHERE role = 'staff'").message,
                 std::string());
        desk.press(Qt::Key_A);
        QTRY_VERIFY(desk.find<Banner>("booking.banner")->text().contains("may not see it") ||
                    desk.find<Banner>("bookings.refused")->text().contains("may not see it"));
        QCOMPARE(rows.status(booking), std::string("pending"));
    }

    void for_every_decision_the_second_person_sees_what_the_first_did_and_keeps_her_words() {
        for (const auto &[act, status, first] :
             {std::tuple(Act::AcceptWith, BookingStatus::Pending, BookingAction::Spam),
              std::tuple(Act::Decline, BookingStatus::Pending, BookingAction::Accept),
              std::tuple(Act::Propose, BookingStatus::Pending, BookingAction::Decline),
              std::tuple(Act::Ask, BookingStatus::Pending, BookingAction::Accept),
              std::tuple(Act::Move, BookingStatus::Accepted, BookingAction::Cancel),
              std::tuple(Act::Cancel, BookingStatus::Accepted, BookingAction::Cancel),
              std::tuple(Act::Deposit, BookingStatus::Accepted, BookingAction::Cancel),
              std::tuple(Act::Block, BookingStatus::Pending, BookingAction::Accept)}) {
            BookingRows rows;
            const auto booking = one_of_each(rows)[status];
            Desk desk(rows.database.staff_url());
            QTRY_VERIFY(desk.rows() > 0);
            QVERIFY(open(desk, booking));
            QTRY_COMPARE(desk.table()->selectionModel()->selectedRows().size(), 1);
            const auto key = QKeySequence(QLatin1String(entry_of(act).key))[0];
            desk.press(key.key(), key.keyboardModifiers());
            auto *panel = desk.find<DecisionPanel>("decision");
            QTRY_VERIFY2(panel->isVisible(), entry_of(act).name);
            auto *message = desk.find<QPlainTextEdit>("decision.message");
            const bool has_words = message->isVisible();
            message->setPlainText(QStringLiteral("Typed with care"));
            db::Session other(rows.database.operator_url());
            db::BookingDecision decision;
            decision.action = first;
            QCOMPARE(db::BookingDecisionStore(other).decide(booking, std::nullopt, decision).outcome,
                     db::DecisionOutcome::Done);
            const auto after = rows.status(booking);
            auto *banner = desk.find<Banner>("decision.banner");
            QTRY_VERIFY2(banner->isVisible(), entry_of(act).name);
            QVERIFY2(banner->text().contains("Olivia Operator"), qPrintable(banner->text()));
            QVERIFY(!has_words || message->toPlainText() == QLatin1String("Typed with care"));
            const bool possible = allows(desk.find<BookingDetail>("booking_detail")->reading()->booking, act);
            if (!possible) {
                QVERIFY2(!desk.find<QPushButton>("decision.submit")->isEnabled(), entry_of(act).name);
            }
            QCOMPARE(rows.status(booking), after);
        }
    }
};

QTEST_MAIN(BookingRolesTest)
#include "roles_test.moc"
