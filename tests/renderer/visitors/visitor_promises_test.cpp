// SPDX-License-Identifier: Apache-2.0
// What visitors were promised holds whatever fails: an acknowledged event or booking is there, and
// once.
#include "tests/renderer/fixtures/service_fixture.h"
#include "tests/renderer/fixtures/visitor_traffic.h"
#include "tests/support/standby.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pqxx/pqxx>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numeric>

namespace studio::tests {
namespace {

using namespace std::chrono_literals;
using test_support::TestServer;

// How long the database is away; the full minute takes STUDIO_OUTAGE_SECONDS=60.
std::chrono::seconds outage() {
    const char *wanted = std::getenv("STUDIO_OUTAGE_SECONDS");
    return std::chrono::seconds(wanted ? std::atoi(wanted) : 60);
}

Variables behind_a_proxy(const LiveSite &site) {
    Variables environment = site.environment();
    environment["TRUSTED_PROXIES"] = "127.0.0.1";
    return environment;
}

// As often as each is there.
std::map<std::string, int> stored(const std::string &url, const std::string &sql) {
    pqxx::connection connection(url);
    pqxx::work work(connection);
    std::map<std::string, int> found;
    for (const auto &row : work.exec(sql)) {
        ++found[row[0].c_str()];
    }
    return found;
}

void expect_once(const std::set<std::string> &acknowledged, const std::map<std::string, int> &found,
                 const char *what) {
    int lost = 0, repeated = 0;
    for (const std::string &id : acknowledged) {
        const auto row = found.find(id);
        lost += row == found.end();
        repeated += row != found.end() && row->second > 1;
    }
    EXPECT_EQ(lost, 0) << what << " acknowledged: " << acknowledged.size();
    EXPECT_EQ(repeated, 0) << what;
}

void expect_all_there(const TrafficRecord &record, const std::string &superuser_url) {
    expect_once(record.acknowledged_events, stored(superuser_url, "SELECT id FROM events"), "events");
    expect_once(record.acknowledged_bookings, stored(superuser_url, "SELECT idempotency_key FROM bookings"),
                "bookings");
}

int answers(const std::map<int, int> &counts, int status) {
    const auto found = counts.find(status);
    return found == counts.end() ? 0 : found->second;
}

// Until both kinds came through again since `before`.
bool goes_on(const VisitorTraffic &traffic, const TrafficRecord &before) {
    return eventually(
        [&] {
            const TrafficRecord now = traffic.so_far();
            return now.acknowledged_events.size() > before.acknowledged_events.size() + 50 &&
                   now.acknowledged_bookings.size() > before.acknowledged_bookings.size() + 2;
        },
        60s);
}

TEST(VisitorFaults, ADatabaseThatStopsAndComesBackLosesNothingAcknowledged) {
    LiveSite site;
    ServiceProcess service(behind_a_proxy(site));
    ASSERT_TRUE(service.wait_until_ready());
    VisitorTraffic traffic([&] { return service.port(); });
    ASSERT_TRUE(goes_on(traffic, {}));
    TestServer::instance().stop();
    std::this_thread::sleep_for(outage()); // time is the subject: the database is away for so long
    const TrafficRecord away = traffic.so_far();
    EXPECT_GT(answers(away.event_answers, 503), 0);
    EXPECT_GT(answers(away.booking_answers, 503), 0);
    TestServer::instance().start();
    ASSERT_TRUE(goes_on(traffic, away)) << service.output();
    const TrafficRecord record = traffic.stop();
    EXPECT_EQ(record.page_answers.size(), 1U) << "pages were answered 200 throughout";
    EXPECT_GT(answers(record.page_answers, 200), 100);
    EXPECT_EQ(record.refusals_without_retry_after, 0);
    expect_all_there(record, site.database().superuser_url());
}

TEST(VisitorFaults, AKilledServiceHasLostNothingAcknowledged) {
    LiveSite site;
    auto service = std::make_unique<ServiceProcess>(behind_a_proxy(site));
    ASSERT_TRUE(service->wait_until_ready());
    std::atomic<std::uint16_t> port = service->port();
    VisitorTraffic traffic([&] { return port.load(); });
    for (int i = 0; i < 3; ++i) {
        const TrafficRecord before = traffic.so_far();
        ASSERT_TRUE(goes_on(traffic, before)) << service->output();
        service->signal(SIGKILL);
        service = std::make_unique<ServiceProcess>(behind_a_proxy(site));
        port = service->port();
    }
    ASSERT_TRUE(goes_on(traffic, traffic.so_far())) << service->output();
    expect_all_there(traffic.stop(), site.database().superuser_url());
}

TEST(VisitorFaults, APromotedStandbyHasEverythingAcknowledged) {
    LiveSite site;
    test_support::Standby standby;
    Variables environment = behind_a_proxy(site);
    environment["DATABASE_URL"] = standby.either(site.database().renderer_url());
    ServiceProcess service(environment);
    ASSERT_TRUE(service.wait_until_ready()) << service.output();
    VisitorTraffic traffic([&] { return service.port(); });
    ASSERT_TRUE(goes_on(traffic, {})) << service.output();
    TestServer::instance().kill();
    standby.promote();
    ASSERT_TRUE(goes_on(traffic, traffic.so_far())) << service.output();
    const TrafficRecord record = traffic.stop();
    EXPECT_EQ(record.page_answers.size(), 1U);
    expect_all_there(record, standby.here(site.database().superuser_url()));
}

// Fills both tables with rows, four a page, so that both files end at the same place; the new file size.
std::uint64_t fill_to_the_brim(const LiveSite &site) {
    constexpr int pages = 2200, page_bytes = 8192;
    const models::TenantId tenant = site.database().tenant_id();
    site.force(
        fmt::format("INSERT INTO events (tenant_id, event_type, event_data) SELECT '{}', 'photo_click', "
                    "jsonb_build_object('photoId', repeat('x', 1830)) FROM generate_series(1, {})",
                    tenant, 4 * pages));
    site.force(
        fmt::format("INSERT INTO bookings (tenant_id, client_name, client_email, message) SELECT '{}', "
                    "'Before', 'before@example.com', repeat('x', 1800) FROM generate_series(1, {})",
                    tenant, 4 * pages));
    pqxx::connection connection(site.database().superuser_url());
    pqxx::nontransaction work(connection);
    work.exec("CHECKPOINT"); // what lies in memory only would have nowhere to go
    const auto sizes =
        work.exec1("SELECT pg_relation_size('bookings'), pg_relation_size((SELECT tableoid FROM "
                   "events LIMIT 1)::regclass)");
    EXPECT_EQ(sizes[0].as<int>(), pages * page_bytes);
    EXPECT_EQ(sizes[1].as<int>(), pages * page_bytes);
    return std::uint64_t{pages} * page_bytes;
}

TEST(VisitorFaults, AFullDiskLosesNothingAcknowledgedAndIsForgottenWhenItIsEmptied) {
    LiveSite site;
    const std::uint64_t bytes = fill_to_the_brim(site);
    ServiceProcess service(behind_a_proxy(site));
    ASSERT_TRUE(service.wait_until_ready());
    // Half a page more than there is: the next one is cut off in the middle of its writing.
    TestServer::instance().limit_file_size(bytes + 4096);
    VisitorTraffic traffic([&] { return service.port(); });
    EXPECT_TRUE(eventually(
        [&] {
            const TrafficRecord now = traffic.so_far();
            return answers(now.event_answers, 503) > 50 && answers(now.booking_answers, 503) > 5;
        },
        60s));
    const TrafficRecord full = traffic.so_far();
    EXPECT_THAT(service.output(), testing::HasSubstr("\"sqlstate\":\"53100\"")) << "a full disk it was";
    TestServer::instance().limit_file_size(std::nullopt);
    ASSERT_TRUE(goes_on(traffic, full)) << service.output();
    const TrafficRecord record = traffic.stop();
    EXPECT_EQ(record.page_answers.size(), 1U) << "pages were answered 200 throughout";
    EXPECT_EQ(record.refusals_without_retry_after, 0);
    EXPECT_EQ(answers(record.event_answers, 200) + answers(record.event_answers, 503),
              std::accumulate(record.event_answers.begin(), record.event_answers.end(), 0,
                              [](int sum, const auto &answer) { return sum + answer.second; }));
    expect_all_there(record, site.database().superuser_url());
}

} // namespace
} // namespace studio::tests
