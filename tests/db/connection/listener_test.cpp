// SPDX-License-Identifier: Apache-2.0
#include "db/connection/listener.h"
#include "db/stores/revision_store.h"
#include "db/stores/tenant_store.h"
#include "tests/db/fixtures/expect_error.h"
#include "tests/support/sample_site.h"
#include "tests/support/test_database.h"
#include "tests/support/test_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace studio::db {

namespace {

using namespace std::chrono_literals;
using test_support::TestDatabase;
using test_support::TestServer;

// What a listener told, in order: "+" connected, "-" disconnected, "!" notified.
class Story final {
public:
    Listener::Handlers handlers() {
        return {[this] { add("!"); }, [this] { add("+"); }, [this](const std::string &) { add("-"); }};
    }
    // Whether `count` lines of this text came within ten seconds.
    bool waits_for(const std::string &line, long count) {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, 10s,
                                  [&] { return std::count(m_lines.begin(), m_lines.end(), line) >= count; });
    }
    long count(const std::string &line) {
        const std::lock_guard lock(m_mutex);
        return std::count(m_lines.begin(), m_lines.end(), line);
    }

private:
    void add(const std::string &line) {
        const std::lock_guard lock(m_mutex);
        m_lines.push_back(line);
        m_changed.notify_all();
    }
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<std::string> m_lines;
};

TEST(Listening, EveryPublicChangeIsToldOnceAndADraftIsNot) {
    const TestDatabase database(TestDatabase::Tenants::Two);
    const models::TenantId ada = database.tenant_id();
    Story story;
    const Listener listener(database.renderer_url(), tenant_changed_channel, story.handlers());
    ASSERT_TRUE(story.waits_for("+", 1));
    Session session(database.operator_url());
    TenantStore tenants(session);
    RevisionStore(session).save(ada, 1, test_support::valid_documents("Ada"), "",
                                "6f1c2c7e-0000-4000-8000-000000000001");
    test_support::go_live(session, ada); // the releases of its two photos, publish, and status
    ASSERT_TRUE(story.waits_for("!", 4));
    tenants.rename(ada, "Ada Lark");
    ASSERT_TRUE(story.waits_for("!", 5));
    tenants.set_custom_domain(ada, "ada-example.com");
    ASSERT_TRUE(story.waits_for("!", 6));
    tenants.rename(ada, "Ada Lark"); // nothing changes
    tenants.set_status(database.other_tenant_id(), models::TenantStatus::Inactive);
    ASSERT_TRUE(story.waits_for("!", 7));
    EXPECT_EQ(story.count("!"), 7);
}

TEST(Listening, ReconnectsAfterARestartAndSaysSoThatItsOwnerCatchesUp) {
    const TestDatabase database(TestDatabase::Tenants::Two);
    Story story;
    const Listener listener(database.renderer_url(), tenant_changed_channel, story.handlers());
    ASSERT_TRUE(story.waits_for("+", 1));
    for (int round = 1; round <= 2; ++round) {
        if (round == 1) {
            TestServer::instance().kill();
        } else {
            TestServer::instance().stop();
        }
        ASSERT_TRUE(story.waits_for("-", round));
        TestServer::instance().start();
        ASSERT_TRUE(story.waits_for("+", round + 1));
        Session session(database.operator_url());
        TenantStore(session).rename(database.tenant_id(), "Ada " + std::to_string(round));
        ASSERT_TRUE(story.waits_for("!", round));
    }
}

TEST(Listening, StopsWithinHalfASecondWhetherItIsConnectedOrWaitsForAServerThatNeverAnswers) {
    const TestDatabase database;
    Story story;
    auto connected =
        std::make_unique<Listener>(database.renderer_url(), tenant_changed_channel, story.handlers());
    ASSERT_TRUE(story.waits_for("+", 1));

    const int silent = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    ASSERT_EQ(bind(silent, generic, length), 0);
    ASSERT_EQ(listen(silent, 8), 0);
    ASSERT_EQ(getsockname(silent, generic, &length), 0);
    Story nothing;
    auto waiting = std::make_unique<Listener>(
        "postgresql://u@127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/x", tenant_changed_channel,
        nothing.handlers());
    const int taken = accept(silent, nullptr, nullptr);
    ASSERT_GE(taken, 0);

    for (auto *listener : {&connected, &waiting}) {
        const auto start = std::chrono::steady_clock::now();
        listener->reset();
        EXPECT_LT(std::chrono::steady_clock::now() - start, 700ms);
    }
    close(taken);
    close(silent);
}

} // namespace

} // namespace studio::db
