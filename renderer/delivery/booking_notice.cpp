// SPDX-License-Identifier: Apache-2.0
#include "renderer/delivery/booking_notice.h"

#include "models/booking/calendar_file.h"
#include "models/booking/standard_emails.h"
#include "models/json/json_read.h"
#include "models/values/money.h"
#include "models/values/web_address.h"
#include "models/values/zoned_time.h"
#include "site/booking_email.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace studio::renderer {

namespace {

using models::BookingEmails;
using models::BookingFacts;
using models::EmailReader;
using models::Json;

struct MailKind {
    std::string_view name;
    EmailReader reader;
    models::EmailWording BookingEmails::*wording; // nullptr for a kind of email that the tenant cannot word
    std::string_view calendar_method = {};        // METHOD of the attached calendar file
};

constexpr std::array<MailKind, 16> mail_kinds{{
    {"visitor_email", EmailReader::Visitor, &BookingEmails::visitor},
    {"companion_email", EmailReader::Companion, &BookingEmails::companion},
    {"client_accepted", EmailReader::Client, &BookingEmails::accepted, "REQUEST"},
    {"client_declined", EmailReader::Client, &BookingEmails::declined},
    {"client_proposed", EmailReader::Client, &BookingEmails::proposed},
    {"client_question", EmailReader::Client, &BookingEmails::question},
    {"client_moved", EmailReader::Client, &BookingEmails::moved, "REQUEST"},
    {"client_cancelled", EmailReader::Client, &BookingEmails::cancelled, "CANCEL"},
    {"client_confirmed", EmailReader::Client, &BookingEmails::confirmed, "REQUEST"},
    {"client_released", EmailReader::Client, &BookingEmails::released, "CANCEL"},
    {"client_reminder", EmailReader::Client, &BookingEmails::reminder},
    {"client_deposit_reminder", EmailReader::Client, &BookingEmails::deposit_reminder},
    {"companion_answer", EmailReader::Companion, nullptr},
    {"companion_cancelled", EmailReader::Companion, nullptr},
    {"companion_released", EmailReader::Companion, nullptr},
    {"companion_agenda", EmailReader::Companion, nullptr},
}};

// The sender that clients see in place of the companion's name.
constexpr const char *neutral_sender = "Bookings";
constexpr const char *neutral_event = "Appointment";

const MailKind *find_kind(std::string_view name) {
    const auto found = std::find_if(mail_kinds.begin(), mail_kinds.end(),
                                    [name](const MailKind &kind) { return kind.name == name; });
    return found == mail_kinds.end() ? nullptr : &*found;
}

// The two objects in a message's payload.
struct Payload {
    const Json &booking, &tenant;

