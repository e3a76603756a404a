// SPDX-License-Identifier: Apache-2.0
// The email that a decision sends, as it is shown before, beside what the service makes of it.
#include "db/bookings/availability_store.h"
#include "db/bookings/outbox_store.h"
#include "db/stores/revision_store.h"
#include "models/booking/booking_emails.h"
#include "models/booking/booking_rules.h"
#include "renderer/delivery/booking_notice.h"
#include "tests/ui/bookings/desk.h"
#include "ui/bookings/booking_detail.h"
#include "ui/bookings/fact_rows.h"
#include "ui/bookings/mail_preview.h"
#include "ui/bookings/undo_bar.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTextBrowser>
#include <QTextDocument>
#include <QUuid>

#include <functional>

using namespace studio;
using namespace studio::ui;

namespace {

bool shows(const Desk &desk, const std::string &booking) {
    const auto *detail = desk.find<BookingDetail>("booking_detail");
    return QTest::qWaitFor([&] { return detail->booking() == QString::fromStdString(booking); }, 10000);
}

// Chosen, and read.
bool opened(const Desk &desk, const std::string &booking) {
    if (!QTest::qWaitFor([&] { return desk.rows() > 0; }, 10000)) {
        return false;
    }
    desk.choose(0);
    return shows(desk, booking);
}

void publish(BookingRows &rows, const std::function<void(models::Json &)> &change) {
    db::Session session(rows.database.operator_url());
    db::RevisionStore revisions(session);
    auto latest = *revisions.latest(rows.database.tenant_id());
    change(latest.documents.content);
    revisions.save_and_publish(rows.database.tenant_id(), latest.summary.number, latest.documents, "",
                               QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString());
}

// Ada's own wording of every email, each with all that can be filled in.
void publish_own_wordings(BookingRows &rows) {
    publish(rows, [](models::Json &content) {
        content["services"][0]["name"] = "Dinner date";
        for (const auto &email : models::booking_email_keys()) {
            std::string all;
            for (const auto name : models::placeholders_for(email.reader)) {
                all += "- " + std::string(name) + ": {{" + std::string(name) + "}}\n";
            }
            content["bookingEmails"][email.key] = {{"subject", std::string("Own ") + email.key + " {{name}}"},
                                                   {"message", "**Dear** {{name}}\n\n" + all}};
        }
    });
}

void ask_for_deposits(const BookingRows &rows) {
    db::Session session(rows.database.operator_url());
    db::AvailabilityStore store(session);
    auto settings = store.settings(rows.database.tenant_id());
    models::BookingRules rules;
    rules.deposit = {models::DepositRule::Kind::Share, 0, 33, 72,
                     "Account 12-3456\nA. Example"}; // due when it begins: in no minute of today
    models::write_booking_rules(rules, settings.rules);
    QVERIFY(store.save(rows.database.tenant_id(), settings));
}

// Nobody is written to, and for what follows nobody has said whether.
void leave_mail_open(const BookingRows &rows) {
    db::Sql(rows.database.owner_url()).done("UPDATE bookings SET mail_wanted = NULL");
}

void decide(const BookingRows &rows, const std::string &booking, models::BookingAction action) {
    db::Session session(rows.database.operator_url());
    db::BookingDecision decision;
    decision.action = action;
    decision.mail = false;
    QCOMPARE(db::BookingDecisionStore(session).decide(booking, std::nullopt, decision, 0).outcome,
             db::DecisionOutcome::Done);
    leave_mail_open(rows);
}

// What became of a deposit: "received", "returned".
void record(const BookingRows &rows, const std::string &booking, const std::string &what) {
    db::Session session(rows.database.operator_url());
    db::BookingDecisionStore::Deposit deposit;
    deposit.what = what;
    deposit.mail = false;
    QCOMPARE(db::BookingDecisionStore(session).deposit(booking, std::nullopt, deposit, 0).outcome,
             db::DecisionOutcome::Done);
    leave_mail_open(rows);
}

struct Mail {
    QString to, subject, body;
};

// What is made only when it is sent is no difference.
QString comparable(QString text, db::Sql &owner) {
    static const QRegularExpression page(QStringLiteral("https?://[^\\s/]+/request/[A-Za-z0-9_.-]+"));
    text.replace(page, QStringLiteral("https://…/request/…"));
    for (const auto &reference :
         owner.column("SELECT deposit_reference FROM bookings WHERE deposit_reference IS NOT NULL")) {
        text.replace(QString::fromStdString(reference), QStringLiteral("…"));
    }
    return text;
}

// The email that the service sends to the client now.
Mail sent(BookingRows &rows) {
    rows.owner.done("UPDATE outbox SET next_at = clock_timestamp()");
    db::Session session(rows.database.renderer_url());
    const renderer::MailSender sender{{"Platform", "bookings@example.com"}, "https://appointments.example"};
    for (const auto &message : db::OutboxStore(session).claim(db::OutboxChannel::Mail, 20, 60)) {
        if (!renderer::is_for_companion(message.kind)) {
            const auto mail = renderer::booking_mail(message, sender, base::now()).value();
            QTextDocument text;
            text.setHtml(QString::fromStdString(mail.html));
            return {QString::fromStdString(mail.to), QString::fromStdString(mail.subject),
                    comparable(text.toPlainText(), rows.owner)};
        }
    }
    return {};
}

Mail previewed(const Desk &desk, BookingRows &rows, const char *name = "decision.preview") {
    const auto *preview = desk.find<MailPreview>(name);
    return {desk.find<QLabel>((std::string(name) + ".head").c_str())->text(), preview->subject(),
            comparable(preview->body(), rows.owner)};
}

} // namespace

