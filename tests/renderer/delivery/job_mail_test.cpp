// SPDX-License-Identifier: Apache-2.0
// Emails as their readers get them: by the sender, over real SMTP, taken apart again.
#include "models/booking/booking_emails.h"
#include "renderer/delivery/booking_notice.h"
#include "renderer/delivery/smtp_client.h"
#include "tests/support/eventually.h"
#include "tests/support/mail_text.h"
#include "tests/support/smtp_sink.h"
#include "tests/support/telling_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>

namespace studio::renderer {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using Mode = test_support::SmtpSink::Mode;
using Result = Delivery::Result;

const MailSender platform{{"Companion Connect", "bookings@companionconnect.app"},
                          "https://appointments.example"};
const std::string client_token(64, 'c'), companion_token(80, 'd');

OutgoingSettings through(const std::string &smtp_url, const std::string &ca_file = {}) {
    OutgoingSettings settings;
    settings.smtp_url = smtp_url;
    settings.smtp_ca_file = ca_file;
    return settings;
}

db::OutboxMessage sample(const std::string &kind = "visitor_email") {
    db::OutboxMessage message;
    message.id = "3f0c0e3e-5a4b-4c6d-8e9f-000000000001";
    message.kind = kind;
    message.payload = models::Json::parse(R"({
        "booking": {"id": "b1", "name": "Robin Lee", "email": "robin@example.com", "phone": "+61 412 345 678",
            "service": "Dinner", "message": "Hello,\n.dot at the start\n\nBest, R.", "duration": "three hours",
            "preferredAt": "2026-11-23T09:00:00Z", "preferredEndAt": null, "timeZone": "Australia/Sydney",
            "status": "pending", "createdAt": "2026-11-01T00:00:00Z"},
        "tenant": {"id": "t1", "name": "Claire Hamilton", "subdomain": "claire", "customDomain": null,
            "contactEmail": "claire@example.com", "timeZone": "Australia/Sydney", "emails": null,
            "services": [{"id": "dinner", "name": "Dinner"}]},
        "webhook": null})");
    return message;
}

// A booking that was agreed upon.
db::OutboxMessage agreed(const std::string &kind) {
    db::OutboxMessage message = sample(kind);
    message.payload["booking"].update(models::Json::parse(R"({"id": "9d3c0e3e-5a4b-4c6d-8e9f-0000000000b1",
        "startsAt": "2026-11-23T09:00:00Z", "endsAt": "2026-11-23T11:00:00Z", "status": "accepted",
        "placeKind": "outcall", "place": "Room 12, Harbour Hotel", "calendarSequence": 0, "words": "Looking forward to it.",
        "question": "Is there a lift?", "answer": "Yes, two of them."})"));
    message.payload["booking"]["clientToken"] = client_token;
    return message;
}

constexpr const char *client_kinds[] = {
    "visitor_email",  "client_accepted", "client_declined",        "client_proposed",  "client_question",
    "client_moved",   "client_kept",     "client_cancelled",       "client_confirmed", "client_released",
    "client_expired", "client_reminder", "client_deposit_reminder"};

