// SPDX-License-Identifier: Apache-2.0
#include "tests/db/fixtures/sql.h"
#include "tests/db/schema/security_walk.h"

#include <algorithm>
#include <map>
#include <set>

namespace studio::db {

namespace {

using Violations = std::vector<std::string>;
using test_support::TestDatabase;

struct Relation {
    std::string name;
    std::string tenant_column; // "" for none
    std::vector<std::string> columns;
};

std::vector<Relation> all_relations(Sql &owner) {
    std::vector<Relation> relations;
    for (const std::string &name :
         owner.column("SELECT c.relname FROM pg_class c WHERE c.relnamespace ="
                      " 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')"
                      " ORDER BY 1")) {
        Relation relation{name, "",
                          owner.column("SELECT attname FROM pg_attribute WHERE attrelid = 'public." + name +
                                       "'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum")};
        const auto has = [&](const char *column) {
            return std::find(relation.columns.begin(), relation.columns.end(), column) !=
                   relation.columns.end();
        };
        relation.tenant_column = has("tenant_id") ? "tenant_id"
                                 : name == "tenants" || name == "public_tenants" || name == "public_versions"
                                     ? "id"
                                     : "";
        relations.push_back(std::move(relation));
    }
    return relations;
}

// The columns on which the login holds the privilege.
std::vector<std::string> held(Sql &login, const Relation &relation, const std::string &privilege) {
    std::vector<std::string> columns;
    for (const std::string &column : relation.columns) {
        if (login.value("SELECT has_column_privilege('public." + relation.name + "', '" + column + "', '" +
                        privilege + "')") == "t") {
            columns.push_back(column);
        }
    }
    return columns;
}

std::string joined(const std::vector<std::string> &parts, const std::string &separator) {
    std::string text;
    for (const std::string &part : parts) {
        text += (text.empty() ? "" : separator) + part;
    }
    return text;
}

// Tells where a read gave rows that `allowed` (a condition over the relation) does not name.
void try_read(Sql &owner, Sql &login, const Relation &relation, const std::string &allowed,
              Violations &violations) {
    if (owner.value("SELECT count(*) FROM " + relation.name) == "0" &&
        !relation.name.starts_with("events_") &&
        !relation.name.starts_with("visit_facts_2")) { // months that are to come
        violations.push_back(relation.name +
                             " is empty, so that nothing is shown: add rows in sample_rows.cpp");
    }
    const auto columns = held(login, relation, "SELECT");
    const auto outcome =
        login.tried("SELECT " + (columns.empty() ? "1" : joined(columns, ", ")) + " FROM " + relation.name);
    if (outcome.denied()) {
        return;
    }
    const auto expected =
        std::stoul(owner.value("SELECT count(*) FROM " + relation.name + " WHERE " + allowed));
    if (!outcome.sqlstate.empty()) {
        violations.push_back("reading " + relation.name + " failed otherwise: " + outcome.message);
    } else if (outcome.rows != expected) {
        violations.push_back("reading " + relation.name + " gave " + std::to_string(outcome.rows) +
                             " rows instead of " + std::to_string(expected));
    }
}

// Without WHERE, so that only policies and privileges choose the rows.
void try_update(Sql &login, const Relation &relation, std::size_t max_rows, Violations &violations) {
    auto columns = held(login, relation, "UPDATE");
    if (columns.empty()) {
        columns = {relation.columns.front()};
    }
    for (const std::string &column : columns) {
        const auto outcome = login.tried("UPDATE " + relation.name + " SET " + column + " = DEFAULT");
        if (outcome.sqlstate.empty() && outcome.rows > max_rows) {
            violations.push_back("update of " + relation.name + "." + column + " changed " +
                                 std::to_string(outcome.rows) + " rows");
        }
    }
}

void try_delete(Sql &login, const Relation &relation, std::size_t max_rows, Violations &violations) {
    const auto deleted = login.tried("DELETE FROM " + relation.name);
    if (deleted.sqlstate.empty() && deleted.rows > max_rows) {
        violations.push_back("delete from " + relation.name + " took " + std::to_string(deleted.rows) +
                             " rows");
    }
    if (!login.tried("TRUNCATE " + relation.name).denied()) {
        violations.push_back("truncate of " + relation.name + " was not denied");
    }
}

// A copy of an existing row of the relation that the condition names, with a new id, must be refused for lack
// of right.
void try_insert(Sql &owner, Sql &login, const Relation &relation, const std::string &condition,
                Violations &violations) {
    auto columns = held(login, relation, "INSERT");
    if (columns.empty()) {
        columns = {relation.columns.front()};
    }
    std::vector<std::string> values;
    for (const std::string &column : columns) {
        values.push_back(column == "id"
                             ? "DEFAULT"
                             : owner.value("SELECT coalesce((SELECT quote_nullable(" + column + ") FROM " +
                                           relation.name + " WHERE " + condition + " LIMIT 1), 'NULL')"));
    }
    const auto outcome = login.tried("INSERT INTO " + relation.name + " (" + joined(columns, ", ") +
                                     ") VALUES (" + joined(values, ", ") + ")");
    if (!outcome.denied()) {
        violations.push_back("insert into " + relation.name +
                             " was not denied: " + (outcome.sqlstate.empty() ? "it ran" : outcome.message));
    }
}

// Every function, with `uuid` for each argument of that type and null for the others.
std::vector<std::string> calls_with(Sql &owner, const std::string &uuid) {
    return owner.column(
        "SELECT p.proname || '(' || coalesce((SELECT string_agg(format('%L::%I.%I', CASE t.typname WHEN "
        "'uuid' THEN '" +
        uuid +
        "' END, s.nspname, t.typname), ', ' ORDER BY n)"
        " FROM unnest(p.proargtypes) WITH ORDINALITY arguments (type, n)"
        " JOIN pg_type t ON t.oid = type JOIN pg_namespace s ON s.oid = t.typnamespace), '') || ')'"
        " FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f'"
        " AND p.prorettype <> 'trigger'::regtype ORDER BY 1");
}

// Every function is refused.
void try_functions(Sql &owner, Sql &login, Violations &violations) {
    for (const std::string &call : calls_with(owner, "")) {
        std::string nulls = call;
        for (auto at = nulls.find("''"); at != std::string::npos; at = nulls.find("''")) {
            nulls.replace(at, 2, "NULL");
        }
        if (!login.tried("SELECT public." + nulls).denied()) {
            violations.push_back("the call of " + call.substr(0, call.find('(')) + " was not denied");
        }
    }
}

// What a function gives when it is asked for the other tenant names neither her nor anything that is hers.
void try_functions_for(Sql &owner, Sql &login, const std::string &other_tenant, Violations &violations) {
    for (const std::string &call : calls_with(owner, other_tenant)) {
        pqxx::work work(login.connection());
        try {
            for (const auto &row :
                 work.exec("SELECT coalesce(to_jsonb(a)::text, '') FROM public." + call + " a")) {
                const std::string given = row[0].c_str();
                if (given.find(other_tenant) != std::string::npos ||
                    given.find("\"bea\"") != std::string::npos ||
                    given.find("client@example.com") != std::string::npos) {
                    violations.push_back("the call of " + call + " gave what is another's: " + given);
                }
            }
        } catch (const pqxx::sql_error &) { // refused, or nothing that can be called like this
            continue;
        }
    }
}

} // namespace

Violations companion_violations(const TestDatabase &database) {
    Violations violations;
    Sql owner(database.owner_url());
    Sql login(database.companion_url());
    const std::map<std::string, std::string> without_tenant{{"platform_settings", "true"}};
    const std::map<std::string, std::string> stricter{{"accounts", "login = '" + database.login("ada") + "'"},
                                                      {"audit_log", "false"}};
    for (const Relation &relation : all_relations(owner)) {
        const std::string own = relation.tenant_column + " = '" + database.tenant_id() + "'";
        const std::string other = relation.tenant_column + " = '" + database.other_tenant_id() + "'";
        std::string allowed = relation.tenant_column.empty() ? "false" : own;
        if (const auto found = without_tenant.find(relation.name); found != without_tenant.end()) {
            allowed = found->second;
        }
        if (const auto found = stricter.find(relation.name); found != stricter.end()) {
            allowed = found->second;
        }
        if (relation.name.starts_with("events_")) {
            allowed = "false"; // a partition is reached through events only
        }
        try_read(owner, login, relation, allowed, violations);
        try_update(login, relation, 0, violations);
        try_delete(login, relation, 0, violations);
        try_insert(owner, login, relation, relation.tenant_column.empty() ? "true" : other, violations);
    }
    try_functions_for(owner, login, database.other_tenant_id(), violations);
    return violations;
}

Violations staff_violations(const TestDatabase &database) {
    Violations violations;
    Sql owner(database.owner_url());
    Sql login(database.staff_url());
    const std::map<std::string, std::string> readable{
        {"tenants", "true"},           {"bookings", "true"},
        {"platform_settings", "true"}, {"blocked_clients", "true"},
        {"booking_history", "true"},   {"booking_notes", "true"},
        {"booking_settings", "true"},  {"tours", "true"},
        {"time_blocks", "true"},       {"calendar_imports", "true"},
        {"calendar_feeds", "true"},    {"capped_hours", "true"},
        {"erasures", "true"},          {"accounts", "login = '" + database.login("staff") + "'"}};
    for (const Relation &relation : all_relations(owner)) {
        const auto found = readable.find(relation.name);
        try_read(owner, login, relation, found == readable.end() ? "false" : found->second, violations);
        try_update(login, relation, 0, violations);
        try_delete(login, relation, 0, violations);
        try_insert(owner, login, relation, "true", violations);
    }
    return violations;
}

Violations renderer_violations(const TestDatabase &database) {
    Violations violations;
    Sql owner(database.owner_url());
    Sql login(database.renderer_url());
    const std::set<std::string> addable{"sessions", "events", "ab_assignments", "bookings"};
    for (const Relation &relation : all_relations(owner)) {
        const bool readable = relation.name == "public_tenants" || relation.name == "public_versions" ||
                              relation.name == "public_withdrawn_photos" || relation.name == "ab_tests";
        try_read(owner, login, relation, readable ? "true" : "false", violations);
        try_update(login, relation, 0, violations);
        try_delete(login, relation, 0, violations);
        if (!addable.contains(relation.name)) {
            try_insert(owner, login, relation, "true", violations);
        }
    }
    return violations;
}

Violations anonymous_violations(const TestDatabase &database) {
    Violations violations;
    Sql owner(database.owner_url());
    Sql login(database.anonymous_url());
    for (const Relation &relation : all_relations(owner)) {
        for (const std::string &statement : std::vector<std::string>{
                 "SELECT 1 FROM public." + relation.name, "DELETE FROM public." + relation.name,
                 "UPDATE public." + relation.name + " SET " + relation.columns.front() + " = DEFAULT",
                 "INSERT INTO public." + relation.name + " (" + relation.columns.front() +
                     ") VALUES (DEFAULT)"}) {
            if (!login.tried(statement).denied()) {
                violations.push_back("not denied to a login without a role: " + statement);
            }
        }
    }
    try_functions(owner, login, violations);
    return violations;
}

} // namespace studio::db
