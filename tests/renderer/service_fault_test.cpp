// SPDX-License-Identifier: Apache-2.0
// The service while the world round it changes: publishes, a database that goes and comes, signals, a second
// replica.
#include "db/stores/tenant_store.h"
#include "tests/renderer/fixtures/service_fixture.h"
#include "tests/support/sample_site.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pqxx/pqxx>

#include <csignal>
#include <fstream>
#include <vector>

namespace studio::tests {
namespace {

using namespace std::chrono_literals;
using test_support::TestServer;
using testing::HasSubstr;
using testing::Not;

bool shows(const ServiceProcess &service, const std::string &text, std::string_view host = "ada.localhost") {
    return fetch(service.port(), host, "/").body.find(text) != std::string::npos;
}

// So that what one connection was answered shows that the others were read.
Variables with_one_thread(const LiveSite &site) {
    Variables environment = site.environment();
    environment["HTTP_THREADS"] = "1";
    return environment;
}

TEST(Publish, IsSeenWithinATenthOfASecond) {
    LiveSite site;
    ServiceProcess service(site.environment());
    ASSERT_TRUE(service.wait_until_ready());
    ASSERT_TRUE(shows(service, "Good company in Sydney"));
    auto best = 1000ms;
    for (int i = 0; i < 5; ++i) {
        const std::string tagline = "Tagline number " + std::to_string(i);
        site.publish_tagline(tagline);
        const auto committed = std::chrono::steady_clock::now();
        ASSERT_TRUE(eventually([&] { return shows(service, tagline); }, 5s));
        best = std::min(best, std::chrono::duration_cast<std::chrono::milliseconds>(
                                  std::chrono::steady_clock::now() - committed));
    }
    // The best of five: other work on the machine delays it, a poll would never be this fast.
    EXPECT_LT(best, 100ms);
}

TEST(Publish, ChangesTheEtagAndTheLandingPage) {
    LiveSite site;
    ServiceProcess service(site.environment());
    ASSERT_TRUE(service.wait_until_ready());
    const std::string etag = fetch(service.port(), "ada.localhost", "/").field("etag");
    fetch(service.port(), "localhost", "/");
    site.publish_tagline("A wholly new line");
    EXPECT_TRUE(eventually([&] {
        return fetch(service.port(), "ada.localhost", "/", {{"If-None-Match", etag}}).status == 200;
    }));
    EXPECT_TRUE(eventually([&] { return shows(service, "A wholly new line", "localhost"); }));
}

TEST(Publish, IsNotASave) {
    LiveSite site;
    ServiceProcess service(site.environment());
    ASSERT_TRUE(service.wait_until_ready());
    site.save_draft_tagline("Only a draft");
    test_support::go_live(site.operator_session(), site.database().other_tenant_id());
    ASSERT_TRUE(eventually([&] { return fetch(service.port(), "bea.localhost", "/").status == 200; }));
    EXPECT_FALSE(shows(service, "Only a draft")) << "although what was done later is seen";
}

TEST(StatusAndDomain, AreFollowedAtOnce) {
    LiveSite site;
    ServiceProcess service(site.environment());
    ASSERT_TRUE(service.wait_until_ready());
    EXPECT_EQ(fetch(service.port(), "ada.example.org", "/").status, 404);
    site.set_domain("ada.example.org");
    EXPECT_TRUE(eventually([&] { return fetch(service.port(), "ada.example.org", "/").status == 200; }));
    db::TenantStore(site.operator_session())
        .set_status(site.database().tenant_id(), models::TenantStatus::Inactive);
    EXPECT_TRUE(eventually([&] { return fetch(service.port(), "ada.localhost", "/").status == 404; }));
    EXPECT_EQ(fetch(service.port(), "ada.example.org", "/").status, 404);
    db::TenantStore(site.operator_session())
        .set_status(site.database().tenant_id(), models::TenantStatus::Active);
    EXPECT_TRUE(eventually([&] { return fetch(service.port(), "ada.localhost", "/").status == 200; }));
}

TEST(Replicas, FollowOneDatabaseEach) {
    LiveSite site;
    ServiceProcess first(site.environment()), second(site.environment());
    ASSERT_TRUE(first.wait_until_ready());
    ASSERT_TRUE(second.wait_until_ready());
    EXPECT_EQ(fetch(first.port(), "ada.localhost", "/privacy").body.empty(), false);
    site.publish_tagline("Seen by both");
    EXPECT_TRUE(eventually([&] { return shows(first, "Seen by both") && shows(second, "Seen by both"); }));
}

TEST(Database, MayComeAfterTheService) {
    LiveSite site;
    TestServer::instance().stop();
    ServiceProcess service(site.environment());
    EXPECT_EQ(fetch(service.port(), "localhost", "/healthz").status, 200);
    EXPECT_EQ(fetch(service.port(), "localhost", "/readyz").status, 503);
    const RawReply page = fetch(service.port(), "ada.localhost", "/");
    EXPECT_EQ(page.status, 503);
    EXPECT_TRUE(page.has("retry-after"));
    const auto times_said = [&](const std::string &event) {
        const std::string log = service.output(), wanted = "\"event\":\"" + event + "\"";
        int count = 0;
        for (std::size_t at = log.find(wanted); at != std::string::npos; at = log.find(wanted, at + 1)) {
            ++count;
        }
        return count;
    };
    EXPECT_TRUE(eventually([&] { return times_said("database_not_reached") == 1; })) << service.output();
    std::this_thread::sleep_for(1s); // time is the subject: further attempts are made, and nothing tells them
    EXPECT_EQ(times_said("database_not_reached"), 1) << service.output();
    EXPECT_EQ(times_said("database_lost"), 0);
    TestServer::instance().start();
    EXPECT_TRUE(service.wait_until_ready()) << service.output();
    EXPECT_TRUE(eventually([&] { return times_said("database_connected") == 1; })) << service.output();
    EXPECT_TRUE(shows(service, "Good company in Sydney"));
}

TEST(Database, ThatComesLaterIsAskedForThePlatformsDomainAllTheSame) {
    LiveSite site;
    site.force("UPDATE platform_settings SET value = 'example.test' WHERE name = 'platform_domain'");
    Variables environment = site.environment();
    environment["PLATFORM_DOMAIN"] = "other.test";
    TestServer::instance().stop();
    ServiceProcess service(environment); // listens after it has waited for a while
    EXPECT_EQ(fetch(service.port(), "other.test", "/healthz").status, 200);
    TestServer::instance().start();
    EXPECT_EQ(service.wait(30s), 2);
    const auto says = [&](const char *words) {
        return eventually([&] { return service.output().find(words) != std::string::npos; });
    };
    EXPECT_TRUE(says("platform_domain_differs")) << service.output();
    EXPECT_TRUE(says("PLATFORM_DOMAIN: is other.test, but the platform of this database is example.test"))
        << service.output();
}

TEST(Database, MayBeKilledWhileKnownPagesAreServed) {
    LiveSite site;
    ServiceProcess service(site.environment());
    ASSERT_TRUE(service.wait_until_ready());
    ASSERT_TRUE(shows(service, "Good company in Sydney"));
    site.force("CHECKPOINT"); // the test server does not sync its writes
    TestServer::instance().kill();
    for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(fetch(service.port(), "ada.localhost", "/").status, 200);
        EXPECT_EQ(fetch(service.port(), "ada.localhost", "/privacy").status, 200) << "not rendered before";
    }
    EXPECT_EQ(fetch(service.port(), "localhost", "/readyz").status, 200);
    EXPECT_EQ(fetch(service.port(), "preview-ada.localhost", "/?share=aaaaaaaaaaaaaaaaaaaa").status, 503);
    EXPECT_TRUE(eventually([&] {
        return fetch(service.metrics_port(), "x", "/metrics").body.find("companion_database_connected 0") !=
               std::string::npos;
    }));
    TestServer::instance().start();
    site.operator_session() = db::Session(site.database().operator_url());
    // Published before the service is back: no notification reaches it, the comparison does.
    site.publish_tagline("Published after the storm");
    EXPECT_TRUE(eventually([&] { return shows(service, "Published after the storm"); }, 20s))
        << service.output();
    site.publish_tagline("And notified again");
    EXPECT_TRUE(eventually([&] { return shows(service, "And notified again"); }));
}

TEST(DamagedDocuments, HarmNobodyElse) {
    LiveSite site;
    test_support::go_live(site.operator_session(), site.database().other_tenant_id());
    ServiceProcess service(site.environment());
    ASSERT_TRUE(service.wait_until_ready());
    ASSERT_TRUE(shows(service, "Good company in Sydney"));
    site.publish_tagline("The last good one");
    ASSERT_TRUE(eventually([&] { return shows(service, "The last good one"); }));
    // Past every check of the schema: what is no document at all.
    const models::TenantId ada = site.database().tenant_id();
    site.force("ALTER TABLE revisions DROP CONSTRAINT revisions_are_objects");
    site.force("UPDATE revisions SET theme_config = '[]', content_config = '\"text\"', photos_config = '7' "
               "WHERE tenant_id = '" +
               ada.text() + "'");
    site.force("UPDATE tenants SET name = 'Changed' WHERE id = '" + ada.text() + "'");
    site.force("UPDATE tenant_versions SET version = version + 1");
    site.force("NOTIFY tenant_changed");
    ASSERT_TRUE(eventually([&] { return service.output().find(ada.text()) != std::string::npos; }));
    EXPECT_TRUE(shows(service, "The last good one"));
    EXPECT_EQ(fetch(service.port(), "bea.localhost", "/").status, 200);

    ServiceProcess fresh(site.environment());
    ASSERT_TRUE(fresh.wait_until_ready()) << fresh.output();
    EXPECT_EQ(fetch(fresh.port(), "bea.localhost", "/").status, 200);
    EXPECT_EQ(fetch(fresh.port(), "ada.localhost", "/").status, 503) << "she is not unknown";
}

TEST(Sigterm, FinishesARequestInFlightAndExitsWithZero) {
    LiveSite site;
    ServiceProcess service(with_one_thread(site));
    ASSERT_TRUE(service.wait_until_ready());
    RawClient half(service.port()), idle(service.port());
    half.send("GET / HTTP/1.1\r\nHost: ada.local");
    idle.send(request_text("GET", "/healthz", "x"));
    ASSERT_TRUE(idle.receive()) << "the thread has read what came before";
    service.signal(SIGTERM);
    EXPECT_TRUE(idle.closes_within(3s));
    half.send("host\r\n\r\n");
    const auto reply = half.receive();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 200);
    EXPECT_THAT(reply->body, HasSubstr("Good company in Sydney"));
    EXPECT_EQ(reply->field("connection"), "close");
    EXPECT_EQ(service.wait(12s), 0) << service.output();
    EXPECT_THAT(service.output(), HasSubstr("\"event\":\"stopped\""));
}

