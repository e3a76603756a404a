// SPDX-License-Identifier: Apache-2.0
#include "renderer/delivery/booking_notice.h"

#include "models/booking/calendar_file.h"
#include "models/json/json_read.h"
#include "models/values/timezone.h"
#include "models/values/web_address.h"
#include "models/values/zoned_time.h"
#include "site/booking_message.h"

namespace studio::renderer {

namespace {

using models::EmailReader;
using models::Json;

// The sender that clients see in place of the companion's name.
constexpr const char *neutral_sender = "Bookings";
constexpr const char *neutral_event = "Appointment";

// The two objects in a message's payload.
struct Payload {
    const Json &booking, &tenant;

    explicit Payload(const db::OutboxMessage &message)
        : booking(models::object_member(message.payload, "booking")),
          tenant(models::object_member(message.payload, "tenant")) {}
    std::string text(const char *key) const { return models::text_member(booking, key); }
    std::string zone() const {
        return models::text_member(booking, "timeZone",
                                   models::text_member(tenant, "timeZone", models::default_timezone));
    }
    std::optional<models::Time> time(const char *key) const { return models::parse_rfc3339(text(key)); }
};

std::string host_of(const std::string &address) {
    return address.substr(address.rfind('@') + 1);
}

// The address for answers; "" for the sender's. An answer quotes the email, so an email with the companion's
// decision links never has the client's address here.
std::string reply_address(const Payload &payload, const site::MessageKind &kind) {
    const bool to_companion = kind.reader == EmailReader::Companion;
    if (to_companion && !payload.text("companionToken").empty()) {
        return {};
    }
    const std::string address = to_companion ? payload.text("email")
                                : models::bool_member(payload.tenant, "repliesToCompanion", false)
                                    ? models::text_member(payload.tenant, "contactEmail")
                                    : std::string();
    return models::is_email(address) && kind.name != "companion_agenda" ? address : std::string();
}

// Attaches a calendar file that does not say what the meeting is about, because calendars are shared and
// shown on screens.
void add_calendar(MailMessage &mail, const Payload &payload, const site::MessageKind &kind,
                  models::Time now) {
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
    return site::find_message_kind(kind) != nullptr;
}

bool is_for_companion(std::string_view kind) {
    const site::MessageKind *known = site::find_message_kind(kind);
    return known && known->reader == EmailReader::Companion;
}

std::optional<MailMessage> booking_mail(const db::OutboxMessage &message, const MailSender &sender,
                                        base::Time now) {
    const site::MessageKind *kind = site::find_message_kind(message.kind);
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
    site::RenderedEmail rendered = site::render_message(*kind, message.payload, sender.link_origin);
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
