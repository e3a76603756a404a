// SPDX-License-Identifier: Apache-2.0
#include "tests/db/security_walk.h"
#include "tests/db/sql.h"
#include "tests/db/walk_expectations.h"

#include <algorithm>
#include <regex>

namespace studio::db {

namespace {

using Violations = std::vector<std::string>;

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
           (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
         (VALUES ('studio_operator'), ('studio_staff'), ('studio_companion'), ('studio_renderer'), ('anonymous')) g (role)
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    ORDER BY 2, 6)";

constexpr const char *select_functions = R"(
    SELECT p.proname, p.prosecdef, coalesce(array_to_string(p.proconfig, ',') ~ 'search_path=', false),
           g.role, has_function_privilege(g.role, p.oid, 'EXECUTE')
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace,
         (VALUES ('studio_operator'), ('studio_staff'), ('studio_companion'), ('studio_renderer'), ('anonymous')) g (role)
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    ORDER BY 1, 4)";

template <class Expectation>
std::string_view expected_for(const Expectation &expectation, const std::string &role) {
    if (role == "studio_operator")
        return expectation.operators;
    if (role == "studio_staff")
        return expectation.staff;
    if (role == "studio_companion")
        return expectation.companions;
    return role == "studio_renderer" ? expectation.renderer : std::string_view();
}

template <class List> auto find_named(const List &list, const std::string &name) {
    return std::find_if(list.begin(), list.end(), [&](const auto &item) { return item.name == name; });
}

void check_relation(const pqxx::row &row, Violations &violations) {
    static const std::regex partition("events_\\d{4}_\\d{2}");
    const std::string name = row[1].c_str(), kind = row[2].c_str(), role = row[5].c_str(),
                      held = row[6].c_str();
    const bool is_table = kind == "r" || kind == "p" || kind == "f";
    const auto expected =
        find_named(relation_expectations, std::regex_match(name, partition) ? "events_YYYY_MM" : name);
    if (row[0].c_str() != std::string("public") || expected == relation_expectations.end())
        violations.push_back(name + " is not expected: give it policies and a line in walk_expectations.h");
    else if (held != expected_for(*expected, role))
        violations.push_back(role + " holds \"" + held + "\" on " + name);
    if (is_table && !row[3].as<bool>())
        violations.push_back(name + " has no row-level security");
    if (is_table && !held.empty() && row[7].as<int>() == 0)
        violations.push_back(name + " is granted to " + role + " and has no policy");
    if (kind == "v" && !row[4].as<bool>() &&
        std::find(owners_views.begin(), owners_views.end(), name) == owners_views.end())
        violations.push_back("the view " + name + " reads with its owner's rights");
    if (kind == "m" && !held.empty())
        violations.push_back("the materialized view " + name + " cannot have policies and is granted to " +
                             role);
}

void check_function(const pqxx::row &row, Violations &violations) {
    const std::string name = row[0].c_str(), role = row[3].c_str();
    const auto expected = find_named(function_expectations, name);
    if (expected == function_expectations.end())
        violations.push_back("the function " + name +
                             " is not expected: give it a line in walk_expectations.h");
    else if (row[4].as<bool>() != (expected_for(*expected, role) == "x"))
        violations.push_back(role + (row[4].as<bool>() ? " may call " : " may not call ") + name);
    if (row[1].as<bool>() && !row[2].as<bool>())
        violations.push_back("the definer function " + name + " does not set its search_path");
}

void check_surroundings(Sql &owner, Violations &violations) {
    for (const std::string role :
         {"studio_operator", "studio_staff", "studio_companion", "studio_renderer", "anonymous"}) {
        if (owner.value("SELECT has_schema_privilege('" + role + "', 'public', 'CREATE')") == "t")
            violations.push_back(role + " may create in the schema public");
        if (owner.value("SELECT has_database_privilege('" + role +
                        "', current_database(), 'TEMPORARY, CREATE')") == "t")
            violations.push_back(role + " may create schemas or temporary tables");
    }
    for (const std::string &name :
         owner.column("SELECT c.relname FROM pg_class c JOIN pg_namespace n"
                      " ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN"
                      " ('r', 'p', 'v', 'm', 'S') AND c.relacl::text ~ '[{,]=' "))
        violations.push_back(name + " is granted to PUBLIC");
}

} // namespace

Violations grant_violations(const test_support::TestDatabase &database) {
    Violations violations;
    Sql owner(database.owner_url());
    check_surroundings(owner, violations);
    pqxx::work work(owner.connection());
    for (const auto &row : work.exec(select_relations))
        check_relation(row, violations);
    for (const auto &row : work.exec(select_functions))
        check_function(row, violations);
    return violations;
}

} // namespace studio::db