class MailsTest final : public QObject {
    Q_OBJECT

private slots:
    void what_is_shown_before_a_decision_is_what_is_sent_data() {
        QTest::addColumn<QString>("before"); // decisions that bring the booking there
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("modifier");
        QTest::addColumn<bool>("own");
        const auto shift = static_cast<int>(Qt::ShiftModifier);
        for (const bool own : {false, true}) {
            const auto add = [own](const char *name, const char *before, Qt::Key key, int modifier = 0) {
                QTest::addRow("%s, %s wording", name, own ? "own" : "standard")
                    << QString::fromLatin1(before) << static_cast<int>(key) << modifier << own;
            };
            add("accept with a deposit", "", Qt::Key_A, shift);
            add("decline", "", Qt::Key_D);
            add("propose", "", Qt::Key_P);
            add("ask", "", Qt::Key_Q);
            add("move", "accept", Qt::Key_M);
            add("keep the time", "accept ask_move", Qt::Key_K);
            add("cancel", "accept", Qt::Key_X);
            add("deposit that arrived", "accept", Qt::Key_E);
            add("accept what was declined", "decline reopen", Qt::Key_A, shift);
            add("deposit that was entered by mistake", "accept received", Qt::Key_E);
            add("deposit again that was returned", "accept received returned", Qt::Key_E);
            add("accept with a deposit that was returned", "accept received returned cancel reopen",
                Qt::Key_A, shift);
        }
    }

    void what_is_shown_before_a_decision_is_what_is_sent() {
        QFETCH(QString, before);
        QFETCH(int, key);
        QFETCH(int, modifier);
        QFETCH(bool, own);
        BookingRows rows;
        ask_for_deposits(rows);
        if (own) {
            publish_own_wordings(rows);
        }
        const auto booking = rows.add("Robin Vale");
        rows.owner.done("UPDATE bookings SET place_kind = 'outcall', place = 'Harbour Hotel'");
        for (const auto &step : before.split(' ', Qt::SkipEmptyParts)) {
            if (step == QLatin1String("ask_move")) { // the client's own step
                rows.owner.done("UPDATE bookings SET move_asked_at = now()");
            } else if (step == QLatin1String("received") || step == QLatin1String("returned")) {
                record(rows, booking, step.toStdString());
            } else {
                decide(rows, booking, *models::booking_action_of(step.toStdString()));
            }
        }
        const Desk desk(rows.database.staff_url());
        QVERIFY(opened(desk, booking));
        desk.press(static_cast<Qt::Key>(key), Qt::KeyboardModifiers(modifier));
        auto *panel = desk.find<DecisionPanel>("decision");
        QTRY_VERIFY(panel->isVisible());
        if (auto *minutes = desk.find<QSpinBox>("decision.minutes"); minutes->isVisible()) {
            minutes->setValue(150);
        }
        if (auto *message = desk.find<QPlainTextEdit>("decision.message"); message->isVisible()) {
            message->setPlainText("See you at {{start}}, {{name}}.\n{{service}} <b>*as agreed*</b>");
        }
        if (auto *what = desk.find<QComboBox>("decision.deposit.what");
            what->isVisible() && before != "accept") {
            what->setCurrentIndex(what->findData(QStringLiteral("asked")));
        }
        const auto shown = previewed(desk, rows);
        QVERIFY2(desk.find<QPushButton>("decision.submit")->isEnabled(),
                 qPrintable(desk.find<QLabel>("decision.problem")->text()));
        desk.find<QPushButton>("decision.submit")->click();
        QTRY_VERIFY(!panel->isVisible());
        const auto mail = sent(rows);
        QVERIFY(!mail.body.isEmpty());
        QCOMPARE(shown.to, "Email to " + mail.to);
        QCOMPARE(shown.subject, mail.subject);
        QCOMPARE(shown.body, mail.body);
        QCOMPARE(mail.subject.startsWith("Own "), own);
    }