    explicit Payload(const db::OutboxMessage &message)
        : booking(models::object_member(message.payload, "booking")),
          tenant(models::object_member(message.payload, "tenant")) {}
    std::string text(const char *key) const { return models::text_member(booking, key); }
    std::string zone() const {
        return models::text_member(booking, "timeZone", models::text_member(tenant, "timeZone", "UTC"));
    }
    std::optional<models::Time> time(const char *key) const { return models::parse_rfc3339(text(key)); }
    std::string local(const char *key) const {
        const auto at = time(key);
        return at ? models::format_local_time(*at, zone()) : std::string();
    }
    bool is_agreed() const { return text("status") == "accepted" || text("status") == "confirmed"; }
    bool owes_deposit() const {
        return is_agreed() && (text("depositState") == "asked" || text("depositState") == "overdue");
    }
};

std::string format_dates(const Payload &payload) {
    const std::string start = payload.local("preferredAt"), end = payload.local("preferredEndAt");
    return end.empty() ? start : start + " to " + end;
}

// The place of the meeting. A client is told it only once the time is agreed and no deposit is open.
std::string place_of(const Payload &payload, EmailReader reader) {
    const bool told = reader == EmailReader::Companion || (payload.is_agreed() && !payload.owes_deposit());
    return told ? payload.text("place") : std::string();
}

std::string agenda_line(const Json &entry, const Payload &payload) {
    const auto at = [&](const char *key) {
        const auto time = models::parse_rfc3339(models::text_member(entry, key));
        return time ? models::form_value(models::local_time(*time, payload.zone())).substr(11)
                    : std::string();
    };
    std::string line = at("startsAt") + " to " + at("endsAt");
    for (const char *key : {"name", "service", "placeKind"}) {
        if (const std::string value = models::text_member(entry, key); !value.empty()) {
            line += ", " + value;
        }
    }
    return line;
}

// The free text of the email: what a person wrote to the reader, or the bookings of the day.
std::string words_of(const Payload &payload, const MailKind &kind) {
    if (kind.name == "client_question") {
        return payload.text("question");
    }
    if (kind.name == "companion_agenda") {
        std::string lines;
        for (const Json &entry : models::list_member(payload.booking, "agenda")) {
            lines += (lines.empty() ? "" : "\n") + agenda_line(entry, payload);
        }
        return lines;
    }
    if (kind.name == "companion_email") {
        return payload.text("message");
    }
    return payload.text(kind.reader == EmailReader::Companion ? "answer" : "words");
}

BookingFacts facts_of(const Payload &payload, const MailKind &kind) {
    BookingFacts facts;
    facts.name = payload.text("name");
    facts.email = payload.text("email");
    facts.phone = payload.text("phone");
    facts.companion = models::text_member(payload.tenant, "name");
    facts.service = payload.text("service");
    facts.date = format_dates(payload);
    facts.duration = payload.text("duration");
    facts.message = words_of(payload, kind);
    facts.start = payload.local("startsAt");
    facts.end = payload.local("endsAt");
    facts.place = place_of(payload, kind.reader);
    if (payload.owes_deposit()) {
        if (const Json *minor = models::member(payload.booking, "depositMinor");
            minor && minor->is_number_integer()) {
            facts.deposit = models::format_money({minor->get<std::int64_t>()},
                                                 models::text_member(payload.tenant, "currency", "AUD"));
        }
        facts.due = payload.local("depositDueAt");
        facts.reference = payload.text("depositReference");
    }
    return facts;
}

// The name of the chosen service as it is published; "" where no published service has that name.
std::string published_service(const std::string &chosen, const Json &tenant) {
    for (const Json &service : models::list_member(tenant, "services")) {
        const std::string name = models::text_member(service, "name");
        if (!chosen.empty() && (chosen == name || chosen == models::text_member(service, "id"))) {
            return name;
        }
    }
    return {};
}

// Anyone may enter another person's address in the form. So an email to the client contains no free text of
// the sender.
BookingFacts without_free_text(BookingFacts facts, EmailReader reader, const Json &tenant) {
    if (reader == EmailReader::Companion) {
        return facts;
    }
    facts.name = models::plain_name(facts.name);
    facts.service = published_service(facts.service, tenant);
    return models::only_for(reader, std::move(facts));
}

models::CompanionNotice notice_of(const MailKind &kind, const std::string &last_action) {
    using Notice = models::CompanionNotice;
    if (kind.name == "companion_cancelled") {
        return Notice::Cancelled;
    }
    if (kind.name == "companion_released") {
        return Notice::Released;
    }
    if (kind.name == "companion_agenda") {
        return Notice::Agenda;
    }
    return last_action == "agree"      ? Notice::Agreed
           : last_action == "refuse"   ? Notice::Refused
           : last_action == "ask_move" ? Notice::MoveAsked
                                       : Notice::Answered;
}

models::EmailWording wording_of(const Payload &payload, const MailKind &kind) {
    if (!kind.wording) {
        return models::companion_notice(notice_of(kind, payload.text("lastAction")));
    }
    const BookingEmails emails =
        models::with_defaults(models::read_booking_emails(models::object_member(payload.tenant, "emails")));
    return emails.*kind.wording;
}

std::string host_of(const std::string &address) {
    return address.substr(address.rfind('@') + 1);
}

// The links below the wording, and the one that replaces {{link}}.
std::vector<site::EmailLink> client_links(const Payload &payload, const MailSender &sender,
                                          const models::EmailWording &wording, BookingFacts &facts) {
    const std::string token = payload.text("clientToken");
    if (token.empty()) {
        return {};
    }
    facts.link = sender.link_origin + "/request/" + token;
    return site::has_own_link(wording) ? std::vector<site::EmailLink>{}
                                       : std::vector<site::EmailLink>{{"Your page", facts.link}};
}

std::vector<site::EmailLink> companion_links(const Payload &payload, const MailSender &sender,
                                             BookingFacts &facts) {
    const std::string token = payload.text("companionToken");
    const bool agreed = payload.is_agreed();
    if (token.empty() || (payload.text("status") != "pending" && !agreed)) {
        return {};
    }
    facts.link = sender.link_origin + "/decide/" + token;
    if (agreed) {
        return {{"Move to another time", facts.link + "?do=move"}};
    }
    return {{"Accept", facts.link + "?do=accept"},
            {"Decline", facts.link + "?do=decline"},
            {"Propose another time", facts.link + "?do=propose"}};
}

// Where answers go; "" for the sender's own address.
std::string reply_address(const Payload &payload, const MailKind &kind) {
    const bool to_companion = kind.reader == EmailReader::Companion;
    const std::string address = to_companion ? payload.text("email")
                                : models::bool_member(payload.tenant, "repliesToCompanion", false)
                                    ? models::text_member(payload.tenant, "contactEmail")
                                    : std::string();
    return models::is_email(address) && kind.name != "companion_agenda" ? address : std::string();
}

// Attaches a calendar file that does not say what the meeting is about, because calendars are shared and
// shown on screens.
void add_calendar(MailMessage &mail, const Payload &payload, const MailKind &kind, models::Time now) {
    const auto start = payload.time("startsAt"), end = payload.time("endsAt");
    const Json *sequence = models::member(payload.booking, "calendarSequence");
    const int number = sequence && sequence->is_number_integer() ? sequence->get<int>() : 0;
    const bool cancels = kind.calendar_method == "CANCEL";
    if (kind.calendar_method.empty() || !start || !end || (cancels && number == 0)) {
        return; // a request that was never in a calendar needs no cancellation
    }
    models::Invitation invitation;
    invitation.method = cancels ? models::InvitationMethod::Cancel : models::InvitationMethod::Request;
    invitation.event.uid = payload.text("id");
    invitation.event.sequence = number;
    invitation.event.start = *start;
    invitation.event.end = *end;
    invitation.event.summary = neutral_event;
    invitation.organizer = mail.from.address;
    invitation.attendee = mail.to;
    invitation.zone = payload.zone();
    invitation.written_at = now;
    mail.calendar = models::write_invitation(invitation);
    mail.calendar_method = models::to_string(invitation.method);
}

} // namespace

