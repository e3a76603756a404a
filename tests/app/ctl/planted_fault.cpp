// SPDX-License-Identifier: Apache-2.0
#include "tests/app/ctl/planted_fault.h"

#include "models/json/json.h"
#include "tests/app/ctl/companionctl.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace studio::ctl_tests {

namespace fs = std::filesystem;

namespace {

constexpr const char *plant = R"(
    CREATE SCHEMA fault;
    CREATE SEQUENCE fault.writes;
    CREATE TABLE fault.plan (at bigint);
    CREATE FUNCTION fault.write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    DECLARE
        planned bigint := (SELECT at FROM fault.plan);
    BEGIN
        IF planned IS NOT NULL AND nextval('fault.writes') = planned THEN
            RAISE EXCEPTION 'planted fault';
        END IF;
        RETURN NULL;
    END
    $$;
    DO $$
    DECLARE
        name text;
    BEGIN
        FOR name IN SELECT format('%I', relname) FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition LOOP
            EXECUTE 'CREATE TRIGGER zz_fault AFTER INSERT OR UPDATE OR DELETE ON ' || name ||
                    ' FOR EACH ROW EXECUTE FUNCTION fault.write()';
        END LOOP;
    END
    $$;)";

constexpr const char *rows_of_all_tables = R"(
    SELECT coalesce(string_agg(format('SELECT %L, count(*), md5(string_agg(md5(t::text), '''' ORDER BY md5(t::text))) FROM %I t',
                                      relname, relname), ' UNION ALL ' ORDER BY relname), '')
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition)";

std::string superuser_url(const fs::path &workspace) {
    std::ifstream file(workspace / "credentials.json");
    const auto credentials = models::Json::parse(file);
    const int port = run({"workspace", "status", "--json", "--workspace", workspace.string()}).json()["port"];
    return "postgresql://postgres:" + credentials["postgres"]["password"].get<std::string>() +
           "@127.0.0.1:" + std::to_string(port) + "/companion_studio";
}

std::string files_below(const fs::path &folder) {
    std::vector<std::string> lines;
    if (fs::exists(folder)) {
        for (const auto &entry : fs::recursive_directory_iterator(folder)) {
            if (!entry.is_regular_file()) {
                continue;
            }
            std::ifstream file(entry.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(file), {}};
            lines.push_back(entry.path().string() + " " + std::to_string(std::hash<std::string>()(bytes)));
        }
    }
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const auto &line : lines) {
        text += line + "\n";
    }
    return text;
}

void require(const db::Sql::Outcome &outcome) {
    if (!outcome.message.empty()) {
        throw std::runtime_error(outcome.message);
    }
}

} // namespace

PlantedFault::PlantedFault(fs::path workspace, fs::path files)
    : m_workspace(std::move(workspace)), m_files(std::move(files)), m_superuser(superuser_url(m_workspace)) {
    require(m_superuser.done("SET client_min_messages = warning"));
    require(m_superuser.done("DROP SCHEMA IF EXISTS fault CASCADE"));
    require(m_superuser.done(plant));
}

PlantedFault::~PlantedFault() {
    m_superuser.done("DROP SCHEMA fault CASCADE");
}

void PlantedFault::arm(long write) {
    disarm();
    require(m_superuser.done("SELECT setval('fault.writes', 1, false)"));
    require(m_superuser.done("INSERT INTO fault.plan VALUES (" + std::to_string(write) + ")"));
}

void PlantedFault::disarm() {
    require(m_superuser.done("DELETE FROM fault.plan"));
}

long PlantedFault::writes() {
    return std::stol(
        m_superuser.value("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM fault.writes"));
}

void PlantedFault::refuse_commits_of(const std::string &table) {
    require(m_superuser.done("CREATE FUNCTION fault.refuse() RETURNS trigger LANGUAGE plpgsql AS"
                             " $$ BEGIN RAISE EXCEPTION 'planted fault'; END $$;"
                             " CREATE CONSTRAINT TRIGGER zz_refuse AFTER INSERT OR UPDATE ON " +
                             table +
                             " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fault.refuse()"));
}

void PlantedFault::allow_commits_of(const std::string &table) {
    require(m_superuser.done("DROP TRIGGER zz_refuse ON " + table + "; DROP FUNCTION fault.refuse()"));
}

std::string PlantedFault::state() {
    std::string text;
    pqxx::work work(m_superuser.connection());
    const std::string tables = work.exec1(rows_of_all_tables)[0].c_str();
    for (const auto &row : work.exec(tables)) {
        text += std::string(row[0].c_str()) + " " + row[1].c_str() + " " + row[2].c_str() + "\n";
    }
    for (const auto &row :
         work.exec("SELECT rolname, rolcanlogin, md5(rolpassword) FROM pg_authid ORDER BY 1")) {
        text += std::string(row[0].c_str()) + " " + row[1].c_str() + " " + row[2].c_str() + "\n";
    }
    for (const auto &row : work.exec("SELECT datname FROM pg_database ORDER BY 1")) {
        text += std::string(row[0].c_str()) + "\n";
    }
    std::ifstream credentials(m_workspace / "credentials.json");
    text += std::string{std::istreambuf_iterator<char>(credentials), {}};
    return text + files_below(m_workspace / "media") + files_below(m_files);
}

} // namespace studio::ctl_tests
