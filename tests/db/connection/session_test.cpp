// SPDX-License-Identifier: Apache-2.0
#include "db/connection/connection_string.h"
#include "db/connection/secrets.h"
#include "db/connection/session.h"
#include "db/connection/session_impl.h"
#include "db/stores/tenant_store.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/eventually.h"
#include "tests/support/test_database.h"
#include "tests/support/test_server.h"

#include <chrono>
#include <set>
#include <thread>

namespace studio::db {

namespace {

using test_support::TestDatabase;
using testing::HasSubstr;
using testing::Not;

TEST(ConnectionString, AnotherHostIsVerifiedAndALocalOneIsNot) {
    EXPECT_THAT(connection_string("postgresql://u:p@db.example.com/x"), HasSubstr("sslmode='verify-full'"));
    EXPECT_THAT(connection_string("host=localhost,db.example.com dbname=x"),
                HasSubstr("sslmode='verify-full'"));
    EXPECT_THAT(connection_string("postgresql://u@db.example.com/x?sslmode=require"),
                HasSubstr("sslmode='require'"));
    for (const std::string url :
         {"postgresql://u@127.0.0.1:5432/x", "postgresql://localhost/x", "postgresql:///x",
          "host=/run/postgresql dbname=x", "postgresql://[::1]/x"}) {
        EXPECT_THAT(connection_string(url), Not(HasSubstr("verify-full"))) << url;
    }
}

TEST(ConnectionString, AHostThatAServiceOrTheEnvironmentNamesIsVerified) {
    EXPECT_THAT(connection_string("service=production"), HasSubstr("sslmode='verify-full'"));
    setenv("PGHOSTADDR", "192.0.2.7", 1);
    EXPECT_THAT(connection_string("postgresql:///x"), HasSubstr("sslmode='verify-full'"));
    unsetenv("PGHOSTADDR");
    EXPECT_THAT(connection_string("postgresql:///x"), Not(HasSubstr("verify-full")));
}

TEST(ConnectionString, AStartedProgramHasTheSameRulesAndNoPasswordInItsWords) {
    const ProgramAddress address = program_address("postgresql://u:s3cret@db.example.com:5433/x");
    EXPECT_THAT(address.database, HasSubstr("sslmode='verify-full'"));
    EXPECT_THAT(address.database, HasSubstr("host='db.example.com'"));
    EXPECT_THAT(address.database, Not(HasSubstr("s3cret")));
    EXPECT_THAT(address.environment, testing::Contains("PGPASSWORD=s3cret"));
    EXPECT_THAT(program_address("postgresql://u@localhost/x?password=s3cret").database,
                Not(HasSubstr("s3cret")));
}

TEST(ConnectionString, AnotherDatabaseOfTheSameServerIsReachedTheSameWay) {
    const std::string url = "postgresql://u:p@db.example.com:5433/x?sslmode=require";
    EXPECT_EQ(database_of(url), "x");
    const std::string other = with_database(url, "postgres");
    EXPECT_EQ(database_of(other), "postgres");
    EXPECT_THAT(connection_string(other), HasSubstr("sslmode='require'"));
    EXPECT_THAT(connection_string(other), HasSubstr("port='5433'"));
}

TEST(ConnectionString, AValueWithQuotesCannotAddKeywords) {
    EXPECT_THAT(connection_string("postgresql://u:a%27%20host%3Devil@localhost/x"),
                HasSubstr("password='a\\' host=evil'"));
}

TEST(ConnectionString, AnAddressThatIsNoneIsRefusedWithoutRepeatingIt) {
    EXPECT_DB_ERROR(ErrorKind::Invalid, connection_string("secret word"), Not(HasSubstr("secret")));
    EXPECT_DB_ERROR(ErrorKind::Invalid, Session("postgresql://u:secret@[h/x"), Not(HasSubstr("secret")));
}

TEST(Secrets, TokensAreLongPlainAndNeverTheSame) {
    std::set<std::string> seen;
    for (int count = 0; count < 1000; ++count) {
        seen.insert(random_token(24));
    }
    EXPECT_EQ(seen.size(), 1000U);
    EXPECT_EQ(
        seen.begin()->find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
        std::string::npos);
}

TEST(SessionFaults, NothingListensThere) {
    Session session("postgresql://u:secret@127.0.0.1:1/x");
    EXPECT_DB_ERROR(ErrorKind::Unreachable, session.ping(),
                    testing::AllOf(HasSubstr("cannot be reached"), Not(HasSubstr("secret"))));
}

TEST(SessionFaults, AWrongPasswordAndAMissingDatabaseAreNotCalledUnreachable) {
    auto &server = test_support::TestServer::instance();
    const TestDatabase database;
    EXPECT_DB_ERROR(ErrorKind::Forbidden,
                    Session(server.url(database.login("operator"), "wrong", database.name())).ping(),
                    HasSubstr("password is wrong"));
    EXPECT_DB_ERROR(ErrorKind::Other, Session(server.superuser_url("no_such_database")).ping(),
                    HasSubstr("no_such_database"));
    EXPECT_DB_ERROR(ErrorKind::Other, Session(server.superuser_url()).identity(), HasSubstr("migrations"));
}

TEST(SessionFaults, AConnectionLostWhileIdleIsMadeAnewWithoutAWord) {
    const TestDatabase database;
    Session session(database.operator_url());
    session.ping();
    Sql superuser(database.superuser_url());
    superuser.column("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" +
                     database.login("operator") + "'");
    session.ping();
    EXPECT_EQ(session.identity().login, database.login("operator"));
}

TEST(SessionFaults, ALongStatementIsCancelledFromAnotherThread) {
    const TestDatabase database;
    Session session(database.operator_url());
    session.ping();
    std::thread canceller([&] {
        Sql superuser(database.superuser_url());
        test_support::eventually([&] {
            return superuser.value("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND "
                                   "datname = current_database()") == "1";
        });
        session.cancel();
    });
    const auto start = std::chrono::steady_clock::now();
    EXPECT_DB_ERROR(ErrorKind::Other,
                    session.impl().transact([](pqxx::work &work) { work.exec("SELECT pg_sleep(20)"); }),
                    HasSubstr("cancelled"));
    canceller.join();
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
    session.ping();
}

TEST(SessionFaults, EverySessionHasTimeLimits) {
    const TestDatabase database;
    Session session(database.operator_url());
    session.impl().transact([](pqxx::work &work) {
        EXPECT_STREQ(work.exec1("SHOW statement_timeout")[0].c_str(), "30s");
        EXPECT_STREQ(work.exec1("SHOW lock_timeout")[0].c_str(), "10s");
        EXPECT_STREQ(work.exec1("SHOW idle_in_transaction_session_timeout")[0].c_str(), "1min");
        EXPECT_STREQ(work.exec1("SHOW client_encoding")[0].c_str(), "UTF8");
    });
}

} // namespace

} // namespace studio::db
