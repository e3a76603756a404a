// SPDX-License-Identifier: Apache-2.0
// Events while the database goes and comes, and while the service is told to stop.
#include "tests/renderer/fixtures/visitor_client.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <mutex>

namespace studio::tests {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using test_support::TestServer;

// Visitors who post all the time until they are told to stop, and remember which events were acknowledged.
class Load final {
public:
    explicit Load(std::uint16_t port) {
        for (int i = 0; i < 4; ++i) {
            m_threads.emplace_back([this, port, i] { post(port, i); });
        }
    }
    ~Load() { stop(); }
    void stop() {
        m_stopping = true;
        for (std::thread &thread : m_threads) {
            if (thread.joinable()) {
                thread.join();
            }
        }
    }
    std::vector<std::string> acknowledged() {
        const std::scoped_lock lock(m_mutex);
        return m_acknowledged;
    }
    int unavailable() const { return m_unavailable; }
    int others() const { return m_others; }

private:
    void post(std::uint16_t port, int number) {
        while (!m_stopping) {
            VisitorClient visitor(port, fmt::format("203.0.113.{}", number + 1));
            const json events = {event("email_click"), event("phone_click"), event("email_click")};
            try {
                const RawReply reply = visitor.post("/api/events", json{{"events", events}}.dump());
                if (reply.status == 200) {
                    const std::scoped_lock lock(m_mutex);
                    for (const json &each : events) {
                        m_acknowledged.push_back(each["id"]);
                    }
                } else if (reply.status == 503 && !reply.field("retry-after").empty()) {
                    ++m_unavailable;
                } else {
                    ++m_others;
                }
            } catch (const std::exception &) {    // the service has stopped
                std::this_thread::sleep_for(5ms); // time is the subject: a browser tries again at this pace
            }
        }
    }

    std::atomic<bool> m_stopping{false};
    std::atomic<int> m_unavailable{0}, m_others{0};
    std::mutex m_mutex;
    std::vector<std::string> m_acknowledged;
    std::vector<std::thread> m_threads;
};

// Of the ids those that are not in the database exactly once.
int missing(const LiveSite &site, const std::vector<std::string> &ids) {
    std::string list;
    for (const std::string &id : ids) {
        list.append(list.empty() ? "" : ",").append(id);
    }
    return std::stoi(
        value(site, fmt::format("SELECT count(*) FROM unnest('{{{}}}'::uuid[]) AS want (id) WHERE (SELECT "
                                "count(*) FROM events e WHERE e.id = want.id) <> 1",
                                list)));
}

TEST(VisitorEvents, AreKeptThroughAnOutageOnceAcknowledged) {
    LiveSite site;
    ServiceProcess service(behind_proxy(site));
    ASSERT_TRUE(service.wait_until_ready());
    Load load(service.port());
    ASSERT_TRUE(eventually([&] { return load.acknowledged().size() > 100; }));
    TestServer::instance().kill();
    const int before = load.unavailable();
    EXPECT_TRUE(eventually([&] { return load.unavailable() > before + 20; }, 20s));
    EXPECT_EQ(VisitorClient(service.port()).get("/").status, 200) << "pages are served all the while";
    TestServer::instance().start();
    const auto after = load.acknowledged().size();
    EXPECT_TRUE(eventually([&] { return load.acknowledged().size() > after + 100; }, 30s))
        << service.output();
    load.stop();
    EXPECT_EQ(load.others(), 0);
    EXPECT_EQ(missing(site, load.acknowledged()), 0);
}

TEST(VisitorEvents, AreStoredBeforeTheServiceEndsWhereTheyWereAcknowledged) {
    LiveSite site;
    ServiceProcess service(behind_proxy(site));
    ASSERT_TRUE(service.wait_until_ready());
    Load load(service.port());
    ASSERT_TRUE(eventually([&] { return load.acknowledged().size() > 200; }));
    service.signal(SIGTERM);
    EXPECT_EQ(service.wait(), 0) << service.output();
    load.stop();
    EXPECT_EQ(load.others(), 0);
    EXPECT_EQ(missing(site, load.acknowledged()), 0);
}

TEST(VisitorEvents, AreThereAfterTheServiceWasKilled) {
    LiveSite site;
    ServiceProcess service(behind_proxy(site));
    ASSERT_TRUE(service.wait_until_ready());
    Load load(service.port());
    ASSERT_TRUE(eventually([&] { return load.acknowledged().size() > 200; }));
    service.signal(SIGKILL);
    service.wait();
    load.stop();
    EXPECT_EQ(missing(site, load.acknowledged()), 0);
}

TEST(VisitorEvents, OfBotsPagesAreWrittenWhenTheServiceEnds) {
    LiveSite site;
    {
        ServiceProcess service(behind_proxy(site));
        ASSERT_TRUE(service.wait_until_ready());
        const VisitorClient bot(service.port(), "192.0.2.1", "Mozilla/5.0 (compatible; AhrefsBot/7.0)");
        for (int i = 0; i < 5; ++i) {
            bot.get("/");
        }
        ASSERT_TRUE(eventually([&] {
            return fetch(service.metrics_port(), "localhost", "/metrics")
                       .body.find("companion_bot_pages_total{class=\"seo\"} 5") != std::string::npos;
        }));
        service.signal(SIGTERM);
        EXPECT_EQ(service.wait(), 0);
    }
    EXPECT_EQ(
        value(site,
              "SELECT tenant_id, bot_class, hits, day = (now() AT TIME ZONE 'UTC')::date FROM bot_visits"),
        fmt::format("{}|seo|5|t", site.database().tenant_id()));
}

TEST(VisitorSalt, IsSharedByReplicasSoThatAVisitIsOneVisit) {
    LiveSite site;
    ServiceProcess one(behind_proxy(site)), other(behind_proxy(site));
    ASSERT_TRUE(one.wait_until_ready());
    ASSERT_TRUE(other.wait_until_ready());
    VisitorClient visitor(one.port(), "203.0.113.5");
    ASSERT_EQ(visitor.post_events(nlohmann::json::array({event("email_click")})).status, 200);
    visitor.move_to(other.port());
    ASSERT_EQ(visitor.post_events(nlohmann::json::array({event("email_click")})).status, 200);
    EXPECT_EQ(value(site, "SELECT count(*) FROM sessions"), "1");
    EXPECT_EQ(value(site, "SELECT count(*) FROM visitor_salts"), "1");
}

} // namespace
} // namespace studio::tests
