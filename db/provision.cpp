// SPDX-License-Identifier: Apache-2.0
#include "db/provision.h"

#include "db/secrets.h"
#include "db/session_impl.h"

#include <fmt/format.h>

#include <algorithm>

namespace studio::db {

namespace {

// current_setting() instead of a parameter, which DO does not take. Group roles exist once a database of the
// cluster has been migrated; before, the first migration grants.
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

// Anybody may make large objects, of any size and in any number, unless a superuser takes that away in the
// database.
constexpr const char *forbid_large_objects = R"(
    REVOKE EXECUTE ON FUNCTION lo_create(oid), lo_creat(integer), lo_from_bytea(oid, bytea), lo_put(oid, bigint, bytea),
        lowrite(integer, bytea) FROM PUBLIC)";

std::string url_of_database(const std::string &url, const std::string &database) {
    const auto query = std::min(url.find('?'), url.size());
    const auto slash = url.rfind('/', query);
    return url.substr(0, slash + 1) + database + url.substr(query);
}

void require_plain_name(const std::string &name) {
    if (name.empty() || name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos)
        throw Error(ErrorKind::Invalid,
                    "A database or owner name holds lower-case letters, digits and \"_\" only.");
}

} // namespace

void provision_owner(Session &superuser, const std::string &owner, const std::string &password) {
    require_plain_name(owner);
    superuser.impl().transact([&](pqxx::work &work) {
        const bool known = !work.exec_params("SELECT FROM pg_roles WHERE rolname = $1", owner).empty();
        work.exec(fmt::format("{} ROLE {} LOGIN CREATEROLE CREATEDB PASSWORD '{}'",
                              known ? "ALTER" : "CREATE", owner,
                              scram_verifier(password))); // a verifier holds no quote
        // So that it can limit the temporary files of the logins that it makes.
        work.exec(fmt::format("GRANT SET ON PARAMETER temp_file_limit TO {}", owner));
    });
}

void provision_database(Session &superuser, const std::string &name, const std::string &owner,
                        const std::string &from) {
    require_plain_name(name);
    require_plain_name(owner);
    require_plain_name(from);
    const bool known = superuser.impl().transact([&](pqxx::work &work) {
        return !work.exec_params("SELECT FROM pg_database WHERE datname = $1", name).empty();
    });
    // FILE_COPY: after the other strategy a server that is killed lets copied sequences go back (PostgreSQL
    // 15).
    if (!known)
        superuser.impl().execute_alone(
            fmt::format("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY", name, owner, from));
    superuser.impl().transact([&](pqxx::work &work) {
        work.exec_params("SELECT set_config('studio.database', $1, true)", name);
        work.exec(close_to_public);
    });
    Session in_database(url_of_database(superuser.impl().url, name));
    in_database.impl().transact([](pqxx::work &work) { work.exec(forbid_large_objects); });
}

void drop_database(Session &superuser, const std::string &name) {
    require_plain_name(name);
    superuser.impl().execute_alone(fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", name));
}

std::string make_password() {
    return random_token(24);
}

} // namespace studio::db
