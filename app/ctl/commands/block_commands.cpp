// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/block_commands.h"

#include "app/ctl/email_option.h"
#include "app/ctl/failure.h"
#include "app/ctl/phone_option.h"
#include "app/ctl/text.h"
#include "db/bookings/block_store.h"

#include <fmt/format.h>

namespace studio::ctl {

namespace {

using Arity = Positional::Arity;

struct Blocked {
    std::string kind, value;
};

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
        return {"phone", required_phone(context, arguments, *phone)};
    }
    if (!email) {
        return {*by, *booking};
    }
    return {"email", required_email(*email)};
}

Report add_block(Context &context, const Arguments &arguments) {
    const Blocked blocked = blocked_by(context, arguments);
    std::optional<models::TenantId> tenant_id;
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

} // namespace

std::vector<Command> block_commands() {
    const Positional id{"ID", "The id that the list shows", Arity::Required};
    return {
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
    };
}

} // namespace studio::ctl
