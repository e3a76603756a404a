// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/commands/share_link_commands.h"

#include "app/ctl/text.h"
#include "db/stores/share_link_store.h"

#include <fmt/format.h>

namespace studio::ctl {

namespace {

using Arity = Positional::Arity;

Report create_link(Context &context, const Arguments &arguments) {
    const int hours = arguments.number_or("--hours", 72, 1, 24 * 90);
    const auto tenant = context.tenant(arguments.text("TENANT"));
    const auto link = db::ShareLinkStore(context.session()).create(tenant.id, std::chrono::hours(hours));
    const std::string path =
        fmt::format("preview-{}.PLATFORM-DOMAIN/?share={}", tenant.subdomain, link.token);
    return {
        {{"id", link.id},
         {"tenant", tenant.subdomain},
         {"token", link.token},
         {"host", "preview-" + tenant.subdomain},
         {"query", "share=" + link.token},
         {"expiresAt", iso_time(link.expires_at)}},
        fmt::format("{}\nOpens the latest draft until {}. The link is shown only now; id for revoking: {}\n",
                    path, iso_time(link.expires_at), link.id)};
}

Report list_links(Context &context, const Arguments &arguments) {
    const auto tenant = context.tenant(arguments.text("TENANT"));
    Report report;
    report.data = models::Json::array();
    std::vector<std::vector<std::string>> rows;
    for (const auto &link : db::ShareLinkStore(context.session()).list(tenant.id)) {
        report.data.push_back(
            {{"id", link.id}, {"expiresAt", iso_time(link.expires_at)}, {"createdBy", link.created_by}});
        rows.push_back({link.id, iso_time(link.expires_at), link.created_by});
    }
    report.text = table({"ID", "EXPIRES", "BY"}, rows);
    return report;
}

Report revoke_link(Context &context, const Arguments &arguments) {
    const std::string &id = arguments.text("ID");
    db::ShareLinkStore(context.session()).revoke(id);
    return {{{"id", id}, {"revoked", true}}, fmt::format("{}: the link is revoked.\n", id)};
}

} // namespace

std::vector<Command> share_link_commands() {
    const Positional tenant{"TENANT", "The tenant's subdomain", Arity::Required};
    return {
        {"share-link",
         "create",
         "Creates a link that opens the latest draft",
         "companionctl share-link create emma --hours 24",
         {tenant},
         {{"--hours", "HOURS", "Hours until it expires, 1 to 2160; default: 72"}},
         create_link},
        {"share-link",
         "list",
         "Valid share links",
         "companionctl share-link list emma",
         {tenant},
         {},
         list_links},
        {"share-link",
         "revoke",
         "Revokes a link",
         "companionctl share-link revoke 7a1f3c52-4a0b-4c1e-9d55-0c7d0e5f1a2b",
         {{"ID", "The id that share-link list shows", Arity::Required}},
         {},
         revoke_link},
    };
}

} // namespace studio::ctl
