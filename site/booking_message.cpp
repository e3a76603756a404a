// SPDX-License-Identifier: Apache-2.0
#include "site/booking_message.h"

#include "models/booking/standard_emails.h"
#include "models/json/json_read.h"
#include "models/values/money.h"
#include "models/values/timezone.h"
#include "models/values/zoned_time.h"

#include <algorithm>
#include <array>

namespace studio::site {

namespace {

using models::BookingEmails;
using models::BookingFacts;
using models::EmailReader;
using models::Json;

constexpr std::array<MessageKind, 19> message_kinds{{
    {"visitor_email", EmailReader::Visitor, &BookingEmails::visitor},
    {"companion_email", EmailReader::Companion, &BookingEmails::companion},
    {"client_accepted", EmailReader::Client, &BookingEmails::accepted, "REQUEST"},
    {"client_declined", EmailReader::Client, &BookingEmails::declined},
    {"client_proposed", EmailReader::Client, &BookingEmails::proposed},
    {"client_question", EmailReader::Client, &BookingEmails::question},
    {"client_moved", EmailReader::Client, &BookingEmails::moved, "REQUEST"},
    {"client_kept", EmailReader::Client, &BookingEmails::kept},
    {"client_cancelled", EmailReader::Client, &BookingEmails::cancelled, "CANCEL"},
    {"client_confirmed", EmailReader::Client, &BookingEmails::confirmed, "REQUEST"},
    {"client_released", EmailReader::Client, &BookingEmails::released, "CANCEL"},
    {"client_expired", EmailReader::Client, &BookingEmails::expired},
    {"client_reminder", EmailReader::Client, &BookingEmails::reminder},
    {"client_deposit_reminder", EmailReader::Client, &BookingEmails::deposit_reminder},
    {"companion_answer", EmailReader::Companion, nullptr},
    {"companion_cancelled", EmailReader::Companion, nullptr},
    {"companion_released", EmailReader::Companion, nullptr},
    {"companion_expired", EmailReader::Companion, nullptr},
    {"companion_agenda", EmailReader::Companion, nullptr},
}};

// The two objects in a message's payload.
struct Payload {
    const Json &booking, &tenant;

    explicit Payload(const Json &payload)
        : booking(models::object_member(payload, "booking")),
          tenant(models::object_member(payload, "tenant")) {}
    std::string text(const char *key) const { return models::text_member(booking, key); }
    std::string zone() const {
        return models::text_member(booking, "timeZone",
                                   models::text_member(tenant, "timeZone", models::default_timezone));
    }
    std::string local(const char *key) const {
        const auto at = models::parse_rfc3339(text(key));
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

// Each on the clock of where it takes place, which is named where that is not the one at home.
std::string agenda_line(const Json &entry, const Payload &payload) {
    const std::string home = models::text_member(payload.tenant, "timeZone", models::default_timezone);
    const std::string named = models::text_member(entry, "timeZone", home);
    const std::string zone = models::is_timezone(named) ? named : home;
    const auto at = [&](const char *key) {
        const auto time = models::parse_rfc3339(models::text_member(entry, key));
        return time ? models::form_value(models::local_time(*time, zone)).substr(11) : std::string();
    };
    std::string line = at("startsAt") + " to " + at("endsAt");
    if (zone != home) {
        line += " in " + models::place_of_zone(zone);
    }
    for (const char *key : {"name", "service", "placeKind"}) {
        if (const std::string value = models::text_member(entry, key); !value.empty()) {
            line += ", " + value;
        }
    }
    return line;
}

// The text that {{message}} stands for: what a person wrote to the reader, or the bookings of the day.
std::string words_of(const Payload &payload, const MessageKind &kind) {
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

BookingFacts facts_of(const Payload &payload, const MessageKind &kind) {
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
        facts.payment = models::prose_member(payload.tenant, "howToPay");
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

models::CompanionNotice notice_of(const MessageKind &kind, const std::string &last_action) {
    using Notice = models::CompanionNotice;
    if (kind.name == "companion_cancelled") {
        return Notice::Cancelled;
    }
    if (kind.name == "companion_released") {
        return Notice::Released;
    }
    if (kind.name == "companion_expired") {
        return Notice::Expired;
    }
    if (kind.name == "companion_agenda") {
        return Notice::Agenda;
    }
    return last_action == "agree"      ? Notice::Agreed
           : last_action == "refuse"   ? Notice::Refused
           : last_action == "ask_move" ? Notice::MoveAsked
                                       : Notice::Answered;
}

// A client who owes a deposit is told how to pay it, also where the companion's wording does not say so.
models::EmailWording with_payment(models::EmailWording wording) {
    if (!has_placeholder(wording, "payment")) {
        wording.message += "\n\n**How to pay:** {{payment}}";
    }
    return wording;
}

models::EmailWording wording_of(const Payload &payload, const MessageKind &kind) {
    if (!kind.wording) {
        return models::companion_notice(notice_of(kind, payload.text("lastAction")));
    }
    const BookingEmails emails =
        models::with_defaults(models::read_booking_emails(models::object_member(payload.tenant, "emails")));
    const bool asks_deposit =
        kind.wording == &BookingEmails::accepted || kind.wording == &BookingEmails::deposit_reminder;
    return asks_deposit ? with_payment(emails.*kind.wording) : emails.*kind.wording;
}

// The links below the wording, and the one that replaces {{link}}.
std::vector<EmailLink> client_links(const Payload &payload, const std::string &origin,
                                    const models::EmailWording &wording, BookingFacts &facts) {
    const std::string token = payload.text("clientToken");
    if (token.empty()) {
        return {};
    }
    facts.link = origin + "/request/" + token;
    return has_placeholder(wording, "link") ? std::vector<EmailLink>{}
                                            : std::vector<EmailLink>{{"Your page", facts.link}};
}

std::vector<EmailLink> companion_links(const Payload &payload, const std::string &origin,
                                       BookingFacts &facts) {
    const std::string token = payload.text("companionToken");
    const bool agreed = payload.is_agreed();
    if (token.empty() || (payload.text("status") != "pending" && !agreed)) {
        return {};
    }
    facts.link = origin + "/decide/" + token;
    if (agreed) {
        return {{"Move to another time", facts.link + "?do=move"}};
    }
    return {{"Accept", facts.link + "?do=accept"},
            {"Decline", facts.link + "?do=decline"},
            {"Propose another time", facts.link + "?do=propose"}};
}

} // namespace

const MessageKind *find_message_kind(std::string_view name) {
    const auto found = std::find_if(message_kinds.begin(), message_kinds.end(),
                                    [name](const MessageKind &kind) { return kind.name == name; });
    return found == message_kinds.end() ? nullptr : &*found;
}

BookingFacts message_facts(const MessageKind &kind, const Json &json) {
    const Payload payload(json);
    return without_free_text(facts_of(payload, kind), kind.reader, payload.tenant);
}

RenderedEmail render_message(const MessageKind &kind, const Json &json, const std::string &origin) {
    const Payload payload(json);
    const models::EmailWording wording = wording_of(payload, kind);
    BookingFacts facts = message_facts(kind, json);
    const auto links = kind.reader == EmailReader::Companion ? companion_links(payload, origin, facts)
                                                             : client_links(payload, origin, wording, facts);
    return render_booking_email(wording, facts, links);
}

} // namespace studio::site
