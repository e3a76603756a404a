// SPDX-License-Identifier: Apache-2.0
#include "db/provision/migrator.h"
#include "db/stores/public_store.h"
#include "db/stores/revision_store.h"
#include "db/stores/tenant_store.h"
#include "tests/db/fixtures/cutting_proxy.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/eventually.h"
#include "tests/support/sample_site.h"
#include "tests/support/test_database.h"
#include "tests/support/test_server.h"

#include <chrono>
#include <future>
#include <thread>

namespace studio::db {

namespace {

using namespace std::chrono_literals;
using test_support::TestDatabase;
using test_support::TestServer;
using testing::HasSubstr;

constexpr const char *key = "6f1c2c7e-0000-4000-8000-000000000001";
constexpr const char *other_key = "6f1c2c7e-0000-4000-8000-000000000002";

class ServerFaults : public testing::Test {
protected:
    ~ServerFaults() override { TestServer::instance().start(); }

    // Until a statement of the login waits for somebody's lock: it is in the middle then.
    void wait_until_blocked() {
        Sql superuser(database.superuser_url());
        ASSERT_TRUE(test_support::eventually([&] {
            return superuser.value("SELECT count(*) FROM pg_stat_activity WHERE usename = '" +
                                   database.login("operator") +
                                   "' AND wait_event_type ="
                                   " 'Lock' AND datname = current_database()") != "0";
        })) << "nothing waited for a lock";
    }
    std::string live_state() const {
        return Sql(database.owner_url())
            .value("SELECT published_revision || ' ' || (t.theme_config = r.theme_config::jsonb AND "
                   "t.content_config ="
                   " r.content_config::jsonb AND t.photos_config = r.photos_config::jsonb) FROM tenants t "
                   "JOIN revisions r"
                   " ON r.tenant_id = t.id AND r.number = t.published_revision WHERE subdomain = 'ada'");
    }
    std::string through(const CuttingProxy &proxy) const {
        std::string url = database.operator_url();
        const std::string port = ":" + std::to_string(TestServer::instance().port()) + "/";
        return url.replace(url.find(port), port.size(), ":" + std::to_string(proxy.port()) + "/");
    }

    const TestDatabase database{TestDatabase::Tenants::Two};
    const models::TenantId ada = database.tenant_id();
    Session session{database.operator_url()};
    RevisionStore revisions{session};
};

TEST_F(ServerFaults, AServerKilledInTheMiddleOfASaveLeavesNoRevisionAndTheRepeatSavesIt) {
    auto rival = std::make_unique<Sql>(database.owner_url());
    auto open = std::make_unique<pqxx::work>(rival->connection());
    open->exec(
        "INSERT INTO revisions (tenant_id, number, base_number, theme_config, content_config, photos_config)"
        " VALUES ('" +
        ada.text() + "', 2, 1, '{}', '{}', '{}')");
    auto saving = std::async(std::launch::async, [&] {
        return error_of([&] { revisions.save(ada, 1, test_support::valid_documents("Ada"), "mine", key); });
    });
    wait_until_blocked();
    TestServer::instance().kill();
    const auto error = saving.get();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind(), ErrorKind::Unreachable) << error->what();
    TestServer::instance().start();
    EXPECT_EQ(revisions.list(ada).size(), 1U);
    EXPECT_EQ(revisions.save(ada, 1, test_support::valid_documents("Ada"), "mine", key).number, 2);
    EXPECT_EQ(revisions.latest(ada)->documents, test_support::valid_documents("Ada"));
}

TEST_F(ServerFaults, AServerKilledInTheMiddleOfAPublishLeavesThePublishedRevisionWhole) {
    test_support::go_live(session, ada);
    revisions.save(ada, 1, test_support::valid_documents("Ada"), "", key);
    Sql rival(database.owner_url());
    auto open = std::make_unique<pqxx::work>(rival.connection());
    open->exec("SELECT FROM tenants FOR UPDATE");
    auto publishing =
        std::async(std::launch::async, [&] { return error_of([&] { revisions.publish(ada, 2); }); });
    wait_until_blocked();
    TestServer::instance().kill();
    const auto error = publishing.get();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind(), ErrorKind::Unreachable) << error->what();
    EXPECT_THAT(error->what(), HasSubstr("it is unknown"));
    TestServer::instance().start();
    EXPECT_EQ(live_state(), "1 true");
    revisions.publish(ada, 2);
    EXPECT_EQ(live_state(), "2 true");
}

TEST_F(ServerFaults, AServerKilledAtAnyMomentOfPublishingIsLeftInOneStateOrTheOther) {
    test_support::go_live(session, ada);
    revisions.save(ada, 1, test_support::valid_documents("Ada"), "", key);
    for (const auto delay : {5ms, 15ms, 40ms}) {
        auto publishing = std::async(std::launch::async, [&] {
            return error_of([&] {
                for (int number = 0; number < 1000; ++number) {
                    revisions.publish(ada, 1 + number % 2);
                }
            });
        });
        std::this_thread::sleep_for(delay); // time is the subject: the server dies at any moment
        TestServer::instance().kill();
        const auto error = publishing.get();
        ASSERT_TRUE(error);
        EXPECT_EQ(error->kind(), ErrorKind::Unreachable) << error->what();
        TestServer::instance().start();
        EXPECT_THAT(live_state(), testing::AnyOf("1 true", "2 true"));
    }
}