class JobMail : public testing::Test {
protected:
    Delivery send(const MailMessage &mail) {
        return m_client.send(mail.from.address, mail.to, to_text(mail));
    }
    // What arrived last, after it was sent.
    test_support::MailText sent(const db::OutboxMessage &message) {
        const auto mail = booking_mail(message, platform, base::Time(std::chrono::seconds(1'793'433'600)));
        EXPECT_TRUE(mail);
        EXPECT_EQ(send(*mail), Delivery{});
        EXPECT_TRUE(m_sink.faults().empty()) << m_sink.faults().front();
        return test_support::read_mail(m_sink.mails().back().data);
    }

    test_support::MailText sent_to_companion(db::OutboxMessage message) {
        message.kind = "companion_email";
        return sent(message);
    }

    StopFlag m_stop;
    test_support::SmtpSink m_sink;
    SmtpClient m_client{through(m_sink.url()), "studio.example", m_stop, std::chrono::seconds(5)};
};

TEST_F(JobMail, TellsTheVisitorWhatSheAskedFor) {
    const auto mail = sent(sample());
    const auto envelope = m_sink.mails().back();
    EXPECT_EQ(envelope.greeting, "studio.example");
    EXPECT_EQ(envelope.from, "bookings@companionconnect.app");
    EXPECT_THAT(envelope.to, testing::ElementsAre("robin@example.com"));
    EXPECT_EQ(mail.field("from"), "\"Bookings\" <bookings@companionconnect.app>");
    EXPECT_EQ(mail.field("to"), "<robin@example.com>");
    EXPECT_FALSE(mail.fields.contains("reply-to")) << "an answer goes to the sender";
    EXPECT_EQ(mail.field("subject"), "Your request has arrived");
    EXPECT_EQ(mail.field("date"), "Sat, 31 Oct 2026 08:00:00 +0000");
    EXPECT_EQ(mail.field("message-id"), "<3f0c0e3e-5a4b-4c6d-8e9f-000000000001@companionconnect.app>");
    EXPECT_EQ(mail.field("auto-submitted"), "auto-generated");
    EXPECT_EQ(mail.field("mime-version"), "1.0");
    EXPECT_THAT(mail.plain, StartsWith("Hello Robin Lee,\n"));
    EXPECT_THAT(mail.plain, HasSubstr("- When: Monday 23 November 2026, 20:00 AEDT\n"));
    EXPECT_THAT(mail.html, HasSubstr("<strong>When:</strong> Monday 23 November 2026, 20:00 AEDT"));
    EXPECT_THAT(mail.html, StartsWith("<!doctype html>"));
}

TEST_F(JobMail, SaysNothingToTheVisitorThatItsSenderWorded) {
    constexpr const char *advertising = "Buy now at evil.example";
    db::OutboxMessage message = sample();
    for (const char *field : {"name", "service", "message", "duration", "phone"}) {
        message.payload["booking"][field] = advertising;
    }
    message.payload["tenant"]["emails"] = models::Json::parse(
        R"({"visitor": {"subject": "{{name}} {{service}} {{message}}", "message":
            "{{name}} {{service}} {{message}} {{duration}} {{phone}} {{companion}}"}})");
    const auto own = sent(message);
    message.payload["tenant"]["emails"] = nullptr;
    const auto usual = sent(message);
    for (const auto &mail : {own, usual}) {
        EXPECT_THAT(mail.field("subject"), Not(HasSubstr("evil")));
        EXPECT_THAT(mail.plain, Not(HasSubstr("evil")));
        EXPECT_THAT(mail.html, Not(HasSubstr("evil")));
    }
    EXPECT_THAT(sent_to_companion(message).plain, HasSubstr(advertising));
}

TEST_F(JobMail, TellsTheCompanionWhoAsks) {
    const auto mail = sent_to_companion(sample());
    EXPECT_EQ(mail.field("from"), "\"Companion Connect\" <bookings@companionconnect.app>");
    EXPECT_EQ(mail.field("to"), "<claire@example.com>");
    EXPECT_EQ(mail.field("reply-to"), "<robin@example.com>");
    EXPECT_EQ(mail.field("subject"), "Booking request: Robin Lee, Monday 23 November 2026, 20:00 AEDT");
    EXPECT_THAT(mail.plain, HasSubstr("Hello,\n.dot at the start\n\nBest, R.\n"));
    EXPECT_THAT(mail.html, HasSubstr("Hello,<br>\n.dot at the start<br>\n<br>\nBest, R."));
    for (const char *fact : {"Robin Lee", "robin@example.com", "+61 412 345 678", "Dinner", "three hours"}) {
        EXPECT_THAT(mail.plain, HasSubstr(fact));
        EXPECT_THAT(mail.html, HasSubstr(fact));
    }
}

TEST_F(JobMail, LeavesOutWhatWasNotSaid) {
    db::OutboxMessage message = sample();
    for (const char *field : {"phone", "service", "duration"}) {
        message.payload["booking"][field] = nullptr;
    }
    message.payload["booking"]["preferredEndAt"] = "2026-11-23T12:00:00Z";
    const auto mail = sent_to_companion(message);
    EXPECT_THAT(mail.plain, Not(HasSubstr("Phone")));
    EXPECT_THAT(mail.plain, Not(HasSubstr("How long")));
    EXPECT_THAT(mail.html, Not(HasSubstr("Phone")));
    EXPECT_THAT(mail.plain, HasSubstr("20:00 AEDT to Monday 23 November 2026, 23:00 AEDT"));
}

TEST_F(JobMail, SpeaksAsTheTenantWordsIt) {
    db::OutboxMessage message = sample();
    message.payload["tenant"]["emails"] = models::Json::parse(
        R"({"visitor": {"subject": "Merci, {{name}} – à bientôt", "message": "# Chère {{name}}\n\n[Terms](https://claire.example/terms) {{companion}}"}})");
    const auto mail = sent(message);
    EXPECT_EQ(mail.field("subject"), "Merci, Robin Lee – à bientôt");
    EXPECT_THAT(mail.plain, StartsWith("# Chère Robin Lee\n"));
    EXPECT_THAT(mail.html, HasSubstr("Chère Robin Lee</h3>"));
    EXPECT_THAT(mail.html, HasSubstr("<a href=\"https://claire.example/terms\""));
}

TEST_F(JobMail, CannotBeTurnedIntoAnotherByWhatAVisitorTypes) {
    const std::string hostile[] = {
        "Robin\r\nBcc: everyone@example.com",
        "Robin\nContent-Type: text/html\n\n<h1>x",
        "Robin\r\n.\r\nMAIL FROM:<evil@example.com>",
        "=?UTF-8?Q?=0D=0ABcc:_x@example.com?=",
        "\"Robin\" <evil@example.com>",
        "{{message}} {{phone}}",
        "[free](https://evil.example) <https://evil.example> ![x](https://evil.example/x.png)",
        "<script>alert(1)</script><a href=x onclick=y>&amp;</a>",
        std::string(100, 'x') + " " + std::string(900, 'y'),
        "🌸🌺 Zoë Ångström ロビン " + std::string(60, 'z') + " 🌸🌸🌸🌸🌸🌸🌸🌸🌸🌸🌸🌸",
        "روبن لي \xE2\x80\xAE"
        "elbisrever",
        "\xEE\x80\x80\xEE\x80\x87 private",
        "--=_3f0c0e3e",
        std::string("nul\0nul", 7),
    };
    for (const std::string &name : hostile) {
        db::OutboxMessage message = sample();
        message.payload["booking"]["name"] = name;
        message.payload["booking"]["message"] = name + "\n" + std::string(10'240, 'w') + "\n..\n.\nFrom here";
        for (const char *kind : {"visitor_email", "companion_email"}) {
            message.kind = kind;
            const std::size_t before = m_sink.mails().size();
            const auto mail = sent(message);
            ASSERT_EQ(m_sink.mails().size(), before + 1) << name;
            EXPECT_EQ(m_sink.mails().back().to.size(), 1u) << name;
            std::vector<std::string> names;
            for (const auto &[field, value] : mail.fields) {
                names.push_back(field);
            }
            std::vector<std::string> expected{"auto-submitted", "content-type", "date",
                                              "from",           "message-id",   "mime-version",
                                              "subject",        "to",           "x-auto-response-suppress"};
            if (message.kind == "companion_email") { // a client answers to the platform, the companion to her
                expected.insert(expected.begin() + 6, "reply-to");
            }
            EXPECT_EQ(names, expected) << name;
            EXPECT_THAT(mail.html, Not(HasSubstr("<script")));
            EXPECT_THAT(mail.html, Not(HasSubstr("<a ")));
            EXPECT_THAT(mail.html, Not(HasSubstr("<img")));
            EXPECT_THAT(mail.html, Not(HasSubstr("onclick=y>&amp;<")));
            if (message.kind == "companion_email") {
                EXPECT_THAT(mail.plain, HasSubstr("\n..\n.\nFrom here\n"))
                    << "dots are stuffed and unstuffed";
            }
        }
    }
}

TEST_F(JobMail, LeadsTheClientToHerOwnPageWhateverTheWording) {
    const std::string address = "https://appointments.example/request/" + client_token;
    for (const char *kind : client_kinds) {
        db::OutboxMessage message = agreed(kind);
        for (const char *own : {R"({})", R"({"subject": "Own", "message": "Own words."})",
                                R"({"subject": "Own", "message": "See {{link}} soon."})"}) {
            for (const auto &email : models::booking_email_keys()) {
                message.payload["tenant"]["emails"][email.key] = models::Json::parse(own);
            }
            const auto mail = sent(message);
            EXPECT_EQ(mail.plain.find(address), mail.plain.rfind(address)) << kind << own;
            EXPECT_THAT(mail.plain, HasSubstr(address)) << kind << own;
            EXPECT_THAT(mail.html, HasSubstr("<a href=\"" + address + "\">")) << kind << own;
        }
        message.payload["tenant"]["customDomain"] = "claire-h.example";
        EXPECT_THAT(sent(message).plain, HasSubstr(address)) << kind << ": whatever her own domain";
    }
}

TEST_F(JobMail, NamesTheCompanionsAddressToTheClientOnlyWhereHerRulesSaySo) {
    for (const char *kind : client_kinds) {
        db::OutboxMessage message = agreed(kind);
        for (const models::Json &unset : {models::Json(), models::Json(false), models::Json("yes")}) {
            message.payload["tenant"]["repliesToCompanion"] = unset;
            EXPECT_FALSE(sent(message).fields.contains("reply-to")) << kind << unset;
        }
        message.payload["tenant"]["repliesToCompanion"] = true;
        EXPECT_EQ(sent(message).field("reply-to"), "<claire@example.com>") << kind;
    }
}

// Everything of the message as it goes over the wire, but who gets it.
TEST_F(JobMail, NamesNeitherTheCompanionNorTheTradeToOthersWhoSeeIt) {
    MailSender neutral = platform;
    neutral.from = {"Companion Connect", "bookings@appointments.example"};
    for (const char *kind : client_kinds) {
        for (const char *deposit : {"", "asked", "received"}) {
            db::OutboxMessage message = agreed(kind);
            message.payload["tenant"]["customDomain"] = "claire-hamilton.example";
            message.payload["booking"]["calendarSequence"] = 1;
            if (*deposit) {
                message.payload["booking"].update({{"depositState", deposit},
                                                   {"depositMinor", 50'000},
                                                   {"depositDueAt", "2026-11-20T09:00:00Z"},
                                                   {"depositReference", "CS4K7Q92XM"}});
            }
            const MailMessage mail =
                booking_mail(message, neutral, base::Time(std::chrono::seconds(1'793'433'600))).value();
            const test_support::MailText read = test_support::read_mail(to_text(mail));
            std::string all = read.plain + read.html + read.calendar + read.attachment;
            for (const auto &[name, value] : read.fields) {
                all += name + ": " + value + '\n';
            }
            EXPECT_THAT(
                test_support::telling_words(all, {"claire", "hamilton", "dinner", "harbour", "travel"}),
                testing::IsEmpty())
                << kind << deposit << '\n'
                << all;
        }
    }
}

TEST_F(JobMail, PutsAnAgreedTimeIntoTheCalendarAndTakesItOutAgain) {
    struct {
        const char *kind, *method;
        int sequence;
    } const cases[] = {{"client_accepted", "REQUEST", 0},
                       {"client_confirmed", "REQUEST", 0},
                       {"client_moved", "REQUEST", 1},
                       {"client_cancelled", "CANCEL", 2},
                       {"client_released", "CANCEL", 1}};
    for (const auto &one : cases) {
        db::OutboxMessage message = agreed(one.kind);
        message.payload["booking"]["calendarSequence"] = one.sequence;
        const auto mail = sent(message);
        EXPECT_EQ(mail.calendar_type, "text/calendar; charset=utf-8; method=" + std::string(one.method));
        for (const std::string &line :
             {"METHOD:" + std::string(one.method), std::string("UID:9d3c0e3e-5a4b-4c6d-8e9f-0000000000b1"),
              "SEQUENCE:" + std::to_string(one.sequence),
              std::string("DTSTART;TZID=Australia/Sydney:20261123T200000"),
              std::string("SUMMARY:Appointment")}) {
            EXPECT_THAT(mail.calendar, HasSubstr(line + "\n")) << one.kind;
        }
        EXPECT_EQ(mail.calendar.find("LOCATION"), std::string::npos);
        std::string attached = mail.attachment;
        std::erase(attached, '\r');
        EXPECT_EQ(attached, mail.calendar);
        EXPECT_THAT(mail.plain, HasSubstr("Monday 23 November 2026, 20:00 AEDT"));
    }
    db::OutboxMessage never_agreed = agreed("client_cancelled");
    EXPECT_EQ(sent(never_agreed).calendar, "") << "nothing of it was in a calendar";
    EXPECT_EQ(sent(agreed("client_reminder")).calendar, "");
}

TEST_F(JobMail, TellsTheClientHowToPayWhileTheDepositIsOpenWhateverTheWording) {
    for (const char *kind : {"client_accepted", "client_deposit_reminder"}) {
        db::OutboxMessage message = agreed(kind);
        message.payload["tenant"]["howToPay"] = "Account *12*\nC. Example";
        message.payload["booking"].update({{"depositState", "asked"}, {"depositMinor", 50'050}});
        for (const char *own : {"", "In my words.", "Pay so: {{payment}}"}) {
            for (const char *email : {"accepted", "depositReminder"}) {
                message.payload["tenant"]["emails"][email] = {{"message", own}};
            }
            const auto mail = sent(message);
            EXPECT_THAT(mail.plain, AllOf(HasSubstr("Account *12*"), HasSubstr("C. Example"))) << kind << own;
            EXPECT_THAT(mail.html, AllOf(HasSubstr("Account *12*<br>"), HasSubstr("C. Example")))
                << kind << own;
            EXPECT_EQ(mail.plain.find("Account"), mail.plain.rfind("Account")) << kind << own;
        }
        message.payload["booking"]["depositState"] = "received";
        EXPECT_THAT(sent(message).plain, Not(HasSubstr("Account"))) << kind;
        EXPECT_THAT(sent(message).plain, Not(HasSubstr("How to pay"))) << kind;
    }
}

TEST_F(JobMail, TellsTheClientOfTheDepositAndOfThePlaceOnlyAfterIt) {
    db::OutboxMessage message = agreed("client_accepted");
    message.payload["tenant"]["emails"]["accepted"] = {{"message", "At {{place}}."}};
    message.payload["booking"].update({{"depositState", "asked"},
                                       {"depositMinor", 50'050},
                                       {"depositDueAt", "2026-11-20T09:00:00Z"},
                                       {"depositReference", "CS4K7Q92XM"}});
    EXPECT_THAT(sent(message).plain, Not(HasSubstr("Harbour Hotel")));
    message.payload["booking"]["depositState"] = "received";
    EXPECT_THAT(sent(message).plain, HasSubstr("Harbour Hotel"));
    message.payload["booking"]["depositState"] = "asked";
    message.payload["tenant"]["emails"] = nullptr;
    for (const char *kind : {"client_accepted", "client_deposit_reminder"}) {
        message.kind = kind;
        const auto mail = sent(message);
        EXPECT_THAT(mail.plain, HasSubstr("- Deposit: A$500.50\n- Due: Friday 20 November 2026, 20:00 AEDT\n"
                                          "- Reference for the transfer: CS4K7Q92XM\n"));
    }
}

TEST_F(JobMail, SaysToTheClientWhatWasWrittenToHer) {
    EXPECT_THAT(sent(agreed("client_question")).plain, HasSubstr("Is there a lift?"));
    for (const char *kind : {"client_accepted", "client_declined", "client_proposed", "client_moved",
                             "client_kept", "client_cancelled"}) {
        const auto mail = sent(agreed(kind));
        EXPECT_THAT(mail.plain, HasSubstr("Looking forward to it.")) << kind;
        EXPECT_THAT(mail.plain, Not(HasSubstr(".dot at the start"))) << "her own words are not sent to her";
    }
}

TEST_F(JobMail, LetsTheCompanionDecideFromHerMail) {
    db::OutboxMessage message = sample("companion_email");
    message.payload["booking"]["companionToken"] = companion_token;
    const std::string address = "https://appointments.example/decide/" + companion_token;
    for (const char *kind : {"companion_email", "companion_answer"}) {
        message.kind = kind;
        const auto mail = sent(message);
        for (const char *what : {"accept", "decline", "propose"}) {
            EXPECT_THAT(mail.plain, HasSubstr(address + "?do=" + what + "\n")) << kind;
            EXPECT_THAT(mail.html, HasSubstr("<a href=\"" + address + "?do=" + what + "\">")) << kind;
        }
    }
    for (const char *status : {"accepted", "confirmed"}) {
        message.payload["booking"]["status"] = status;
        const auto agreed_mail = sent(message);
        EXPECT_THAT(agreed_mail.plain, HasSubstr("Move to another time:\n" + address + "?do=move\n"))
            << status;
        EXPECT_THAT(agreed_mail.plain, Not(HasSubstr("?do=accept"))) << status;
    }
    for (const char *status : {"declined", "cancelled", "proposed", "waiting"}) {
        message.payload["booking"]["status"] = status;
        EXPECT_THAT(sent(message).plain, Not(HasSubstr("/decide/")))
            << status << ": nothing is hers to decide";
    }
}

TEST_F(JobMail, TellsTheCompanionWhatHerClientDid) {
    struct {
        const char *kind, *action, *subject;
    } const cases[] = {
        {"companion_answer", "answer", "An answer from Robin Lee"},
        {"companion_answer", "agree", "Robin Lee agrees: Monday 23 November 2026, 20:00 AEDT"},
        {"companion_answer", "refuse", "Robin Lee cannot at that time"},
        {"companion_answer", "ask_move", "Robin Lee asks for another time"},
        {"companion_cancelled", "cancel", "Cancelled: Robin Lee, Monday 23 November 2026, 20:00 AEDT"},
        {"companion_released", "release", "Given back: Robin Lee, Monday 23 November 2026, 20:00 AEDT"},
        {"companion_expired", "expire", "Not answered in time: Robin Lee"}};
    for (const auto &one : cases) {
        db::OutboxMessage message = agreed(one.kind);
        message.payload["booking"]["lastAction"] = one.action;
        const auto mail = sent(message);
        EXPECT_EQ(mail.field("to"), "<claire@example.com>");
        EXPECT_EQ(mail.field("reply-to"), "<robin@example.com>");
        message.payload["booking"]["companionToken"] = std::string(80, 'a');
        EXPECT_FALSE(sent(message).fields.contains("reply-to")) << "her links are quoted in an answer";
        EXPECT_EQ(mail.field("subject"), one.subject);
        EXPECT_THAT(mail.plain, HasSubstr("Yes, two of them."));
    }
    db::OutboxMessage agenda = agreed("companion_agenda");
    agenda.payload["booking"]["agenda"] = models::Json::parse(R"([
        {"startsAt": "2026-11-23T01:00:00Z", "endsAt": "2026-11-23T02:30:00Z", "service": null, "placeKind": null, "name": "Kim"},
        {"startsAt": "2026-11-23T09:00:00Z", "endsAt": "2026-11-23T11:00:00Z", "timeZone": "Australia/Sydney", "service": "Dinner", "placeKind": "outcall", "name": "Robin Lee"},
        {"startsAt": "2026-11-23T12:00:00Z", "endsAt": "2026-11-23T13:00:00Z", "timeZone": "Australia/Perth", "service": null, "placeKind": null, "name": "Sam"}])");
    agenda.payload["booking"]["timeZone"] =
        "Australia/Perth"; // of the booking to which the message is attached
    const auto mail = sent(agenda);
    EXPECT_THAT(mail.plain, HasSubstr("\n20:00 to 21:00 in Perth, Sam"));
    EXPECT_EQ(mail.field("subject"), "Your bookings today");
    EXPECT_THAT(mail.plain, HasSubstr("12:00 to 13:30, Kim\n20:00 to 22:00, Robin Lee, Dinner, outcall"));
    EXPECT_FALSE(mail.fields.contains("reply-to"));
}

TEST_F(JobMail, HasNobodyToGoToWithoutAnAddress) {
    db::OutboxMessage message = sample();
    message.payload["tenant"]["contactEmail"] = nullptr;
    message.kind = "companion_email";
    EXPECT_FALSE(booking_mail(message, platform, base::Time()));
    message.kind = "visitor_email";
    const auto mail = sent(message);
    EXPECT_FALSE(mail.fields.contains("reply-to"));
    message.payload["booking"]["email"] = "robin@example.com>\r\nRCPT TO:<evil@example.com";
    EXPECT_FALSE(booking_mail(message, platform, base::Time()));
}

TEST_F(JobMail, SaysWhyTheServerDidNotTakeIt) {
    const MailMessage mail = booking_mail(sample(), platform, base::Time()).value();
    struct {
        Mode mode;
        Delivery expected;
    } const cases[] = {
        {Mode::Greylist, {Result::Later, "smtp_451"}},
        {Mode::UnknownRecipient, {Result::Refused, "smtp_550"}},
        {Mode::Full, {Result::Later, "smtp_452"}},
        {Mode::RefuseContent, {Result::Refused, "smtp_554"}},
        {Mode::HangUpAfterData, {Result::Later, "smtp_connection_lost"}},
        {Mode::Accept, {}},
    };
    for (const auto &one : cases) {
        m_sink.set(one.mode);
        const Delivery delivery = send(mail);
        EXPECT_EQ(delivery.result, one.expected.result) << one.expected.reason;
        EXPECT_EQ(delivery.reason, one.expected.reason);
    }
    m_sink.stop();
    EXPECT_EQ(send(mail), (Delivery{Result::Later, "smtp_unreachable"}));
    m_sink.start();
    EXPECT_EQ(send(mail), Delivery{}) << "a new connection after an outage";
    EXPECT_TRUE(m_sink.faults().empty());
}

class JobMailOverTls : public JobMail {
protected:
    // By a name that is not taken for this machine, so that TLS is a must.
    Delivery send_as(const std::string &login, const std::filesystem::path &ca_file) {
        SmtpClient client(
            through("smtp://" + login + "@mail.localhost:" + std::to_string(m_sink.port()), ca_file),
            "studio.example", m_stop, std::chrono::seconds(5));
        const MailMessage mail = booking_mail(sample(), platform, base::Time()).value();
        return client.send(mail.from.address, mail.to, to_text(mail));
    }
};

TEST_F(JobMailOverTls, SignsInAndSends) {
    m_sink.require_login("studio", "p@ss word");
    EXPECT_EQ(send_as("studio:p%40ss%20word", m_sink.ca_file()), Delivery{});
    ASSERT_EQ(m_sink.mails().size(), 1u);
    EXPECT_TRUE(m_sink.mails().front().encrypted);
    EXPECT_EQ(m_sink.mails().front().user, "studio");
    EXPECT_THAT(m_sink.faults(), testing::IsEmpty());
}

TEST_F(JobMailOverTls, TriesAgainLaterWithAWrongPassword) {
    m_sink.require_login("studio", "right");
    const Delivery delivery = send_as("studio:wrong", m_sink.ca_file());
    EXPECT_EQ(delivery, (Delivery{Result::Later, "smtp_535"}));
    EXPECT_THAT(m_sink.mails(), testing::IsEmpty());
}

TEST_F(JobMailOverTls, SaysNoPasswordToAServerThatItDoesNotTrust) {
    m_sink.require_login("studio", "right");
    EXPECT_EQ(send_as("studio:right", ""), (Delivery{Result::Later, "smtp_tls"}));
    EXPECT_EQ(m_sink.logins_tried(), 0);
}

TEST_F(JobMailOverTls, SaysNoPasswordInClear) {
    EXPECT_EQ(send_as("studio:right", ""), (Delivery{Result::Later, "smtp_tls"}));
    EXPECT_EQ(m_sink.logins_tried(), 0);
    EXPECT_THAT(m_sink.mails(), testing::IsEmpty());
}

TEST_F(JobMail, KeepsOneConnectionForSeveralMessages) {
    const MailMessage mail = booking_mail(sample(), platform, base::Time()).value();
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(send(mail), Delivery{});
    }
    EXPECT_EQ(m_sink.connections(), 1);
    EXPECT_EQ(m_sink.mails().size(), 5u);
}

TEST_F(JobMail, StopsAtOnceWhenTheServiceDoes) {
    test_support::LineServer silent([](test_support::SinkConnection &connection) {
        while (connection.read_line()) {
        }
    });
    SmtpClient client(through("smtp://127.0.0.1:" + std::to_string(silent.port())), "x", m_stop,
                      std::chrono::seconds(30));
    std::thread stopper([this, &silent] {
        test_support::eventually([&silent] { return silent.connections() > 0; });
        m_stop.raise();
    });
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(client.send("a@example.com", "b@example.com", "x"), (Delivery{Result::Later, "smtp_stopped"}));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
    stopper.join();
}

TEST(MailMessage, FoldsAndEncodesAnySubject) {
    for (const std::string &text : {std::string("plain"), std::string(61, 'x'), std::string("Zoë"),
                                    std::string(500, 'a') + "ë", std::string("=?UTF-8?B?eA==?="),
                                    std::string("🌸") + std::string(44, 'x') + "🌸🌸🌸", std::string()}) {
        const std::string words = encoded_words(text);
        for (std::size_t at = 0, end; at < words.size(); at = end + 2) {
            end = std::min(words.find("\r\n", at), words.size());
            EXPECT_LE(end - at, 67u) << text; // the first follows "Subject: "
        }
    }
    EXPECT_EQ(encoded_words("a\r\nb\tc"), "a  b c");
}

TEST(MailMessage, QuotesWhatIsNotPlain) {
    EXPECT_EQ(quoted_printable("a=b\né \nend "), "a=3Db\r\n=C3=A9=20\r\nend=20");
    const std::string lines = quoted_printable(std::string(200, 'x') + "é" + std::string(200, 'y'));
    for (std::size_t at = 0, end; at < lines.size(); at = end + 2) {
        end = std::min(lines.find("\r\n", at), lines.size());
        EXPECT_LE(end - at, 76u);
    }
}

TEST(MailAddress, IsReadWithAndWithoutAName) {
    EXPECT_EQ(MailAddress::parse("a@example.com")->address, "a@example.com");
    const auto named = MailAddress::parse("\"Companion Connect\" <a@example.com>");
    EXPECT_EQ(named->name, "Companion Connect");
    EXPECT_EQ(named->address, "a@example.com");
    for (const char *text : {"", "a", "A <a>", "<a@example.com", "a@example.com, b@example.com"}) {
        EXPECT_FALSE(MailAddress::parse(text)) << text;
    }
}

} // namespace
} // namespace studio::renderer
