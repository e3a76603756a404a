// SPDX-License-Identifier: Apache-2.0
// One booking's life through everything that is real: visitors and the client in Chromium, the public service
// with its jobs, a mail server, PostgreSQL, and the studio's page of bookings for staff and for the
// companion.
#include "db/bookings/availability_store.h"
#include "local_service.h"
#include "tests/support/mail_text.h"
#include "tests/support/smtp_sink.h"
#include "tests/ui/bookings/desk.h"
#include "ui/bookings/booking_detail.h"
#include "ui/bookings/calendar_view.h"
#include "ui/bookings/fact_rows.h"
#include "ui/bookings/undo_bar.h"
#include "ui/bookings/week_grid.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/state_stack.h"
#include "ui/widgets/tenant_id.h"

#include <QApplication>
#include <QComboBox>
#include <QDateEdit>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTabBar>
#include <QTimeEdit>
#include <QTimeZone>
#include <QUrl>

#include <algorithm>
#include <memory>

using namespace studio;
using namespace studio::ui;

namespace {

constexpr int long_wait = 30000;

// Every day from 10:00 to 18:00 on the full hour, a deposit with each agreement, a reminder a day before.
db::BookingSettings settings_of_claire(db::BookingSettings settings) {
    models::Json weekly;
    for (const char *day : {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}) {
        weekly[day] = models::Json::array({{{"from", "10:00"}, {"to", "18:00"}}});
    }
    settings.availability = {{"weekly", weekly}, {"startStepMinutes", 60}, {"holdHours", 24}};
    settings.rules = {{"reminderHours", 24},
                      {"deposit", {{"kind", "amount"}, {"amountMinor", 30000}, {"dueHours", 48}}}};
    return settings;
}

QString status(const Desk &desk) {
    return desk.find<Badge>("booking.status")->text();
}

} // namespace

class BookingLifeTest final : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void a_booking_goes_from_the_visitors_request_to_the_reminder();

private:
    using Step = void (BookingLifeTest::*)();
    void two_visitors_want_one_time();
    void the_queue_of_staff_shows_them_by_itself();
    void staff_propose_another_time();
    void the_client_accepts_on_the_page_of_her_mail();
    void another_program_reads_the_invitation();
    void the_calendar_shows_it();
    void the_deposit_that_came_is_entered();
    void the_reminder_goes_out();
    void the_companion_sees_her_own_alone();

    QJsonObject run_script(const QString &script, const QStringList &words);
    std::optional<test_support::MailText> mail_of(const std::string &kind);
    QString client_page(const test_support::MailText &mail) const;
    void open_booking(const Desk &desk, const QString &client);
    bool open_calendar(const Desk &desk, const QString &companion);
    std::string booking(const std::string &column);

    test_support::SmtpSink m_mails;
    test_support::LocalService m_service;
    std::unique_ptr<db::Sql> m_owner;
    std::unique_ptr<Desk> m_staff;
    models::TenantId m_claire;
    QString m_claire_name;
    std::string m_booking; // the first visitor's booking
    QDateTime m_proposed;
    QString m_page; // the client's page
};

void BookingLifeTest::initTestCase() {
    qputenv("XDG_CONFIG_HOME", m_service.folder().toUtf8() + "/config");
    const QString problem =
        m_service.start({{"SMTP_URL", QString::fromStdString(m_mails.url())},
                         {"SMTP_FROM", QStringLiteral("Bookings <bookings@example.com>")}});
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    const auto &logins = m_service.addresses().logins;
    m_owner = std::make_unique<db::Sql>(logins.at("owner"));
    m_claire = models::TenantId(m_owner->value("SELECT id FROM tenants WHERE subdomain = 'claire'"));
    m_claire_name =
        QString::fromStdString(m_owner->value("SELECT name FROM tenants WHERE subdomain = 'claire'"));
    db::Session session(logins.at("operator"));
    db::AvailabilityStore store(session);
    QVERIFY(store.save(m_claire, settings_of_claire(store.settings(m_claire))));
    m_staff = std::make_unique<Desk>(logins.at("staff"));
    const auto *state = m_staff->find<StateStack>("bookings.state");
    QTRY_COMPARE(state->state(), StateStack::State::Empty);
}

