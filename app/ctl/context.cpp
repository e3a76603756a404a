// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/context.h"

#include "app/ctl/failure.h"
#include "app/workspace/database_address.h"
#include "db/connection/connection_string.h"
#include "db/connection/error.h"
#include "db/stores/tenant_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace studio::ctl {

namespace {

// The text quoted so that a shell reads it as one word.
std::string shell_word(const std::string &text) {
    const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("/._-+").find(c) != std::string_view::npos;
    });
    if (plain) {
        return text;
    }
    std::string quoted = "'";
    for (const char c : text) {
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return quoted + "'";
}

} // namespace

Context::Context(GlobalOptions options) : m_options(std::move(options)) {
    const char *variable = std::getenv("STUDIO_DATABASE_URL");
    if (m_options.database) {
        m_database = app::read_database_address(*m_options.database);
    } else if (variable && *variable && !m_options.workspace) {
        m_database = variable;
    }
    if (!m_database) {
        return;
    }
    try {
        db::connection_string(*m_database);
    } catch (const db::Error &) {
        throw UsageError("--database", "must be a URL: postgresql://LOGIN:PASSWORD@HOST/NAME.");
    }
}

app::Workspace Context::workspace() const {
    return app::Workspace(m_options.workspace ? std::filesystem::absolute(*m_options.workspace)
                                              : app::Workspace::default_directory());
}

std::string Context::command_here(const std::string &words) const {
    return fmt::format("companionctl {}{}", words,
                       m_options.workspace ? " --workspace " + shell_word(*m_options.workspace) : "");
}

std::string Context::login_of(const std::string &name) const {
    const app::Workspace local = workspace();
    if (!local.running()) {
        throw CommandFailure("--workspace",
                             fmt::format("The workspace {} is not running. Start it with \"{}\", or name a "
                                         "database with --database URL.",
                                         local.directory().string(), command_here("workspace start")));
    }
    const auto addresses = local.addresses();
    const auto login = addresses.logins.find(name);
    if (login == addresses.logins.end()) {
        throw CommandFailure(
            "--workspace", fmt::format("The workspace {} has no login \"{}\" yet. Start it once with \"{}\".",
                                       local.directory().string(), name, command_here("workspace start")));
    }
    return login->second;
}

db::Session &Context::session() {
    if (!m_session) {
        m_session.emplace(m_database ? *m_database : login_of("operator")).note_commits();
    }
    return *m_session;
}

db::Session &Context::owner_session() {
    if (!m_owner) {
        m_owner.emplace(owner_url()).note_commits();
    }
    return *m_owner;
}

bool Context::has_committed() const {
    return (m_session && m_session->has_committed()) || (m_owner && m_owner->has_committed());
}

std::string Context::owner_url() const {
    return m_database ? *m_database : login_of("owner");
}

bool Context::knows_media_root() const {
    return m_options.media.has_value() || uses_workspace();
}

std::filesystem::path Context::media_root() const {
    if (m_options.media) {
        return std::filesystem::absolute(*m_options.media);
    }
    if (!uses_workspace()) {
        throw UsageError("--media",
                         "is required with --database: the folder that the public service serves at /media.");
    }
    return workspace().directory() / "media";
}

models::Tenant Context::tenant(const std::string &subdomain, const char *field) {
    if (auto tenant = db::TenantStore(session()).find_by_subdomain(subdomain)) {
        return std::move(*tenant);
    }
    throw CommandFailure(field, fmt::format("There is no tenant \"{}\", or this login has no access to it. "
                                            "\"{}\" shows them.",
                                            subdomain, command_here("tenant list")));
}

} // namespace studio::ctl
