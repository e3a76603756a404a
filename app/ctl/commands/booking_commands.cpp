// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/booking_commands.h"

#include "app/ctl/drafts.h"
#include "app/ctl/email_option.h"
#include "app/ctl/failure.h"
#include "app/ctl/text.h"
#include "base/telephone.h"
#include "base/text.h"
#include "db/bookings/block_store.h"
#include "db/bookings/booking_store.h"
#include "db/bookings/webhook_store.h"
#include "models/documents/content.h"

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
    return {
        {"id", booking.id},
        {"tenant", booking.subdomain},
        {"status", std::string(to_string(booking.status))},
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
        {"flaggedReason", booking.flagged_reason ? models::Json(*booking.flagged_reason) : models::Json()},
        {"erased", booking.erased},
        {"createdAt", iso_time(booking.created_at)},
        {"conversionPath", booking.conversion_path}};
}

std::string known_statuses() {
    std::string names;
    for (const models::BookingStatus status : models::booking_statuses()) {
        names.append(names.empty() ? "" : ", ").append(to_string(status));
    }
    return names;
}

std::vector<models::BookingStatus> wanted_statuses(const Arguments &arguments) {
    const auto text = arguments.optional_text("--status");
    if (!text) {
        return {};
    }
    const auto status = models::booking_status_of(*text);
    if (!status) {
        throw UsageError("--status", fmt::format("must be one of {}, not \"{}\".", known_statuses(), *text));
    }
    return {*status};
}

Report list_bookings(Context &context, const Arguments &arguments) {
    db::BookingFilter filter;
    filter.max_rows = arguments.number_or("--limit", 50, 1, 10'000);
    filter.statuses = wanted_statuses(arguments);
    if (const auto subdomain = arguments.optional_text("--tenant")) {
        filter.tenant_id = context.tenant(*subdomain, "--tenant").id;
    }
    Report report;
    report.data = models::Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const db::Booking &booking : db::BookingStore(context.session()).list(filter)) {
        report.data.push_back(json_of(booking));
        rows.push_back({booking.id, iso_time(booking.created_at), booking.subdomain,
                        std::string(to_string(booking.status)), booking.client_name,
                        booking.preferred ? iso_time(*booking.preferred) : ""});
    }
    report.text = table({"ID", "AT", "TENANT", "STATUS", "NAME", "PREFERRED"}, rows);
    return report;
}

Report show_booking(Context &context, const Arguments &arguments) {
    const auto booking = db::BookingStore(context.session()).find(arguments.text("ID"));
    if (!booking) {
        throw CommandFailure("ID", "There is no such booking, or this login has no access to it.");
    }
    Report report;
    report.data = json_of(*booking);
    std::vector<std::vector<std::string>> rows;
    for (const auto &[key, value] : report.data.items()) {
        if (!value.is_null()) {
            rows.push_back({key, value.is_string() ? value.get<std::string>() : value.dump()});
        }
    }
    report.text = table({"FIELD", "VALUE"}, rows);
    return report;
}

struct Blocked {
    std::string kind, value;
};

// A number that does not begin with its country's code is read as one of the tenant's country.
Blocked blocked_telephone(Context &context, const Arguments &arguments, const std::string &typed) {
    std::string region;
    if (const auto subdomain = arguments.optional_text("--tenant")) {
        const auto revision = latest_revision(context, context.tenant(*subdomain, "--tenant"));
        region = models::telephone_region(models::read_content(revision.documents.content));
    }
    const auto normal = base::normal_telephone(typed, region);
    if (!normal && !typed.starts_with('+')) {
        throw CommandFailure(
            "--phone",
            "The number has no country code. Enter it as +61 400 111 222, or use --booking ID --by phone.");
    }
    return {"phone", normal.value_or(typed)};
}

Blocked blocked_by(Context &context, const Arguments &arguments) {
    constexpr const char *right =
        "Give --email, --phone, or --booking with --by email, --by phone or --by address.";
    const auto email = arguments.optional_text("--email"), phone = arguments.optional_text("--phone"),
               booking = arguments.optional_text("--booking"), by = arguments.optional_text("--by");
    if (email.has_value() + phone.has_value() + booking.has_value() != 1 ||
        booking.has_value() != by.has_value()) {
        throw UsageError("--email", right);
    }
    if (booking && *by != "email" && *by != "phone" && *by != "address") {
        throw UsageError("--by", right);
    }
    if (phone) {
        return blocked_telephone(context, arguments, base::clean_line(*phone));
    }
    if (!email) {
        return {*by, *booking};
    }
    return {"email", required_email(*email)};
}