void BookingLifeTest::a_booking_goes_from_the_visitors_request_to_the_reminder() {
    for (const Step step :
         {&BookingLifeTest::two_visitors_want_one_time,
          &BookingLifeTest::the_queue_of_staff_shows_them_by_itself,
          &BookingLifeTest::staff_propose_another_time,
          &BookingLifeTest::the_client_accepts_on_the_page_of_her_mail,
          &BookingLifeTest::another_program_reads_the_invitation, &BookingLifeTest::the_calendar_shows_it,
          &BookingLifeTest::the_deposit_that_came_is_entered, &BookingLifeTest::the_reminder_goes_out,
          &BookingLifeTest::the_companion_sees_her_own_alone}) {
        (this->*step)();
        if (QTest::currentTestFailed()) {
            return; // the others would fail for the same reason
        }
    }
}

// Runs a script of this folder and returns its line of JSON, or its output if it failed. The studio's event
// loop runs meanwhile.
QJsonObject BookingLifeTest::run_script(const QString &script, const QStringList &words) {
    QProcess node;
    node.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    const auto file = qEnvironmentVariable("STUDIO_SOURCE_DIR") + QStringLiteral("/tests/e2e/") + script;
    node.start(QStringLiteral("node"), QStringList{file} + words);
    const bool ended = QTest::qWaitFor([&node] { return node.state() == QProcess::NotRunning; }, 90000);
    if (!ended || node.exitCode() != 0) {
        QTest::qFail(qPrintable(script + QLatin1Char(' ') + words.join(QLatin1Char(' ')) +
                                QStringLiteral(" failed: ") + node.errorString()),
                     __FILE__, __LINE__);
        return {};
    }
    return QJsonDocument::fromJson(node.readAllStandardOutput()).object();
}

// The email that arrived for the booking's message of that kind.
std::optional<test_support::MailText> BookingLifeTest::mail_of(const std::string &kind) {
    const auto ids = m_owner->column("SELECT id FROM outbox WHERE kind = '" + kind + "' AND booking_id = '" +
                                     m_booking + "' ORDER BY created_at DESC");
    for (const auto &mail : m_mails.mails()) {
        auto text = test_support::read_mail(mail.data);
        if (!ids.empty() && text.field("message-id").starts_with("<" + ids.front() + "@")) {
            return text;
        }
    }
    return std::nullopt;
}

// The address of the email's only link, on this service.
QString BookingLifeTest::client_page(const test_support::MailText &mail) const {
    static const QRegularExpression address(
        QStringLiteral("http://(?:[a-z]+\\.)?localhost:(\\d+)/request/[0-9a-f]{64}"));
    const auto found = address.match(QString::fromStdString(mail.plain));
    return found.captured(1).toInt() == QUrl(m_service.public_url()).port() ? found.captured() : QString();
}

void BookingLifeTest::open_booking(const Desk &desk, const QString &client) {
    desk.find<QTabBar>("bookings.tabs")->setCurrentIndex(0);
    QTRY_VERIFY(desk.clients().contains(client));
    const auto *detail = desk.find<BookingDetail>("booking_detail");
    desk.choose(static_cast<int>(desk.clients().indexOf(client)));
    QTRY_VERIFY(detail->reading().has_value() &&
                detail->reading()->booking.client_name == client.toStdString());
}

bool BookingLifeTest::open_calendar(const Desk &desk, const QString &companion) {
    desk.find<QTabBar>("bookings.tabs")->setCurrentIndex(1);
    auto *choice = desk.find<QComboBox>("calendar.companion");
    if (!companion.isEmpty()) {
        if (!QTest::qWaitFor([&] { return choice->findText(companion) >= 0; }, 10000)) {
            return false;
        }
        choice->setCurrentIndex(choice->findText(companion));
    }
    desk.find<CalendarView>("calendar")->show_day(m_proposed.date());
    const auto *week = desk.find<WeekGrid>("calendar.week");
    const auto id = QString::fromStdString(m_booking);
    return QTest::qWaitFor([&] { return week->place_of(id).isValid(); }, 10000);
}

std::string BookingLifeTest::booking(const std::string &column) {
    return m_owner->value("SELECT " + column + " FROM bookings WHERE id = '" + m_booking + "'");
}

void BookingLifeTest::two_visitors_want_one_time() {
    const auto result = run_script("booking_client.mjs", {"ask", m_service.tenant_url("claire")});
    QVERIFY(result["time"].toString() != result["other"].toString());
    QVERIFY2(result["refusal"].toString().contains("time"), qPrintable(result["refusal"].toString()));
    m_booking = m_owner->value("SELECT id FROM bookings WHERE client_name = 'Robin Vale'");
    QCOMPARE(QString::fromStdString(
                 booking("to_char(starts_at AT TIME ZONE 'Australia/Sydney', 'YYYY-MM-DD\"T\"HH24:MI')")),
             result["time"].toString());
    QCOMPARE(m_owner->value("SELECT count(*) FROM bookings"), std::string("2"));
}

