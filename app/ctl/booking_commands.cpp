// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/command.h"
#include "app/ctl/failure.h"
#include "app/ctl/text.h"
#include "base/text.h"
#include "db/booking_store.h"
#include "db/webhook_store.h"

#include <fmt/format.h>

namespace studio::ctl {

namespace {

using Arity = Positional::Arity;

models::Json text_or_null(const std::string &text) {
    return text.empty() ? models::Json() : models::Json(text);
}

models::Json time_or_null(const std::optional<models::Time> &time) {
    return time ? models::Json(iso_time(*time)) : models::Json();
}

models::Json json_of(const db::Booking &booking) {
    return {{"id", booking.id},
            {"tenant", booking.subdomain},
            {"status", booking.status},
            {"name", booking.client_name},
            {"email", booking.client_email},
            {"phone", text_or_null(booking.client_phone)},
            {"service", text_or_null(booking.service_type)},
            {"preferredAt", time_or_null(booking.preferred)},
            {"preferredEndAt", time_or_null(booking.preferred_end)},
            {"timeZone", text_or_null(booking.time_zone)},
            {"duration", text_or_null(booking.duration)},
            {"message", text_or_null(booking.message)},
            {"blocked", booking.blocked},
            {"erased", booking.erased},
            {"createdAt", iso_time(booking.created_at)},
            {"conversionPath", booking.conversion_path}};
}

Report list_bookings(Context &context, const Arguments &arguments) {
    db::BookingFilter filter;
    filter.most = arguments.number_or("--limit", 50, 1, 10'000);
    filter.status = arguments.optional_text("--status");
    if (const auto subdomain = arguments.optional_text("--tenant"))
        filter.tenant_id = context.tenant(*subdomain, "--tenant").id;
    Report report;
    report.data = models::Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const db::Booking &booking : db::BookingStore(context.session()).list(filter)) {
        report.data.push_back(json_of(booking));
        rows.push_back({booking.id, iso_time(booking.created_at), booking.subdomain, booking.status,
                        booking.client_name, booking.preferred ? iso_time(*booking.preferred) : ""});
    }
    report.text = table({"ID", "AT", "TENANT", "STATUS", "NAME", "PREFERRED"}, rows);
    return report;
}

Report show_booking(Context &context, const Arguments &arguments) {
    const auto booking = db::BookingStore(context.session()).find(arguments.text("ID"));
    if (!booking)
        throw CommandFailure("ID", "There is no such booking, or this login may not see it.");
    Report report;
    report.data = json_of(*booking);
    std::vector<std::vector<std::string>> rows;
    for (const auto &[key, value] : report.data.items())
        if (!value.is_null())
            rows.push_back({key, value.is_string() ? value.get<std::string>() : value.dump()});
    report.text = table({"FIELD", "VALUE"}, rows);
    return report;
}

Report add_block(Context &context, const Arguments &arguments) {
    std::string kind, value;
    for (const std::string name : {"email", "phone", "booking"}) {
        const auto given = arguments.optional_text("--" + name);
        if (!given)
            continue;
        if (!kind.empty())
            throw UsageError("--" + name, "Give one of --email, --phone and --booking.");
        kind = name;
        value = *given;
    }
    if (kind.empty())
        throw UsageError("--email", "Give one of --email, --phone and --booking.");
    std::optional<std::string> tenant_id;
    if (const auto subdomain = arguments.optional_text("--tenant"))
        tenant_id = context.tenant(*subdomain, "--tenant").id;
    const int added =
        db::BlockStore(context.session()).add(tenant_id, kind, value, arguments.text_or("--reason", ""));
    return {
        {{"added", added}},
        added == 0
            ? std::string("That client is blocked already.\n")
            : fmt::format("Blocked ({} new). Requests get the usual answer and are kept as spam.\n", added)};
}

Report list_blocks(Context &context, const Arguments &) {
    Report report;
    report.data = models::Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const db::BlockedClient &client : db::BlockStore(context.session()).list()) {
        report.data.push_back(
            {{"id", client.id},
             {"tenantId", client.tenant_id ? models::Json(*client.tenant_id) : models::Json()},
             {"kind", client.kind},
             {"reason", client.reason},
             {"createdBy", client.created_by},
             {"createdAt", iso_time(client.created_at)}});
        rows.push_back({client.id, client.kind, client.tenant_id ? "one companion" : "everyone",
                        iso_time(client.created_at), client.created_by, client.reason});
    }
    report.text = table({"ID", "KIND", "FOR", "AT", "BY", "REASON"}, rows);
    return report;
}

Report remove_block(Context &context, const Arguments &arguments) {
    const std::string &id = arguments.text("ID");
    db::BlockStore(context.session()).remove(id);
    return {{{"id", id}, {"removed", true}}, fmt::format("{}: the block is gone.\n", id)};
}

Report add_webhook(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const std::string &url = arguments.text("URL");
    if (!base::starts_with_ignoring_case(url, "https://") && !base::starts_with_ignoring_case(url, "http://"))
        throw CommandFailure("URL", "A webhook's address begins with https:// (or http:// for trying out).");
    const auto webhook = db::WebhookStore(context.session()).add(tenant.id, url);
    return {
        {{"id", webhook.id}, {"tenant", tenant.subdomain}, {"url", webhook.url}, {"secret", webhook.secret}},
        fmt::format("{} is told of new bookings of {}.\nSecret for the signature, shown only now: {}\n",
                    webhook.url, tenant.subdomain, webhook.secret)};
}

Report list_webhooks(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    Report report;
    report.data = models::Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const db::Webhook &webhook : db::WebhookStore(context.session()).list(tenant.id)) {
        report.data.push_back({{"id", webhook.id},
                               {"url", webhook.url},
                               {"active", webhook.active},
                               {"createdBy", webhook.created_by},
                               {"createdAt", iso_time(webhook.created_at)}});
        rows.push_back({webhook.id, webhook.url, iso_time(webhook.created_at), webhook.created_by});
    }
    report.text = table({"ID", "URL", "AT", "BY"}, rows);
    return report;
}

