// SPDX-License-Identifier: Apache-2.0
#include "db/provision/migrator_definitions.h"

#include <algorithm>
#include <map>
#include <string>

namespace studio::db {

namespace {

// Locks all tables. Partitions are locked with the table that they belong to.
constexpr const char *lock_all_tables = R"(
    DO $$
    DECLARE
        tables text := (SELECT string_agg(oid::regclass::text, ', ' ORDER BY relname) FROM pg_class
                        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
                            AND pg_has_role(relowner, 'USAGE'));
    BEGIN
        EXECUTE 'LOCK TABLE ' || tables || ' IN ACCESS EXCLUSIVE MODE';
    END
    $$)";

// Drops all functions and views except those of extensions. Functions may take rows of views and views may
// call functions, so a view is dropped with the functions that depend on it. No constraint, default or index
// may use a function of ours; DROP ROUTINE fails where one does.
constexpr const char *drop_all = R"(
    DO $$
    DECLARE
        statement text;
    BEGIN
        FOR statement IN
            SELECT format('DROP TRIGGER %I ON %s', t.tgname, t.tgrelid::regclass)
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
            WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal AND t.tgparentid = 0
            UNION ALL
            SELECT format('DROP POLICY %I ON %s', p.polname, p.polrelid::regclass)
            FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = 'public'::regnamespace
        LOOP
            EXECUTE statement;
        END LOOP;
        SELECT 'DROP VIEW ' || string_agg(c.oid::regclass::text, ', ') || ' CASCADE' INTO statement
        FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'v'
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                            AND d.deptype = 'e');
        EXECUTE coalesce(statement, 'SELECT');
        SELECT 'DROP ROUTINE ' || string_agg(p.oid::regprocedure::text, ', ') INTO statement
        FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
                            AND d.deptype = 'e');
        EXECUTE coalesce(statement, 'SELECT');
        FOREACH statement IN ARRAY ARRAY['ALL TABLES IN SCHEMA public', 'ALL SEQUENCES IN SCHEMA public',
                                         'SCHEMA public', 'DATABASE ' || quote_ident(current_database())] LOOP
            EXECUTE 'REVOKE ALL ON ' || statement
                || ' FROM PUBLIC, studio_operator, studio_staff, studio_companion, studio_renderer';
        END LOOP;
    END
    $$)";

} // namespace

bool definitions_differ(pqxx::transaction_base &work, const Schema &schema) {
    const auto rows = work.exec("SELECT name, checksum FROM schema_definitions ORDER BY position");
    return static_cast<std::size_t>(rows.size()) != schema.definitions.size() ||
           !std::equal(schema.definitions.begin(), schema.definitions.end(), rows.begin(),
                       [](const Definitions &file, const pqxx::row &row) {
                           return file.name == row[0].c_str() && file.checksum == row[1].c_str();
                       });
}

void lock_tables(pqxx::work &work) {
    work.exec(lock_all_tables);
}

void drop_definitions(pqxx::work &work) {
    work.exec(drop_all);
}

// Function bodies are not checked here, so that one may call another that is defined later; a test checks
// them all.
void apply_definitions(pqxx::work &work, const Schema &schema) {
    work.exec("SET LOCAL check_function_bodies = off");
    work.exec("DELETE FROM schema_definitions");
    int position = 0;
    for (const Definitions &file : schema.definitions) {
        work.exec(file.sql);
        work.exec_params("INSERT INTO schema_definitions (position, name, checksum, program_version)"
                         " VALUES ($1, $2, $3, $4)",
                         ++position, file.name, file.checksum, schema.program_version);
    }
}

} // namespace studio::db