void BookingLifeTest::the_queue_of_staff_shows_them_by_itself() {
    QTRY_COMPARE(m_staff->clients(), (QStringList{"Robin Vale", "Kim Moss"}));
    run_script("booking_client.mjs", {"request", m_service.tenant_url("sophie")});
    QTRY_COMPARE(m_staff->clients(), (QStringList{"Robin Vale", "Kim Moss", "Sam Stone"}));
    QTRY_VERIFY_WITH_TIMEOUT(mail_of("visitor_email").has_value(), long_wait);
}

void BookingLifeTest::staff_propose_another_time() {
    open_booking(*m_staff, "Robin Vale");
    m_staff->press(Qt::Key_P);
    auto *message = m_staff->find<QPlainTextEdit>("decision.message");
    QTRY_VERIFY(message->isVisible());
    auto *day = m_staff->find<QDateEdit>("decision.day");
    day->setDate(day->date().addDays(1));
    m_proposed = QDateTime(day->date(), m_staff->find<QTimeEdit>("decision.time")->time(),
                           QTimeZone("Australia/Sydney"));
    QTest::keyClicks(message, "A day later would do.");
    QElapsedTimer since;
    since.start();
    QTest::keyClick(message, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(status(*m_staff), QStringLiteral("Time proposed"));
    QTRY_VERIFY(m_staff->find<UndoBar>("bookings.undo_bar")->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(mail_of("client_proposed").has_value(), long_wait);
    QVERIFY2(since.elapsed() >= 9500, qPrintable(QString::number(since.elapsed())));
    const auto mail = *mail_of("client_proposed");
    QCOMPARE(mail.field("to"), std::string("<robin@example.org>"));
    QVERIFY(QString::fromStdString(mail.plain).contains("A day later would do."));
    m_page = client_page(mail);
    QVERIFY2(!m_page.isEmpty(), mail.plain.c_str());
}

void BookingLifeTest::the_client_accepts_on_the_page_of_her_mail() {
    const auto result = run_script("booking_client.mjs", {"agree", m_page});
    QCOMPARE(result["before"]["status"].toString(), QStringLiteral("Another time is proposed"));
    QCOMPARE(result["after"]["status"].toString(), QStringLiteral("Accepted"));
    const auto text = result["after"]["text"].toString();
    for (const auto &shown : {m_proposed.toString("HH:mm"), QStringLiteral("A$300"),
                              QString::fromStdString(booking("deposit_reference"))}) {
        QVERIFY2(text.contains(shown), qPrintable(shown + " is missing in: " + text));
    }
    QVERIFY2(!text.contains("Harbour Hotel"), "the place is told once the deposit has come");
    QVERIFY(!result["after"]["title"].toString().contains(m_claire_name.section(' ', 0, 0)));
    QTRY_COMPARE(status(*m_staff), QStringLiteral("Accepted"));
    QTRY_VERIFY_WITH_TIMEOUT(mail_of("client_accepted").has_value(), long_wait);
}

void BookingLifeTest::another_program_reads_the_invitation() {
    QFile file(m_service.folder() + QStringLiteral("/invite.ics"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(mail_of("client_accepted")->attachment));
    file.close();
    const auto event = run_script("read_calendar.mjs", {file.fileName()});
    QCOMPARE(event["problems"].toArray(), QJsonArray());
    QCOMPARE(event["method"].toString(), QStringLiteral("REQUEST"));
    QCOMPARE(event["uid"].toString().toStdString(), m_booking);
    QCOMPARE(QDateTime::fromString(event["start"].toString(), Qt::ISODateWithMs), m_proposed.toUTC());
    const auto ends = booking("extract(epoch FROM ends_at)::bigint");
    QCOMPARE(QDateTime::fromString(event["end"].toString(), Qt::ISODateWithMs).toSecsSinceEpoch(),
             QString::fromStdString(ends).toLongLong());
    QCOMPARE(event["zone"].toString(), QStringLiteral("Australia/Sydney"));
    QCOMPARE(event["summary"].toString(), QStringLiteral("Appointment"));
    QVERIFY(event["location"].toString().isEmpty());
}

void BookingLifeTest::the_calendar_shows_it() {
    QVERIFY(open_calendar(*m_staff, m_claire_name));
    const auto &items = m_staff->find<WeekGrid>("calendar.week")->reading().items;
    const auto shown = std::find_if(items.begin(), items.end(), [this](const CalendarItem &item) {
        return item.id.toStdString() == m_booking;
    });
    QVERIFY(shown != items.end());
    QCOMPARE(shown->start, m_proposed);
    QCOMPARE(shown->status, models::BookingStatus::Accepted);
}

void BookingLifeTest::the_deposit_that_came_is_entered() {
    open_booking(*m_staff, "Robin Vale");
    m_staff->press(Qt::Key_E);
    auto *method = m_staff->find<QLineEdit>("decision.deposit.method");
    QTRY_VERIFY(method->isVisible());
    QTest::keyClicks(method, "Bank transfer");
    m_staff->find<QPushButton>("decision.submit")->click();
    QTRY_COMPARE(status(*m_staff), QStringLiteral("Confirmed"));
    QCOMPARE(booking("deposit_state || ' ' || deposit_minor || ' ' || deposit_method"),
             std::string("received 30000 Bank transfer"));
    QTRY_VERIFY_WITH_TIMEOUT(mail_of("client_confirmed").has_value(), long_wait);
    const auto page = run_script("booking_client.mjs", {"read", m_page});
    QCOMPARE(page["status"].toString(), QStringLiteral("Confirmed"));
    QVERIFY(page["text"].toString().contains("Harbour Hotel"));
}

// The job's clock is set to twenty hours before the booking; only the schema's owner may do that.
void BookingLifeTest::the_reminder_goes_out() {
    QVERIFY(!mail_of("client_reminder"));
    m_owner->column(
        "SELECT booking_run_due(starts_at - interval '20 hours', 100) FROM bookings WHERE id = '" +
        m_booking + "'");
    QTRY_VERIFY_WITH_TIMEOUT(mail_of("client_reminder").has_value(), long_wait);
    const auto mail = *mail_of("client_reminder");
    QCOMPARE(mail.field("subject"), std::string("A reminder of your booking"));
    QVERIFY2(QString::fromStdString(mail.plain).contains(m_proposed.toString("HH:mm")), mail.plain.c_str());
    QCOMPARE(client_page(mail), m_page);
    QVERIFY2(m_mails.faults().empty(), m_mails.faults().empty() ? "" : m_mails.faults().front().c_str());
}

void BookingLifeTest::the_companion_sees_her_own_alone() {
    const auto &logins = m_service.addresses().logins;
    const auto of_sophie = m_owner->value("SELECT id FROM bookings WHERE client_name = 'Sam Stone'");
    Desk hers(logins.at("claire"), to_text(m_claire));
    QTRY_COMPARE(hers.rows(), 2);
    QVERIFY(hers.clients().contains("Robin Vale") && hers.clients().contains("Kim Moss"));
    QVERIFY(!hers.find<QComboBox>("bookings.companion")->isVisible());
    open_booking(hers, "Robin Vale");
    QCOMPARE(status(hers), QStringLiteral("Confirmed"));
    const auto history = hers.find<FactRows>("booking.history")->text();
    for (const auto *word : {"proposed", "agreed", "deposit"}) {
        QVERIFY2(history.contains(QLatin1String(word), Qt::CaseInsensitive), qPrintable(history));
    }
    QVERIFY(hers.find<FactRows>("booking.notes")->text().contains("A day later would do."));
    QVERIFY(open_calendar(hers, {}));
    hers.page.open(QString::fromStdString(of_sophie));
    hers.find<QLineEdit>("bookings.words")->setText("Sam");
    const auto *state = hers.find<StateStack>("bookings.state");
    QTRY_COMPARE(state->state(), StateStack::State::Empty);
    QVERIFY(hers.find<BookingDetail>("booking_detail")->booking().toStdString() != of_sophie);
    db::Sql sql(logins.at("claire"));
    for (const auto *table : {"bookings", "booking_history", "booking_notes", "booking_settings", "tours"}) {
        QCOMPARE(sql.value(std::string("SELECT count(*) FROM ") + table + " WHERE tenant_id <> '" +
                           m_claire.text() + "'"),
                 std::string("0"));
    }
}

QTEST_MAIN(BookingLifeTest)
#include "booking_life_test.moc"