Report remove_webhook(Context &context, const Arguments &arguments) {
    const std::string &id = arguments.text("ID");
    db::WebhookStore(context.session()).remove(id);
    return {{{"id", id}, {"removed", true}}, fmt::format("{}: the webhook is told nothing any more.\n", id)};
}

} // namespace

std::vector<Command> booking_commands() {
    const Positional id{"ID", "As the list shows it", Arity::Required};
    return {
        {"booking",
         "list",
         "Booking requests, newest first",
         "companionctl booking list --tenant claire --status pending",
         {},
         {{"--tenant", "TENANT", "Only this tenant's"},
          {"--status", "STATUS",
           "Only pending, accepted, declined, rescheduled, cancelled, completed or spam"},
          {"--limit", "COUNT", "At most so many, 1 to 10000; usually 50"}},
         list_bookings},
        {"booking",
         "show",
         "One booking request with all that was sent",
         "companionctl booking show 7a1f3c52-4a0b-4c1e-9d55-0c7d0e5f1a2b",
         {id},
         {},
         show_booking},
        {"block",
         "add",
         "Keeps a client's requests as spam",
         "companionctl block add --email someone@example.com --reason rude",
         {},
         {{"--email", "ADDRESS", "The client's e-mail address"},
          {"--phone", "NUMBER", "The client's phone number"},
          {"--booking", "ID", "All that this booking request is known by"},
          {"--tenant", "TENANT", "Only for this tenant; else for every companion"},
          {"--reason", "TEXT", "For those who read the list"}},
         add_block},
        {"block",
         "list",
         "Blocked clients, of whom only hashes are kept",
         "companionctl block list",
         {},
         {},
         list_blocks},
        {"block",
         "remove",
         "Takes a block back",
         "companionctl block remove 7a1f3c52-4a0b-4c1e-9d55-0c7d0e5f1a2b",
         {id},
         {},
         remove_block},
        {"webhook",
         "add",
         "Tells an address of each new booking",
         "companionctl webhook add claire https://hooks.example.com/bookings",
         {{"TENANT", "The tenant's subdomain", Arity::Required}, {"URL", "https address", Arity::Required}},
         {},
         add_webhook},
        {"webhook",
         "list",
         "Addresses that are told of new bookings",
         "companionctl webhook list claire",
         {{"TENANT", "The tenant's subdomain", Arity::Required}},
         {},
         list_webhooks},
        {"webhook",
         "remove",
         "Tells an address nothing any more",
         "companionctl webhook remove 7a1f3c52-4a0b-4c1e-9d55-0c7d0e5f1a2b",
         {id},
         {},
         remove_webhook},
    };
}

} // namespace studio::ctl