TEST(Sigterm, EndsWithinItsBoundWhateverClientsDo) {
    LiveSite site;
    ServiceProcess service(with_one_thread(site));
    ASSERT_TRUE(service.wait_until_ready());
    RawClient stuck(service.port());
    stuck.send("GET / HTTP/1.1\r\n");
    ASSERT_EQ(fetch(service.port(), "x", "/healthz").status, 200) << "the thread has read what came before";
    service.signal(SIGTERM);
    EXPECT_EQ(service.wait(14s), 0) << service.output();
}

TEST(BadEnvironment, IsNamedAndEndsWithTwo) {
    const FailedStart none = start_in_vain({});
    EXPECT_EQ(none.exit_code, 2);
    EXPECT_THAT(none.output, HasSubstr("DATABASE_URL"));
    const FailedStart address =
        start_in_vain({{"DATABASE_URL", "postgresql:///x"}, {"LISTEN_ADDRESS", "nowhere"}});
    EXPECT_EQ(address.exit_code, 2);
    EXPECT_THAT(address.output, HasSubstr("LISTEN_ADDRESS"));
}

TEST(BadEnvironment, SaysWhereAPortIsTaken) {
    LiveSite site;
    ServiceProcess service(site.environment());
    Variables environment = site.environment();
    environment["LISTEN_ADDRESS"] = "127.0.0.1:" + std::to_string(service.port());
    const FailedStart second = start_in_vain(environment);
    EXPECT_EQ(second.exit_code, 1);
    EXPECT_THAT(second.output, HasSubstr("LISTEN_ADDRESS: cannot listen on 127.0.0.1:"));
}

