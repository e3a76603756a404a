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

// "" where it ran.
std::string failure_of(PGconn &connection, const std::string &statement) {
    const std::unique_ptr<PGresult, void (*)(PGresult *)> result(PQexec(&connection, statement.c_str()),
                                                                 PQclear);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
        return "";
    }
    const std::string message = PQerrorMessage(&connection);
    return message.empty() ? "no answer" : message;
}

bool runs(PGconn &connection, const std::string &statement) {
    return failure_of(connection, statement).empty();
}

// Inside the transaction that is open.
bool runs_within(PGconn &connection, const std::string &statement) {
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
    for (const Connection &connection : m_busy) {
        const std::unique_ptr<PGcancel, void (*)(PGcancel *)> cancel(PQgetCancel(connection.get()),
                                                                     PQfreeCancel);
        std::array<char, 256> error{};
        if (cancel) {
            PQcancel(cancel.get(), error.data(), static_cast<int>(error.size()));
        }
    }
    for (std::thread &thread : m_threads) {
        thread.join();
    }
}

// Null where the server refuses it.
HostileLogin::Connection HostileLogin::connect() const {
    Connection connection(PQconnectdb(m_url.c_str()));
    if (PQstatus(connection.get()) != CONNECTION_OK) {
        return {};
    }
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
        Connection connection = connect();
        if (!connection) {
            return;
        }
        m_connections.push_back(std::move(connection));
    }
}

std::string HostileLogin::refusal_of(const std::string &statement) {
    return failure_of(*connect(), statement);
}

} // namespace studio::tests
