// SPDX-License-Identifier: Apache-2.0
#include "db/connection/session.h"

#include "db/connection/connection_string.h"
#include "db/connection/rows.h"
#include "db/connection/session_impl.h"

#include <sys/socket.h>

namespace studio::db {

Session::Impl::Impl(std::string address)
    : url(std::move(address)), m_connection_string(connection_string(url)) {}

std::unique_ptr<pqxx::work> Session::Impl::begin() {
    if (m_connection) {
        try {
            return std::make_unique<pqxx::work>(*m_connection);
        } catch (const pqxx::failure &) {
            if (m_connection->is_open()) {
                throw;
            }
        }
    }
    connect();
    return std::make_unique<pqxx::work>(*m_connection);
}

// Commits, and notes whether anything was changed: only then does a transaction have an id.
void Session::Impl::commit(pqxx::work &work) {
    const bool changes =
        notes_commits && work.exec1("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")[0].as<bool>();
    try {
        work.commit();
    } catch (const pqxx::in_doubt_error &) {
        has_committed = has_committed || changes;
        throw;
    }
    has_committed = has_committed || changes;
}

void Session::Impl::execute_alone(const std::string &statement) {
    begin().reset(); // opens the connection if needed
    try {
        pqxx::nontransaction(*m_connection).exec(statement);
        has_committed = true;
    } catch (...) {
        fail();
    }
}

void Session::Impl::connect() {
    drop();
    std::unique_ptr<pqxx::connection> fresh;
    try {
        fresh = std::make_unique<pqxx::connection>(m_connection_string);
    } catch (const pqxx::failure &failure) {
        throw connect_error(failure.what());
    }
    // Verbose messages contain SQLSTATE and constraint.
#if PQXX_VERSION_MAJOR >= 7
    fresh->set_verbosity(pqxx::error_verbosity::verbose);
#else
    fresh->set_verbosity(pqxx::connection::verbose);
#endif
    const std::lock_guard lock(m_mutex);
    m_connection = std::move(fresh);
}

void Session::Impl::drop() {
    const std::lock_guard lock(m_mutex);
    m_connection.reset();
    m_prepared.clear();
}

void Session::Impl::fail() {
    const bool connected = m_connection && m_connection->is_open();
    try {
        rethrow_as_error(connected);
    } catch (const Error &error) {
        if (!connected || error.kind() == ErrorKind::Unreachable) {
            drop();
        }
        throw;
    }
}

void Session::Impl::cancel() {
    const std::lock_guard lock(m_mutex);
    if (m_connection) {
        m_connection->cancel_query();
    }
}

void Session::Impl::abandon() {
    const std::lock_guard lock(m_mutex);
    if (m_connection) {
        shutdown(m_connection->sock(), SHUT_RDWR);
    }
}

Session::Session(std::string url) : m_impl(std::make_unique<Impl>(std::move(url))) {}

Session::~Session() = default;
Session::Session(Session &&) noexcept = default;
Session &Session::operator=(Session &&) noexcept = default;

const std::string &Session::url() const {
    return m_impl->url;
}

std::string Session::database_id() {
    return m_impl->transact([](pqxx::work &work) {
        // Some servers hide the cluster's identifier from ordinary logins, and the same database number
        // exists in many clusters. So the installation's own random id identifies the database.
        return work
            .exec1("SELECT coalesce((SELECT value FROM platform_settings WHERE name = 'installation_id'), '')"
                   " || '-' || oid FROM pg_database WHERE datname = current_database()")[0]
            .as<std::string>();
    });
}

Identity Session::identity() {
    // A login without any role cannot see the schema, so its queries would fail with a message about missing
    // migrations.
    const bool has_role = m_impl->transact([](pqxx::work &work) {
        return work.exec1("SELECT has_schema_privilege('public', 'USAGE')")[0].as<bool>();
    });
    if (!has_role) {
        throw Error(ErrorKind::Forbidden, "This account is not allowed to use this database.", "42501");
    }
    return m_impl->transact([](pqxx::work &work) {
        const auto row = work.exec_params1(
            "SELECT login, display_name, role, tenant_id, may_edit, disabled FROM studio_whoami()");
        Identity identity;
        identity.login = row["login"].c_str();
        if (row["disabled"].as<bool>(false)) {
            throw Error(ErrorKind::Forbidden, "This account is disabled. Ask an operator to enable it again.",
                        "28000");
        }
        identity.display_name = optional_text(row["display_name"]).value_or(identity.login);
        if (const auto role = optional_text(row["role"])) {
            identity.role = models::parse_role(*role);
        }
        identity.tenant_id = optional_tenant_id(row["tenant_id"]);
        identity.may_edit = row["may_edit"].as<bool>(false);
        return identity;
    });
}

void Session::ping() {
    m_impl->transact([](pqxx::work &work) { work.exec1("SELECT 1"); });
}

void Session::cancel() {
    m_impl->cancel();
}

void Session::note_commits() {
    m_impl->notes_commits = true;
}

bool Session::has_committed() const {
    return m_impl->has_committed;
}

} // namespace studio::db