Report add_block(Context &context, const Arguments &arguments) {
    const Blocked blocked = blocked_by(context, arguments);
    std::optional<std::string> tenant_id;
    if (const auto subdomain = arguments.optional_text("--tenant")) {
        tenant_id = context.tenant(*subdomain, "--tenant").id;
    }
    constexpr int ten_years = 10 * 365 * 24;
    const bool address = blocked.kind == "address";
    const int hours = arguments.number_or("--hours", address ? 4 : 365 * 24, 1, address ? 24 : ten_years);
    const bool added =
        db::BlockStore(context.session())
            .add(tenant_id, blocked.kind, blocked.value, arguments.text_or("--reason", ""), hours);
    const char *words = !added    ? "A block at least as long already exists.\n"
                        : address ? "Blocked. Requests from there are accepted and flagged for review.\n"
                                  : "Blocked. Requests get the usual answer and are stored as spam.\n";
    return {{{"added", added}}, words};
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
             {"createdAt", iso_time(client.created_at)},
             {"expiresAt", iso_time(client.expires_at)}});
        rows.push_back({client.id, client.kind, client.tenant_id ? "one companion" : "everyone",
                        iso_time(client.created_at), iso_time(client.expires_at), client.created_by,
                        client.reason});
    }
    report.text = table({"ID", "KIND", "FOR", "AT", "UNTIL", "BY", "REASON"}, rows);
    return report;
}

Report remove_block(Context &context, const Arguments &arguments) {
    const std::string &id = arguments.text("ID");
    db::BlockStore(context.session()).remove(id);
    return {{{"id", id}, {"removed", true}}, fmt::format("{}: the block is removed.\n", id)};
}

Report add_webhook(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const std::string &url = arguments.text("URL");
    if (!base::starts_with_ignoring_case(url, "https://") &&
        !base::starts_with_ignoring_case(url, "http://")) {
        throw CommandFailure("URL", "A webhook's address must begin with https:// (or http:// for testing).");
    }
    const auto webhook = db::WebhookStore(context.session()).add(tenant.id, url);
    return {
        {{"id", webhook.id}, {"tenant", tenant.subdomain}, {"url", webhook.url}, {"secret", webhook.secret}},
        fmt::format("{} is notified of new bookings of {}.\nSecret for the signature, shown only now: {}\n",
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
    return {{{"id", id}, {"removed", true}}, fmt::format("{}: the webhook is removed.\n", id)};
}

} // namespace

std::vector<Command> booking_commands() {
    const Positional id{"ID", "The id that the list shows", Arity::Required};
    return {
        {"booking",
         "list",
         "Booking requests, newest first",
         "companionctl booking list --tenant claire --status pending",
         {},
         {{"--tenant", "TENANT", "Only this tenant"},
          {"--status", "STATUS", fmt::format("Only one of {}", known_statuses())},
          {"--limit", "COUNT", "Maximum number of rows, 1 to 10000; default: 50"}},
         list_bookings},
        {"booking",
         "show",
         "Shows one booking request in full",
         "companionctl booking show 7a1f3c52-4a0b-4c1e-9d55-0c7d0e5f1a2b",
         {id},
         {},
         show_booking},
        {"block",
         "add",
         "Stores a client's requests as spam",
         "companionctl block add --email someone@example.com --reason rude",
         {},
         {{"--email", "ADDRESS", "The client's email address"},
          {"--phone", "NUMBER", "The client's phone number"},
          {"--booking", "ID", "Block the client of this booking request; --by says by what"},
          {"--by", "KIND", "email, phone or address (the internet address, which other people may share)"},
          {"--hours", "N", "Hours; an address 4 by default, at most 24; the others a year"},
          {"--tenant", "TENANT", "Only for this tenant; default: every companion"},
          {"--reason", "TEXT", "A note for the list"}},
         add_block},
        {"block",
         "list",
         "Blocked clients; only hashes are stored",
         "companionctl block list",
         {},
         {},
         list_blocks},
        {"block",
         "remove",
         "Removes a block",
         "companionctl block remove 7a1f3c52-4a0b-4c1e-9d55-0c7d0e5f1a2b",
         {id},
         {},
         remove_block},
        {"webhook",
         "add",
         "Notifies an address of each new booking",
         "companionctl webhook add claire https://hooks.example.com/bookings",
         {{"TENANT", "The tenant's subdomain", Arity::Required}, {"URL", "https address", Arity::Required}},
         {},
         add_webhook},
        {"webhook",
         "list",
         "Addresses that are notified of new bookings",
         "companionctl webhook list claire",
         {{"TENANT", "The tenant's subdomain", Arity::Required}},
         {},
         list_webhooks},
        {"webhook",
         "remove",
         "Removes a webhook",
         "companionctl webhook remove 7a1f3c52-4a0b-4c1e-9d55-0c7d0e5f1a2b",
         {id},
         {},
         remove_webhook},
    };
}

} // namespace studio::ctl
