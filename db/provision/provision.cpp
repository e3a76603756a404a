// SPDX-License-Identifier: Apache-2.0
#include "db/provision/provision.h"

#include "db/connection/connection_string.h"
#include "db/connection/secrets.h"
#include "db/connection/session_impl.h"

#include <fmt/format.h>

namespace studio::db {

namespace {

// Uses current_setting() because DO takes no parameters. The group roles exist once a database of the cluster
// has been migrated; before that the first migration grants them.
constexpr const char *close_to_public = R"(
    DO $$
    BEGIN
        EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_setting('studio.database'));
        IF (SELECT count(*) FROM pg_roles WHERE rolname IN
                ('studio_operator', 'studio_staff', 'studio_companion', 'studio_renderer')) = 4 THEN
            EXECUTE format('GRANT CONNECT ON DATABASE %I TO studio_operator, studio_staff, studio_companion,'
                           ' studio_renderer', current_setting('studio.database'));
        END IF;
    END
    $$)";

std::string quoted_name(const std::string &name) {
    std::string quoted = "\"";
    for (const char character : name) {
        quoted += character == '"' ? std::string("\"\"") : std::string(1, character);
    }
    return quoted + "\"";
}

// Unless a superuser revokes these functions in the database, every login may create large objects, which
// fill the disk, and take advisory locks, which fill the server's lock table.
constexpr const char *forbid_what_fills_the_server = R"(
    DO $$
    BEGIN
        EXECUTE (SELECT 'REVOKE EXECUTE ON FUNCTION ' || string_agg(oid::regprocedure::text, ', ') || ' FROM PUBLIC'
                 FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace AND (
                     proname IN ('lo_create', 'lo_creat', 'lo_from_bytea', 'lo_put', 'lowrite')
                     OR proname ~ '^pg_(try_)?advisory_'));
    END
    $$)";

} // namespace

void provision_owner(Session &superuser, const std::string &owner, const std::string &password) {
    superuser.impl().transact([&](pqxx::work &work) {
        const bool known = !work.exec_params("SELECT FROM pg_roles WHERE rolname = $1", owner).empty();
        work.exec(fmt::format("{} ROLE {} LOGIN CREATEROLE CREATEDB PASSWORD '{}'",
                              known ? "ALTER" : "CREATE", quoted_name(owner),
                              scram_verifier(password))); // a verifier contains no quote
        // Lets the owner limit the temporary files of the logins that it creates.
        work.exec(fmt::format("GRANT SET ON PARAMETER temp_file_limit TO {}", quoted_name(owner)));
    });
}

void provision_database(Session &superuser, const std::string &name, const std::string &owner,
                        const std::string &from) {
    const bool known = superuser.impl().transact([&](pqxx::work &work) {
        return !work.exec_params("SELECT FROM pg_database WHERE datname = $1", name).empty();
    });
    // FILE_COPY because with the other strategy of PostgreSQL 15 a killed server may reset copied sequences.
    if (!known) {
        superuser.impl().execute_alone(
            fmt::format("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY", quoted_name(name),
                        quoted_name(owner), quoted_name(from)));
    }
    superuser.impl().transact([&](pqxx::work &work) {
        work.exec_params("SELECT set_config('studio.database', $1, true)", name);
        work.exec(close_to_public);
    });
    Session in_database(with_database(superuser.impl().url, name));
    in_database.impl().transact([](pqxx::work &work) { work.exec(forbid_what_fills_the_server); });
}

void drop_database(Session &superuser, const std::string &name) {
    superuser.impl().execute_alone(fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", quoted_name(name)));
}

std::string owner_of_database(Session &session, const std::string &name) {
    return session.impl().transact([&](pqxx::work &work) {
        const auto rows =
            work.exec_params("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = $1", name);
        if (rows.empty()) {
            throw Error(ErrorKind::NotFound, "There is no database \"" + name + "\".");
        }
        return std::string(rows[0][0].c_str());
    });
}

void replace_database(Session &session, const std::string &name, const std::string &by,
                      const std::string &old_name) {
    session.impl().transact([&](pqxx::work &work) {
        work.exec_params("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                         " WHERE datname IN ($1, $2) AND pid <> pg_backend_pid()",
                         name, by);
        work.exec("ALTER DATABASE " + quoted_name(name) + " RENAME TO " + quoted_name(old_name));
        work.exec("ALTER DATABASE " + quoted_name(by) + " RENAME TO " + quoted_name(name));
    });
}

void drop_login(Session &session, const std::string &login) {
    session.impl().transact(
        [&](pqxx::work &work) { work.exec("DROP ROLE IF EXISTS " + quoted_name(login)); });
}

std::string make_password() {
    return random_token(24);
}

} // namespace studio::db