// A database that is copied by PostgreSQL 15's strategy WAL_LOG forgets, when the server is killed, how far
// the template's sequences had counted, and numbers rows a second time.
TEST_F(ServerFaults, ADatabaseMadeFromATemplateNumbersNoRowTwiceAfterAKill) {
    TenantStore(session).rename(ada, "Ada Lark");
    Sql superuser(database.superuser_url());
    const std::string counted = "SELECT last_value >= (SELECT max(id) FROM audit_log) FROM audit_log_id_seq";
    EXPECT_GT(std::stoi(superuser.value("SELECT max(id) FROM audit_log")), 1);
    TestServer::instance().kill();
    TestServer::instance().start();
    EXPECT_EQ(Sql(database.superuser_url()).value(counted), "t");
    TenantStore(session).rename(ada, "Ada Wren");
    EXPECT_EQ(TenantStore(session).find(ada)->name, "Ada Wren");
}

TEST_F(ServerFaults, ASaveWhoseAnswerIsLostIsRepeatedAndSavedOnce) {
    CuttingProxy proxy(TestServer::instance().port());
    Session shaky(through(proxy));
    shaky.ping();
    proxy.arm();
    const auto saved = RevisionStore(shaky).save(ada, 1, test_support::valid_documents("Ada"), "", key);
    EXPECT_EQ(proxy.cuts(), 1);
    EXPECT_EQ(saved.number, 2);
    EXPECT_EQ(revisions.list(ada).size(), 2U);
}

TEST_F(ServerFaults, APublishWhoseAnswerIsLostIsNotRepeatedAndSaysThatItMayHaveHappened) {
    revisions.save(ada, 1, test_support::valid_documents("Ada"), "", other_key);
    CuttingProxy proxy(TestServer::instance().port());
    Session shaky(through(proxy));
    EXPECT_EQ(RevisionStore(shaky).find(ada, 2)->summary.number, 2);
    TenantStore tenants(shaky);
    proxy.arm();
    EXPECT_DB_ERROR(ErrorKind::Unreachable, tenants.rename(ada, "Ada Lark"), HasSubstr("it is unknown"));
    EXPECT_EQ(proxy.cuts(), 1);
    EXPECT_EQ(TenantStore(session).find(ada)->name, "Ada Lark");
    EXPECT_EQ(Sql(database.owner_url())
                  .value("SELECT count(*) FROM audit_log WHERE changes ? 'name' AND action = 'update'"),
              "1");
}

TEST_F(ServerFaults, AStoppedServerIsUnreachableAndComesBack) {
    session.ping();
    TestServer::instance().stop();
    EXPECT_DB_ERROR(ErrorKind::Unreachable, TenantStore(session).list(), HasSubstr("database"));
    TestServer::instance().start();
    EXPECT_EQ(TenantStore(session).list().size(), 2U);
}

// Bytes that no UTF-8 database would take, put there as a broken disk or an old upgrade would: the database
// is declared to check nothing while they are written.
TEST(Damage, DocumentsThatAreNotUtf8AreATypedErrorThatNamesTheTenantAndTheOthersStillCome) {
    const TestDatabase database;
    Session session(database.operator_url());
    TenantStore tenants(session);
    const auto claire = tenants.create({"claire", "Claire", test_support::valid_documents("Claire")});
    const auto sophie = tenants.create({"sophie", "Sophie", test_support::valid_documents("Sophie")});
    test_support::go_live(session, claire.id);
    test_support::go_live(session, sophie.id);
    Sql superuser(TestServer::instance().superuser_url());
    const std::string declare =
        "UPDATE pg_database SET encoding = pg_char_to_encoding('{}') WHERE datname = '" + database.name() +
        "'";
    const auto declared = [&](const std::string &encoding) {
        std::string statement = declare;
        return superuser.done(statement.replace(statement.find("{}"), 2, encoding)).message;
    };
    ASSERT_EQ(declared("SQL_ASCII"), "");
    {
        Sql raw(database.superuser_url() + "?client_encoding=SQL_ASCII");
        ASSERT_EQ(
            raw.done("UPDATE revisions SET content_config = ('{\"name\": \"' || '\xff\xfe' || '\"}')::json"
                     " WHERE tenant_id = '" +
                     claire.id.text() + "'")
                .message,
            "");
    }
    ASSERT_EQ(declared("UTF8"), "");

    Session reader(database.renderer_url());
    const auto message = testing::AllOf(HasSubstr("content"), HasSubstr("claire"), HasSubstr("damaged"));
    EXPECT_DB_ERROR(ErrorKind::Other, RevisionStore(session).latest(claire.id), message);
    EXPECT_DB_ERROR(ErrorKind::Other, tenants.find(claire.id), message);
    EXPECT_DB_ERROR(ErrorKind::Other, PublicStore(reader).active(), message);
    EXPECT_DB_ERROR(ErrorKind::Other, PublicStore(reader).find(claire.id), message);
    std::vector<std::string> found, damaged;
    PublicStore(reader).each_active([&](const PublicTenant &tenant) { found.push_back(tenant.subdomain); },
                                    [&](const Error &error) { damaged.emplace_back(error.what()); });
    EXPECT_THAT(found, testing::ElementsAre("sophie"));
    EXPECT_THAT(damaged, testing::ElementsAre(message));
    EXPECT_EQ(tenants.list().size(), 2U);
}

} // namespace

} // namespace studio::db
