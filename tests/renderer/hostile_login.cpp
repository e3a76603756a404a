// SPDX-License-Identifier: Apache-2.0
#include "tests/renderer/hostile_login.h"

#include <array>

namespace studio::tests {

namespace {

// Each limit of a session that its user may undo; what only a superuser may set stays as it is.
constexpr std::array settings{"statement_timeout = 0",
                              "lock_timeout = 0",
                              "idle_in_transaction_session_timeout = 0",
                              "idle_session_timeout = 0",
                              "client_connection_check_interval = 0",
                              "work_mem = '64MB'",
                              "max_parallel_workers_per_gather = 64",
                              "temp_file_limit = -1"};

constexpr std::array modes{"ACCESS EXCLUSIVE", "EXCLUSIVE",   "SHARE ROW EXCLUSIVE", "SHARE",
                           "ROW EXCLUSIVE",    "ACCESS SHARE"};

bool runs(pqxx::connection &connection, const std::string &statement) {
    try {
        pqxx::nontransaction(connection).exec(statement);
        return true;
    } catch (const std::exception &) {
        return false;
    }
}

// Inside the transaction that is open.
bool runs_within(pqxx::connection &connection, const std::string &statement) {
    runs(connection, "SAVEPOINT before");
    const bool ran = runs(connection, statement);
    if (!ran) {
        runs(connection, "ROLLBACK TO before");
    }
    return ran;
}

} // namespace

HostileLogin::HostileLogin(std::string url) : m_url(std::move(url)) {
    const auto first = connect();
    for (const char *setting : settings) {
        runs(*first, std::string("ALTER ROLE CURRENT_USER SET ") + setting);
    }
}

HostileLogin::~HostileLogin() {
    for (const auto &connection : m_busy) {
        connection->cancel_query();
    }
    for (std::thread &thread : m_threads) {
        thread.join();
    }
}

std::unique_ptr<pqxx::connection> HostileLogin::connect() const {
    auto connection = std::make_unique<pqxx::connection>(m_url);
    for (const char *setting : settings) {
        runs(*connection, std::string("SET ") + setting);
    }
    return connection;
}

void HostileLogin::hold_tables_and_rows(const std::vector<std::string> &relations) {
    auto connection = connect();
    runs(*connection, "BEGIN");
    for (const std::string &relation : relations) {
        for (const char *mode : modes) {
            if (runs_within(*connection, "LOCK TABLE " + relation + " IN " + mode + " MODE NOWAIT")) {
                m_held.push_back(relation + " " + mode);
                break;
            }
        }
        if (runs_within(*connection, "SELECT FROM " + relation + " FOR UPDATE SKIP LOCKED")) {
            m_held.push_back(relation + " rows");
        }
    }
    m_connections.push_back(std::move(connection));
}

void HostileLogin::hold_the_notifications() {
    auto connection = connect();
    runs(*connection, "LISTEN tenant_changed");
    runs(*connection, "BEGIN");
    runs(*connection, "SELECT 1");
    m_connections.push_back(std::move(connection));
}

void HostileLogin::hold_advisory_locks() {
    auto connection = connect();
    runs(*connection, "SELECT pg_advisory_lock(n) FROM generate_series(1, 200) AS n");
    m_connections.push_back(std::move(connection));
}

void HostileLogin::run_for_ever(const std::string &statement) {
    m_busy.push_back(connect());
    m_threads.emplace_back([this, connection = m_busy.back().get(), statement] {
        if (!runs(*connection, statement)) {
            ++m_ended;
        }
    });
}

void HostileLogin::flood_notifications() {
    run_for_ever(
        "DO $$ BEGIN LOOP PERFORM pg_notify('tenant_changed', n::text) FROM generate_series(1, 500) AS n;"
        " COMMIT; END LOOP; END $$");
}

void HostileLogin::compute_for_ever() {
    run_for_ever(
        "SELECT count(*) FROM generate_series(1, 1000000000000) AS n, generate_series(1, 1000) AS m");
}

void HostileLogin::take_all_connections() {
    constexpr int more_than_allowed = 60;
    for (int i = 0; i < more_than_allowed; ++i) {
        try {
            m_connections.push_back(connect());
        } catch (const std::exception &) {
            break;
        }
    }
}

std::string HostileLogin::refusal_of(const std::string &statement) {
    const auto connection = connect();
    try {
        pqxx::work work(*connection);
        work.exec(statement);
        return "";
    } catch (const std::exception &failure) {
        return failure.what();
    }
}

} // namespace studio::tests