// The server and all its sessions stand still while this lives, as on a machine whose disk does not answer.
class HangingDatabase final {
public:
    explicit HangingDatabase(const LiveSite &site) {
        pqxx::connection connection(site.database().superuser_url());
        pqxx::nontransaction work(connection);
        for (const auto &row : work.exec("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()")) {
            m_processes.push_back(row[0].as<pid_t>());
        }
        std::ifstream file(work.exec1("SHOW data_directory")[0].c_str() + std::string("/postmaster.pid"));
        pid_t server = 0;
        if (!(file >> server)) {
            throw std::runtime_error("the server's process is not known");
        }
        m_processes.push_back(server);
        signal_all(SIGSTOP);
    }
    ~HangingDatabase() { signal_all(SIGCONT); }
    HangingDatabase(const HangingDatabase &) = delete;
    HangingDatabase &operator=(const HangingDatabase &) = delete;

private:
    void signal_all(int number) const {
        for (const pid_t process : m_processes) {
            ::kill(process, number);
        }
    }
    std::vector<pid_t> m_processes;
};

TEST(Stopping, EndsWithinTenSecondsWhileTheDatabaseHangs) {
    LiveSite site;
    ServiceProcess service(site.environment());
    ASSERT_TRUE(service.wait_until_ready());
    const HangingDatabase hanging(site);
    RawClient visitor(service.port());
    const std::string body =
        R"({"events":[{"id":"7e570000-0000-4000-8000-000000000001","type":"page_view"}]})";
    visitor.send(request_text("POST", "/api/events", "ada.localhost",
                              {{"Content-Type", "application/json"},
                               {"Content-Length", std::to_string(body.size())}}) +
                 body);
    ASSERT_FALSE(visitor.receive(1s)) << "nothing is acknowledged that is not written";
    const auto asked = std::chrono::steady_clock::now();
    service.signal(SIGTERM);
    EXPECT_EQ(service.wait(20s), 0);
    EXPECT_LT(std::chrono::steady_clock::now() - asked, 10s);
    EXPECT_THAT(service.output(), HasSubstr("stopped_by_deadline"));
}

} // namespace
} // namespace studio::tests
