// SPDX-License-Identifier: Apache-2.0
#include "tests/db/fixtures/sql.h"
#include "tests/db/schema/security_walk.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace studio::db {

namespace {

using Violations = std::vector<std::string>;

// Views that read with their owner's rights, on purpose; every other view must be a security_invoker.
constexpr std::array<std::string_view, 3> owners_views{"public_tenants", "public_versions",
                                                       "public_withdrawn_photos"};

// What happened stays as it is written: nobody changes it, and only definer functions take it away in time.
constexpr std::array<std::string_view, 5> append_only{"audit_log", "booking_history", "client_card_reads",
                                                      "erasures", "revisions"};

// r: may select some column, a: insert, w: update, d: delete.
constexpr const char *select_relations = R"(
    SELECT n.nspname, c.relname, c.relkind, c.relrowsecurity,
           coalesce('security_invoker=true' = ANY (c.reloptions), false),
           g.role, coalesce((
               SELECT string_agg(letter, '') FROM (VALUES
                   ('r', has_table_privilege(g.role, c.oid, 'SELECT')
                         OR c.relkind <> 'S' AND has_any_column_privilege(g.role, c.oid, 'SELECT')),
                   ('a', has_table_privilege(g.role, c.oid, 'INSERT')
                         OR c.relkind <> 'S' AND has_any_column_privilege(g.role, c.oid, 'INSERT')),
                   ('w', has_table_privilege(g.role, c.oid, 'UPDATE')
                         OR c.relkind <> 'S' AND has_any_column_privilege(g.role, c.oid, 'UPDATE')),
                   ('d', has_table_privilege(g.role, c.oid, 'DELETE')),
                   ('!', has_table_privilege(g.role, c.oid, 'TRUNCATE, REFERENCES, TRIGGER'))) held (letter, yes)
               WHERE yes), ''),
           (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid), c.relispartition,
           c.relkind <> 'S' AND (has_table_privilege(g.role, c.oid, 'UPDATE, DELETE')
               OR g.role IN ('studio_staff', 'studio_companion') AND has_table_privilege(g.role, c.oid, 'INSERT'))
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
         (VALUES ('studio_operator'), ('studio_staff'), ('studio_companion'), ('studio_renderer'), ('anonymous')) g (role)
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    ORDER BY 2, 6)";

constexpr const char *select_functions = R"(
    SELECT p.proname, p.prosecdef, coalesce(array_to_string(p.proconfig, ',') ~ 'search_path=', false),
           has_function_privilege('anonymous', p.oid, 'EXECUTE'),
           has_function_privilege('studio_companion', p.oid, 'EXECUTE')
               OR has_function_privilege('studio_staff', p.oid, 'EXECUTE')
               OR has_function_privilege('studio_operator', p.oid, 'EXECUTE')
                   AND NOT has_function_privilege('studio_renderer', p.oid, 'EXECUTE'),
           p.prosrc ~ '(studio_account|studio_administers|studio_require_[a-z]+|studio_may_moderate|studio_may_do_photo_step|booking_hold_to_decide|calendar_import_require_room) *\(|session_user', n.nspname
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT EXISTS (
        SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
    ORDER BY 1)";

template <class List> bool contains(const List &list, const std::string &name) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

void check_relation(const pqxx::row &row, Violations &violations) {
    const std::string name = row[1].c_str(), kind = row[2].c_str(), role = row[5].c_str(),
                      held = row[6].c_str();
    const bool is_table = kind == "r" || kind == "p" || kind == "f";
    if (row[0].c_str() != std::string("public")) {
        violations.push_back(name + " is in another schema than public");
    }
    if (is_table && !row[3].as<bool>()) {
        violations.push_back(name + " has no row-level security");
    }
    if (is_table && !held.empty() && row[7].as<int>() == 0) {
        violations.push_back(name + " is granted to " + role + " and has no policy");
    }
    if (!held.empty() && (row[8].as<bool>() || kind == "S" || role == "anonymous")) {
        violations.push_back(role + " holds \"" + held + "\" on " + name +
                             ", which is reached by nobody directly");
    }
    if (held.find('!') != std::string::npos) {
        violations.push_back(role + " may truncate, refer to or put a trigger on " + name);
    }
    if (row[9].as<bool>()) {
        violations.push_back(role + " may write whole rows of " + name + ", and so may lock the whole table");
    }
    if (contains(append_only, name) && held.find_first_of("wd") != std::string::npos) {
        violations.push_back(role + " may change or delete what is written in " + name);
    }
    if (kind == "v" && !row[4].as<bool>() && !contains(owners_views, name)) {
        violations.push_back("the view " + name + " reads with its owner's rights");
    }
    if (kind == "m" && !held.empty()) {
        violations.push_back("the materialized view " + name + " cannot have policies and is granted to " +
                             role);
    }
}

void check_function(const pqxx::row &row, Violations &violations) {
    const std::string name = row[0].c_str();
    const bool definer = row[1].as<bool>();
    if (row[6].c_str() != std::string("public")) {
        violations.push_back("the function " + name + " is in another schema than public");
    }
    if (row[3].as<bool>()) {
        violations.push_back("everybody may call the function " + name);
    }
    if (definer && !row[2].as<bool>()) {
        violations.push_back("the definer function " + name + " does not set its search_path");
    }
    if (definer && row[4].as<bool>() && !row[5].as<bool>()) {
        violations.push_back("the definer function " + name +
                             ", which persons may call, does not ask who calls");
    }
}

void check_surroundings(Sql &owner, Violations &violations) {
    for (const std::string role :
         {"studio_operator", "studio_staff", "studio_companion", "studio_renderer", "anonymous"}) {
        if (owner.value("SELECT has_schema_privilege('" + role + "', 'public', 'CREATE')") == "t") {
            violations.push_back(role + " may create in the schema public");
        }
        if (owner.value("SELECT has_schema_privilege('" + role + "', 'extensions', 'CREATE, USAGE')") ==
            "t") {
            violations.push_back(role + " reaches into the schema extensions");
        }
        if (owner.value("SELECT has_database_privilege('" + role +
                        "', current_database(), 'TEMPORARY, CREATE')") == "t") {
            violations.push_back(role + " may create schemas or temporary tables");
        }
    }
    for (const std::string &name :
         owner.column("SELECT c.relname FROM pg_class c JOIN pg_namespace n"
                      " ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN"
                      " ('r', 'p', 'v', 'm', 'S') AND c.relacl::text ~ '[{,]=' ")) {
        violations.push_back(name + " is granted to PUBLIC");
    }
}

} // namespace

Violations grant_violations(const test_support::TestDatabase &database) {
    Violations violations;
    Sql owner(database.owner_url());
    check_surroundings(owner, violations);
    pqxx::work work(owner.connection());
    for (const auto &row : work.exec(select_relations)) {
        check_relation(row, violations);
    }
    for (const auto &row : work.exec(select_functions)) {
        check_function(row, violations);
    }
    return violations;
}

} // namespace studio::db