    void the_email_is_dark_on_white_also_where_the_studio_is_dark() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale");
        const auto before = qApp->styleSheet();
        qApp->setStyleSheet(style_sheet(dark_tokens()));
        {
            const Desk desk(rows.database.staff_url());
            QVERIFY(opened(desk, booking));
            desk.press(Qt::Key_D);
            const auto *body = desk.find<QTextBrowser>("decision.preview.body");
            QTRY_VERIFY(body->isVisible());
            QCOMPARE(body->palette().color(QPalette::Text), light_tokens().text); // bullets have it, too
            QVERIFY(body->document()->defaultStyleSheet().contains(light_tokens().accent.name()));
        }
        qApp->setStyleSheet(before);
    }

    void the_email_follows_what_is_typed_and_ticked() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale");
        const Desk desk(rows.database.staff_url());
        QVERIFY(opened(desk, booking));
        desk.press(Qt::Key_D);
        auto *message = desk.find<QPlainTextEdit>("decision.message");
        QTRY_VERIFY(message->isVisible());
        const auto *preview = desk.find<MailPreview>("decision.preview");
        QVERIFY(preview->isVisible());
        QVERIFY(!preview->body().contains("Not this week"));
        message->setPlainText("Not this week, {{name}}.");
        QVERIFY2(preview->body().contains("Not this week, Robin Vale."), qPrintable(preview->body()));
        QVERIFY(!preview->body().contains("Two hours away"));
        desk.find<QPlainTextEdit>("decision.note")->setPlainText("Two hours away");
        QVERIFY2(!preview->body().contains("Two hours away"), "notes stay inside");
        desk.find<QCheckBox>("decision.mail")->setChecked(false);
        QVERIFY(preview->body().isEmpty());
        QVERIFY(desk.find<QLabel>("decision.preview.head")->text().contains("No email is sent"));
    }

    void a_placeholder_that_cannot_be_filled_in_is_named_and_nothing_is_sent() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale");
        const Desk desk(rows.database.staff_url());
        QVERIFY(opened(desk, booking));
        desk.press(Qt::Key_D);
        auto *message = desk.find<QPlainTextEdit>("decision.message");
        QTRY_VERIFY(message->isVisible());
        message->setPlainText("Hello {{nmae}}");
        const auto problem = desk.find<QLabel>("decision.problem")->text();
        QVERIFY2(problem.contains("{{nmae}}") && problem.contains("{{name}}"), qPrintable(problem));
        QVERIFY(!desk.find<QPushButton>("decision.submit")->isEnabled());
        message->setPlainText("Hello {{reference}}");
        QVERIFY(!desk.find<QPushButton>("decision.submit")->isEnabled());
        message->setPlainText("Hello {{name}}");
        desk.find<QPushButton>("decision.submit")->click();
        QTRY_COMPARE(rows.status(booking), std::string("declined"));
        QCOMPARE(rows.owner.value("SELECT text FROM booking_notes"), std::string("Hello Robin Vale"));
    }

    void a_saved_reply_is_put_into_the_message_and_filled_in() {
        BookingRows rows;
        publish(rows, [](models::Json &content) {
            content["replyTemplates"] = models::Json::array({{{"id", "kind"},
                                                              {"title", "Kind refusal"},
                                                              {"language", "en"},
                                                              {"text", "Dear {{name}}, not on {{start}}."}},
                                                             {{"id", "nett"},
                                                              {"title", "Nette Absage"},
                                                              {"language", "de"},
                                                              {"text", "Hallo {{name}}, leider nicht."}}});
        });
        const auto booking = rows.add("Robin Vale");
        const auto other = rows.add("Kim Moss", 15, 30, rows.database.other_tenant_id());
        const Desk desk(rows.database.staff_url());
        QVERIFY(opened(desk, booking));
        desk.press(Qt::Key_D);
        QTRY_VERIFY(desk.find<QPushButton>("decision.replies")->isVisible());
        desk.find<QAction>("decision.replies.nett")->trigger();
        QCOMPARE(desk.find<QPlainTextEdit>("decision.message")->toPlainText(),
                 QStringLiteral("Hallo {{name}}, leider nicht."));
        QVERIFY(
            desk.find<MailPreview>("decision.preview")->body().contains("Hallo Robin Vale, leider nicht."));
        for (int presses = 0; presses < 2; ++presses) { // the first asks
            QTest::keyClick(desk.find<QPlainTextEdit>("decision.message"), Qt::Key_Escape);
        }
        QTRY_COMPARE(desk.rows(), 2);
        desk.choose(1);
        QVERIFY(shows(desk, other));
        desk.press(Qt::Key_D);
        QTRY_VERIFY(desk.find<QPlainTextEdit>("decision.message")->isVisible());
        QVERIFY2(!desk.find<QPushButton>("decision.replies")->isVisible(), "they are ada's");
    }

    void what_one_key_accepts_can_be_read_before_and_is_shown_until_it_is_sent() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale");
        const Desk desk(rows.database.staff_url());
        QVERIFY(opened(desk, booking));
        auto *see = desk.find<QPushButton>("booking.mail.see");
        const auto *preview = desk.find<MailPreview>("booking.mail");
        QTRY_VERIFY(see->isVisible());
        QVERIFY(!preview->isVisible());
        see->click();
        QVERIFY(preview->isVisible());
        const auto before = previewed(desk, rows, "booking.mail");
        QCOMPARE(before.subject, QStringLiteral("Your request is accepted"));
        see->click();
        desk.press(Qt::Key_A);
        QTRY_VERIFY(preview->isVisible());
        QVERIFY(desk.find<QLabel>("booking.mail.head")->text().contains("client@example.com"));
        QVERIFY(!see->isVisible());
        const auto mail = sent(rows);
        QCOMPARE(before.subject, mail.subject);
        QCOMPARE(before.body, mail.body);
    }

    void the_email_goes_away_with_what_was_taken_back() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale");
        const Desk desk(rows.database.staff_url());
        QVERIFY(opened(desk, booking));
        desk.press(Qt::Key_A);
        const auto *preview = desk.find<MailPreview>("booking.mail");
        QTRY_VERIFY(preview->isVisible());
        desk.press(Qt::Key_Z);
        QTRY_COMPARE(rows.status(booking), std::string("pending"));
        QTRY_VERIFY(!preview->isVisible());
    }

    void nobody_is_promised_an_email_who_gets_none() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale");
        rows.owner.done("UPDATE bookings SET client_email = NULL, source = 'phone'");
        const Desk desk(rows.database.staff_url());
        QVERIFY(opened(desk, booking));
        QVERIFY(!desk.find<QPushButton>("booking.mail.see")->isVisible());
        desk.press(Qt::Key_D);
        auto *mail = desk.find<QCheckBox>("decision.mail");
        QTRY_VERIFY(mail->isVisible());
        QVERIFY(!mail->isEnabled() && !mail->isChecked());
        QVERIFY(desk.find<QLabel>("decision.preview.head")->text().contains("no email address"));
        desk.press(Qt::Key_Q);
        QTRY_VERIFY(desk.find<QLabel>("decision.preview.head")->text().contains("Ask by phone"));
        desk.press(Qt::Key_D);
        desk.find<QPushButton>("decision.submit")->click();
        auto *bar = desk.find<UndoBar>("bookings.undo_bar");
        QTRY_VERIFY(bar->isVisible());
        QVERIFY2(bar->text().contains("Nobody is written to"), qPrintable(bar->text()));
    }

    void a_deposit_that_is_kept_is_told_nobody() {
        BookingRows rows;
        ask_for_deposits(rows);
        const auto booking = rows.add("Robin Vale");
        decide(rows, booking, models::BookingAction::Accept);
        rows.owner.done("UPDATE bookings SET status = 'confirmed', deposit_state = 'received'");
        const Desk desk(rows.database.staff_url());
        QVERIFY(opened(desk, booking));
        desk.press(Qt::Key_E);
        auto *what = desk.find<QComboBox>("decision.deposit.what");
        QTRY_VERIFY(what->isVisible());
        what->setCurrentIndex(what->findData(QStringLiteral("kept")));
        QVERIFY(!desk.find<MailPreview>("decision.preview")->isVisible());
        QVERIFY(!desk.find<QCheckBox>("decision.mail")->isVisible());
        desk.find<QPushButton>("decision.submit")->click();
        auto *bar = desk.find<UndoBar>("bookings.undo_bar");
        QTRY_VERIFY(bar->isVisible());
        QVERIFY2(bar->text().contains("Nobody is written to"), qPrintable(bar->text()));
        QCOMPARE(rows.messages(booking), std::string("0"));
    }

    void asking_for_a_deposit_shows_its_email_and_may_be_done_without() {
        BookingRows rows;
        const auto booking = rows.add("Robin Vale");
        decide(rows, booking, models::BookingAction::Accept);
        const Desk desk(rows.database.staff_url());
        QVERIFY(opened(desk, booking));
        desk.press(Qt::Key_E);
        auto *amount = desk.find<QLineEdit>("decision.deposit.amount");
        QTRY_VERIFY(amount->isVisible());
        const auto *preview = desk.find<MailPreview>("decision.preview");
        QVERIFY2(!preview->isVisible(), "no amount yet");
        amount->setText("250");
        QVERIFY(preview->isVisible());
        QVERIFY2(preview->body().contains("250"), qPrintable(preview->body()));
        desk.find<QCheckBox>("decision.mail")->setChecked(false);
        desk.find<QPushButton>("decision.submit")->click();
        QTRY_VERIFY(!desk.find<DecisionPanel>("decision")->isVisible());
        QCOMPARE(rows.messages(booking), std::string("0"));
    }

    void of_several_the_first_email_stands_for_all() {
        BookingRows rows;
        for (const auto *client : {"Ash", "Bo", "Cy"}) {
            rows.add(client);
        }
        const Desk desk(rows.database.staff_url());
        QTRY_COMPARE(desk.rows(), 3);
        desk.choose(0);
        QTest::keyClick(desk.table(), Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(desk.table(), Qt::Key_Down, Qt::ShiftModifier);
        desk.find<QPushButton>("bookings.bulk.decline")->click();
        auto *message = desk.find<QPlainTextEdit>("bulk.message");
        QTRY_VERIFY(message->isVisible());
        message->setPlainText("Sorry, {{name}}.");
        QVERIFY(desk.find<QLabel>("bulk.preview.head")->text().contains("3 emails"));
        QVERIFY(desk.find<MailPreview>("bulk.preview")->body().contains("Sorry, Ash."));
        desk.find<QPushButton>("bulk.submit")->click();
        QTRY_COMPARE(rows.owner.column("SELECT text FROM booking_notes ORDER BY text"),
                     (std::vector<std::string>{"Sorry, Ash.", "Sorry, Bo.", "Sorry, Cy."}));
    }

    void answers_of_new_clients_stand_beside_the_questions() {
        BookingRows rows;
        publish(rows, [](models::Json &content) {
            content["screeningFields"] =
                models::Json::array({{{"id", "question-1"}, {"label", "Whom may I ask about you?"}}});
        });
        const auto booking = rows.add("Robin Vale");
        rows.owner.done(R"(UPDATE bookings SET screening = '{"question-1": "Kim", "former": "Yes"}')");
        const Desk desk(rows.database.staff_url());
        QVERIFY(opened(desk, booking));
        const auto answers = desk.find<FactRows>("booking.screening")->text();
        QVERIFY2(answers.contains("Whom may I ask about you?") && answers.contains("Kim"),
                 qPrintable(answers));
        QVERIFY2(!answers.contains("question-1") && answers.contains("former"), qPrintable(answers));
    }
};

QTEST_MAIN(MailsTest)
#include "mails_test.moc"
