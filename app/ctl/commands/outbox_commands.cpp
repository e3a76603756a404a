// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/outbox_commands.h"

#include "app/ctl/text.h"
#include "db/bookings/outbox_store.h"
#include "db/stores/tenant_store.h"
#include "models/booking/delivery_words.h"

#include <fmt/format.h>

#include <map>

namespace studio::ctl {

namespace {

using Arity = Positional::Arity;

std::map<models::TenantId, std::string> subdomains(Context &context) {
    std::map<models::TenantId, std::string> names;
    for (const models::TenantSummary &tenant : db::TenantStore(context.session()).list()) {
        names[tenant.id] = tenant.subdomain;
    }
    return names;
}

models::Json message_json(const db::UndeliveredMessage &message, const std::string &tenant) {
    const auto time = [](const std::optional<models::Time> &at) {
        return at ? models::Json(iso_time(*at)) : models::Json();
    };
    return {{"id", message.id},
            {"booking", message.booking_id},
            {"tenant", tenant},
            {"kind", message.kind},
            {"status", message.given_up ? "given_up" : "waiting"},
            {"attempts", message.attempts},
            {"reason", message.reason},
            {"explanation", models::message_words(message.kind) +
                                " could not be delivered: " + models::delivery_words(message.reason) + "."},
            {"createdAt", iso_time(message.created_at)},
            {"nextTryAt", time(message.next_try_at)},
            {"givenUpAt", time(message.given_up_at)}};
}

Report list_undelivered(Context &context, const Arguments &arguments) {
    const auto names = subdomains(context);
    Report report;
    report.data = models::Json::array();
    std::vector<std::vector<std::string>> rows;
    const auto messages =
        db::OutboxStore(context.session()).undelivered(arguments.optional_text("--booking"));
    for (const db::UndeliveredMessage &message : messages) {
        const auto name = names.find(message.tenant_id);
        const std::string tenant = name == names.end() ? std::string() : name->second;
        report.data.push_back(message_json(message, tenant));
        rows.push_back({message.id, tenant, message.booking_id, message.kind,
                        message.given_up
                            ? "given up"
                            : "again " + iso_time(message.next_try_at.value_or(message.created_at)),
                        models::delivery_words(message.reason)});
    }
    report.text = rows.empty() ? "Every message was delivered or waits for its first try.\n"
                               : table({"ID", "TENANT", "BOOKING", "MESSAGE", "STATE", "WHY"}, rows);
    return report;
}

Report retry(Context &context, const Arguments &arguments) {
    const std::string &id = arguments.text("ID");
    db::OutboxStore(context.session()).retry(id);
    return {{{"id", id}, {"retried", true}}, fmt::format("{}: it is tried again within seconds.\n", id)};
}

} // namespace

std::vector<Command> outbox_commands() {
    return {
        {"outbox",
         "list",
         "Messages that could not be delivered, and why",
         "companionctl outbox list",
         {},
         {{"--booking", "ID", "Of this booking only"}},
         list_undelivered},
        {"outbox",
         "retry",
         "Tries a message again",
         "companionctl outbox retry 7a1f3c52-4a0b-4c1e-9d55-0c7d0e5f1a2b",
         {{"ID", "The id that the list shows", Arity::Required}},
         {},
         retry},
    };
}

} // namespace studio::ctl