bool is_mail_kind(std::string_view kind) {
    return find_kind(kind) != nullptr;
}

bool is_for_companion(std::string_view kind) {
    const MailKind *known = find_kind(kind);
    return known && known->reader == EmailReader::Companion;
}

std::optional<MailMessage> booking_mail(const db::OutboxMessage &message, const MailSender &sender,
                                        base::Time now) {
    const MailKind *kind = find_kind(message.kind);
    if (!kind) {
        return std::nullopt;
    }
    const Payload payload(message);
    const bool to_companion = kind->reader == EmailReader::Companion;
    MailMessage mail;
    mail.to = to_companion ? models::text_member(payload.tenant, "contactEmail") : payload.text("email");
    if (!models::is_email(mail.to)) {
        return std::nullopt;
    }
    mail.reply_to = reply_address(payload, *kind);
    mail.from = {to_companion ? sender.from.name : neutral_sender, sender.from.address};
    const models::EmailWording wording = wording_of(payload, *kind);
    BookingFacts facts = without_free_text(facts_of(payload, *kind), kind->reader, payload.tenant);
    const auto links = to_companion ? companion_links(payload, sender, facts)
                                    : client_links(payload, sender, wording, facts);
    site::RenderedEmail rendered = site::render_booking_email(wording, facts, links);
    mail.subject = std::move(rendered.subject);
    mail.plain = std::move(rendered.plain);
    mail.html = std::move(rendered.html);
    mail.message_id = message.id + "@" + host_of(sender.from.address);
    mail.date = now;
    add_calendar(mail, payload, *kind, now);
    return mail;
}

std::string webhook_body(const db::OutboxMessage &message) {
    const Json &booking = models::object_member(message.payload, "booking");
    const Json &tenant = models::object_member(message.payload, "tenant");
    Json body{{"id", message.id}, {"event", "booking.requested"}};
    body["createdAt"] = booking.value("createdAt", Json());
    body["booking"] = Json::object();
    for (const char *key : {"id", "name", "email", "phone", "service", "message", "duration", "preferredAt",
                            "preferredEndAt", "timeZone", "status", "createdAt"}) {
        body["booking"][key] = booking.value(key, Json());
    }
    body["tenant"] = Json::object();
    for (const char *key : {"id", "name", "subdomain"}) {
        body["tenant"][key] = tenant.value(key, Json());
    }
    return body.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace studio::renderer
