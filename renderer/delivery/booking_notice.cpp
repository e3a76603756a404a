// SPDX-License-Identifier: Apache-2.0
#include "renderer/delivery/booking_notice.h"

#include "models/json/json_read.h"
#include "models/values/web_address.h"
#include "models/values/zoned_time.h"
#include "site/booking_email.h"

namespace studio::renderer {

namespace {

std::string format_time(const models::Json &booking, const char *key, const std::string &zone) {
    const auto at = models::parse_rfc3339(models::text_member(booking, key));
    return at ? models::format_local_time(*at, zone) : std::string();
}

std::string format_dates(const models::Json &booking, const std::string &zone) {
    const std::string start = format_time(booking, "preferredAt", zone);
    const std::string end = format_time(booking, "preferredEndAt", zone);
    return end.empty() ? start : start + " to " + end;
}

models::BookingFacts facts_of(const models::Json &booking, const models::Json &tenant) {
    const std::string zone =
        models::text_member(booking, "timeZone", models::text_member(tenant, "timeZone", "UTC"));
    models::BookingFacts facts;
    facts.name = models::text_member(booking, "name");
    facts.email = models::text_member(booking, "email");
    facts.phone = models::text_member(booking, "phone");
    facts.companion = models::text_member(tenant, "name");
    facts.service = models::text_member(booking, "service");
    facts.date = format_dates(booking, zone);
    facts.duration = models::text_member(booking, "duration");
    facts.message = models::text_member(booking, "message");
    return facts;
}

// The name of the service that she chose, as it is published; "" for anything else.
std::string published_service(const std::string &chosen, const models::Json &tenant) {
    const auto services = tenant.find("services");
    if (services == tenant.end() || !services->is_array()) {
        return {};
    }
    for (const models::Json &service : *services) {
        const std::string name = models::text_member(service, "name");
        if (!chosen.empty() && (chosen == name || chosen == models::text_member(service, "id"))) {
            return name;
        }
    }
    return {};
}

// Anybody may put anybody's address into the form: what goes there holds nothing that the sender worded.
models::BookingFacts without_free_text(models::BookingFacts facts, const models::Json &tenant) {
    facts.name = models::plain_name(facts.name);
    facts.service = published_service(facts.service, tenant);
    return models::only_for_visitor(std::move(facts));
}

std::string host_of(const std::string &address) {
    return address.substr(address.rfind('@') + 1);
}

} // namespace

std::optional<MailMessage> booking_mail(const db::OutboxMessage &message, MailReader reader,
                                        const MailAddress &from, base::Time now) {
    const models::Json &booking = models::object_member(message.payload, "booking");
    const models::Json &tenant = models::object_member(message.payload, "tenant");
    const bool to_visitor = reader == MailReader::Visitor;
    const models::BookingFacts facts =
        to_visitor ? without_free_text(facts_of(booking, tenant), tenant) : facts_of(booking, tenant);
    const std::string contact = models::text_member(tenant, "contactEmail");
    const models::BookingEmails emails =
        models::with_defaults(models::read_booking_emails(models::object_member(tenant, "emails")));
    MailMessage mail;
    mail.to = to_visitor ? facts.email : contact;
    if (!models::is_email(mail.to)) {
        return std::nullopt;
    }
    mail.reply_to = to_visitor ? contact : facts.email;
    if (!models::is_email(mail.reply_to)) {
        mail.reply_to.clear();
    }
    mail.from = {to_visitor && !facts.companion.empty() ? facts.companion : from.name, from.address};
    site::RenderedEmail rendered =
        site::render_booking_email(to_visitor ? emails.visitor : emails.companion, facts);
    mail.subject = std::move(rendered.subject);
    mail.plain = std::move(rendered.plain);
    mail.html = std::move(rendered.html);
    mail.message_id = message.id + "@" + host_of(from.address);
    mail.date = now;
    return mail;
}

std::string webhook_body(const db::OutboxMessage &message) {
    const models::Json &booking = models::object_member(message.payload, "booking");
    const models::Json &tenant = models::object_member(message.payload, "tenant");
    models::Json body{{"id", message.id}, {"event", "booking.requested"}};
    body["createdAt"] = booking.value("createdAt", models::Json());
    body["booking"] = booking;
    body["tenant"] = models::Json::object();
    for (const char *key : {"id", "name", "subdomain"}) {
        body["tenant"][key] = tenant.value(key, models::Json());
    }
    return body.dump(-1, ' ', false, models::Json::error_handler_t::replace);
}

} // namespace studio::renderer
