// SPDX-License-Identifier: Apache-2.0
#include "tests/support/standby.h"

#include "app/workspace/cluster.h"
#include "app/workspace/process.h"
#include "app/workspace/server_user.h"
#include "tests/support/eventually.h"
#include "tests/support/test_server.h"

#include <fmt/format.h>
#include <pqxx/pqxx>
#include <sys/stat.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace studio::test_support {

namespace fs = std::filesystem;

namespace {

fs::path make_directory() {
    std::string pattern = "/tmp/studio-standby-XXXXXX";
    if (!mkdtemp(pattern.data())) {
        throw std::system_error(errno, std::generic_category(), pattern);
    }
    app::give_to_server_user(pattern);
    return pattern;
}

void run(const std::string &url, const std::string &statement) {
    pqxx::connection connection(url);
    pqxx::nontransaction(connection).exec(statement);
}

void set_synchronous_standbys(const std::string &names) {
    const std::string url = TestServer::instance().superuser_url();
    run(url, "ALTER SYSTEM SET synchronous_standby_names = '" + names + "'");
    run(url, "SELECT pg_reload_conf()");
}

bool follows() {
    pqxx::connection connection(TestServer::instance().superuser_url());
    return pqxx::nontransaction(connection)
               .exec1("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")[0]
               .as<int>() == 1;
}

} // namespace

struct Standby::Impl {
    fs::path directory = make_directory();
    app::Cluster cluster{directory, app::Cluster::Durability::NoFsync};
    int port = 0;

    void copy_primary() const {
        const app::ProcessResult result = app::run_as_server_user(
            {(app::postgresql_programs() / "pg_basebackup").string(), "--dbname",
             TestServer::instance().superuser_url(), "--pgdata", cluster.data().string(),
             "--write-recovery-conf", "--wal-method", "stream", "--checkpoint", "fast", "--no-sync"});
        if (result.exit_code != 0) {
            throw std::runtime_error("pg_basebackup: " + result.output);
        }
    }
    void follow() {
        port = cluster.start(0);
        set_synchronous_standbys("*");
        if (!eventually(follows, std::chrono::seconds(30))) {
            throw std::runtime_error("the standby does not follow");
        }
    }
    std::string moved(std::string url, const std::string &hosts) const {
        const std::string from = fmt::format("127.0.0.1:{}", TestServer::instance().port());
        return url.replace(url.find(from), from.size(), hosts);
    }
};

Standby::Standby() : m_impl(std::make_unique<Impl>()) {
    m_impl->copy_primary();
    m_impl->follow();
}

Standby::~Standby() {
    try {
        TestServer::instance().start();
        set_synchronous_standbys("");
    } catch (const std::exception &) { // the primary has already ended
    }
    if (const auto running = m_impl->cluster.running()) {
        ::kill(running->process, SIGQUIT);
        eventually([this] { return !m_impl->cluster.running(); });
    }
    std::error_code ignored;
    fs::remove_all(m_impl->directory, ignored);
}

int Standby::port() const {
    return m_impl->port;
}

std::string Standby::either(const std::string &primary_url) const {
    const std::string both =
        fmt::format("127.0.0.1:{},127.0.0.1:{}", TestServer::instance().port(), m_impl->port);
    return m_impl->moved(primary_url, both) + "?target_session_attrs=read-write";
}

std::string Standby::here(const std::string &primary_url) const {
    return m_impl->moved(primary_url, fmt::format("127.0.0.1:{}", m_impl->port));
}

void Standby::promote() {
    const std::string url = here(TestServer::instance().superuser_url());
    run(url, "SELECT pg_promote(true, 60)");
    // The new primary has no standby of its own to wait for.
    run(url, "ALTER SYSTEM SET synchronous_standby_names = ''");
    run(url, "SELECT pg_reload_conf()");
}

} // namespace studio::test_support
