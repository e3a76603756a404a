// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/context.h"

#include "app/ctl/failure.h"
#include "db/tenant_store.h"

#include <fmt/format.h>

namespace studio::ctl {

namespace {

std::string login_of(const app::Workspace &workspace, const std::string &name) {
    if (!workspace.running())
        throw CommandFailure("--workspace",
                             fmt::format("The workspace {} is not running. Start it with \"companionctl "
                                         "workspace start\", or name a database with --database URL.",
                                         workspace.directory().string()));
    const auto addresses = workspace.addresses();
    const auto login = addresses.logins.find(name);
    if (login == addresses.logins.end())
        throw CommandFailure("--workspace",
                             fmt::format("The workspace {} has no login \"{}\" yet. Start it once with "
                                         "\"companionctl workspace start\".",
                                         workspace.directory().string(), name));
    return login->second;
}

} // namespace

app::Workspace Context::workspace() const {
    return app::Workspace(m_options.workspace ? std::filesystem::absolute(*m_options.workspace)
                                              : app::Workspace::default_directory());
}

db::Session &Context::session() {
    if (!m_session)
        m_session.emplace(m_options.database ? *m_options.database : login_of(workspace(), "operator"));
    return *m_session;
}

std::string Context::owner_url() const {
    return m_options.database ? *m_options.database : login_of(workspace(), "owner");
}

std::filesystem::path Context::media_root() const {
    if (m_options.media)
        return std::filesystem::absolute(*m_options.media);
    if (!uses_workspace())
        throw UsageError("--media",
                         "is needed with --database: the folder that the public service serves at /media.");
    return workspace().directory() / "media";
}

models::Tenant Context::tenant(const std::string &subdomain, const char *field) {
    if (auto tenant = db::TenantStore(session()).find_by_subdomain(subdomain))
        return std::move(*tenant);
    throw CommandFailure(
        field, fmt::format("There is no tenant \"{}\" that this login may see. \"companionctl tenant "
                           "list\" shows them.",
                           subdomain));
}

} // namespace studio::ctl
