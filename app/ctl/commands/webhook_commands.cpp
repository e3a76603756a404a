// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/webhook_commands.h"

#include "app/ctl/failure.h"
#include "app/ctl/text.h"
#include "base/text.h"
#include "db/bookings/webhook_store.h"

#include <fmt/format.h>

namespace studio::ctl {

namespace {

using Arity = Positional::Arity;

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

std::vector<Command> webhook_commands() {
    const Positional id{"ID", "The id that the list shows", Arity::Required};
    return {
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
