// SPDX-License-Identifier: Apache-2.0
// What the service measures of itself and of its pages, against PostgreSQL.
#include "db/analytics/analytics_store.h"
#include "db/stores/measurement_store.h"
#include "renderer/jobs/heartbeat.h"
#include "renderer/jobs/page_load_job.h"
#include "tests/db/fixtures/sql.h"
#include "tests/renderer/fixtures/visitor_client.h"
#include "tests/support/test_server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <csignal>

namespace studio::tests {
namespace {

using namespace std::chrono_literals;
using renderer::Heartbeat;
using test_support::TestServer;

const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());

class Measuring : public testing::Test {
protected:
    ~Measuring() override { TestServer::instance().start(); }
    std::string minutes() const {
        return db::Sql(site.database().owner_url())
            .value("SELECT coalesce(string_agg(concat_ws(' ', (extract(epoch FROM now() - minute) / 60)::int "
                   "/ 10, ready,"
                   " answered, failed), ', ' ORDER BY minute), '') FROM service_minutes");
    }

    const LiveSite site;
    const renderer::Log log{renderer::Log::Level::Error};
};

TEST_F(Measuring, MinutesWithoutADatabaseAreKeptAndWrittenWhenItIsBack) {
    const std::int64_t now = renderer::current_minute();
    std::atomic<std::int64_t> minute{now - 35};
    std::atomic<int> beats{0};
    std::atomic<bool> answers{true};
    Heartbeat heart(
        {site.database().renderer_url(), [&] { return answers.load(); },
         [&] {
             ++beats;
             return renderer::Metrics::Answered{static_cast<std::uint64_t>(minute.load() - now + 36), 0};
         },
         [&] { return minute.load(); }, log, 20ms, 20ms});
    const auto beats_more = [&] {
        return eventually([&, before = beats.load()] { return beats > before + 1; });
    };
    ASSERT_TRUE(eventually([&] { return minutes() == "3 t 1 0"; }));
    TestServer::instance().stop();
    minute = now - 25;
    ASSERT_TRUE(beats_more());
    answers = false;
    minute = now - 15;
    ASSERT_TRUE(beats_more());
    TestServer::instance().start();
    EXPECT_TRUE(eventually([&] { return minutes() == "3 t 1 0, 2 t 10 0, 1 f 10 0"; }, 20s)) << minutes();
}

TEST_F(Measuring, AReplicaTellsThatItAnswersAndHowManyItAnswered) {
    ServiceProcess service(site.environment());
    ASSERT_TRUE(service.wait_until_ready());
    for (int i = 0; i < 5; ++i) {
        ASSERT_EQ(fetch(service.port(), "ada.localhost", "/").status, 200);
    }
    service.signal(SIGTERM); // with a last beat
    ASSERT_EQ(service.wait(), 0);
    db::Sql owner(site.database().owner_url());
    EXPECT_EQ(owner.value("SELECT bool_or(ready) FROM service_minutes"), "t");
    EXPECT_EQ(owner.value("SELECT sum(answered) || ' ' || sum(failed) FROM service_minutes"), "5 0");
    EXPECT_EQ(owner.value("SELECT count(DISTINCT replica) FROM service_minutes"), "1");
}

TEST_F(Measuring, TheFiguresFollowVisitsWithinSeconds) {
    ServiceProcess service(behind_proxy(site));
    ASSERT_TRUE(service.wait_until_ready());
    VisitorClient visitor(service.port());
    db::Session people(site.database().operator_url());
    const auto visits = [&] {
        return db::AnalyticsStore(people)
            .totals(site.database().tenant_id(), {today - std::chrono::days(1), today + std::chrono::days(1)},
                    {.source = "direct", .medium = "none"})
            .visits;
    };
    EXPECT_EQ(visits(), 0);
    ASSERT_EQ(visitor.post_events(nlohmann::json::array({event("page_view")})).status, 200);
    EXPECT_TRUE(eventually([&] { return visits() == 1; }, 20s));
}

TEST_F(Measuring, ATenantWhoseFiguresFailIsInTheMetricsAndTriedAgain) {
    db::Sql owner(site.database().owner_url());
    ASSERT_EQ(owner.done("ALTER TABLE dirty_days ADD CONSTRAINT refused CHECK (day IS NULL)").sqlstate, "");
    ServiceProcess service(behind_proxy(site));
    ASSERT_TRUE(service.wait_until_ready());
    VisitorClient visitor(service.port());
    ASSERT_EQ(visitor.post_events(nlohmann::json::array({event("page_view")})).status, 200);
    const auto failures = [&] {
        const std::string text = fetch(service.metrics_port(), "localhost", "/metrics").body;
        const auto at = text.find("\ncompanion_figures_failures_total ");
        return at == std::string::npos ? -1 : std::stoi(text.substr(text.find(' ', at + 1)));
    };
    EXPECT_TRUE(eventually([&] { return failures() > 0; }, 20s)) << failures();
    ASSERT_EQ(owner.done("ALTER TABLE dirty_days DROP CONSTRAINT refused").sqlstate, "");
    EXPECT_TRUE(eventually([&] { return owner.value("SELECT sum(visits) FROM visit_facts") == "1"; }, 20s));
}

TEST_F(Measuring, ATenantWhoseFiguresFailDelaysNobodyElses) {
    db::Sql owner(site.database().owner_url());
    const models::TenantId ada = site.database().tenant_id(), bea = site.database().other_tenant_id();
    const auto visit = [&](const models::TenantId &tenant) {
        return owner.done("INSERT INTO sessions (tenant_id) VALUES ('" + tenant.text() + "')").sqlstate;
    };
    ASSERT_EQ(
        owner.done("ALTER TABLE dirty_days ADD CONSTRAINT refused CHECK (tenant_id <> '" + ada.text() + "')")
            .sqlstate,
        "");
    ServiceProcess service(behind_proxy(site));
    ASSERT_TRUE(service.wait_until_ready());
    ASSERT_EQ(visit(ada), "");
    ASSERT_TRUE(
        eventually([&] { return service.output().find("figures_not_updated") != std::string::npos; }, 20s));
    ASSERT_EQ(visit(bea), "");
    EXPECT_TRUE(eventually(
        [&] {
            return owner.value("SELECT count(*) FROM visit_facts WHERE tenant_id = '" + bea.text() + "'") ==
                   "1";
        },
        4s));
}

TEST_F(Measuring, APageViewsLoadTimeIsInTheSums) {
    ServiceProcess service(behind_proxy(site));
    ASSERT_TRUE(service.wait_until_ready());
    VisitorClient visitor(service.port());
    auto view = event("page_view");
    view["data"] = {{"url", "/"}, {"loadMs", 1234}};
    ASSERT_EQ(visitor.post_events(nlohmann::json::array({view})).status, 200);
    view["data"]["loadMs"] = 600001;
    EXPECT_EQ(visitor.post_events(nlohmann::json::array({view})).status, 400);
    db::Session session(site.database().renderer_url()), people(site.database().operator_url());
    renderer::PageLoadJob job(session, log);
    const std::chrono::steady_clock::time_point start{100h};
    EXPECT_GE(job.turn(start), 5min);
    EXPECT_EQ(db::MeasurementStore(people).page_loads({}, {today - std::chrono::days(1), today}).total_ms,
              1234);
}

} // namespace
} // namespace studio::tests
