// SPDX-License-Identifier: Apache-2.0
// A/B tests as visitors meet them: two replicas of the real program on one real database.
#include "db/experiments/experiment_store.h"
#include "tests/renderer/fixtures/visitor_client.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <pqxx/pqxx>

#include <map>

namespace studio::tests {
namespace {

using nlohmann::json;

constexpr const char *test_id = "7e570000-0000-4000-8000-000000000001";
constexpr const char *first_label = "Ask me now", *second_label = "Say hello first";
const std::vector<std::string> labels{first_label, second_label};

class RunningExperiment : public testing::Test {
protected:
    RunningExperiment() {
        change(
            fmt::format("INSERT INTO ab_tests (id, tenant_id, name, element_type, variants, status) VALUES "
                        "('{}', '{}', 'Words', 'cta', '{}', 'active')",
                        test_id, m_site.database().tenant_id(), variants(0.5)));
        m_one = std::make_unique<ServiceProcess>(behind_proxy(m_site));
        m_other = std::make_unique<ServiceProcess>(behind_proxy(m_site));
    }
    void SetUp() override {
        ASSERT_TRUE(m_one->wait_until_ready()) << m_one->output();
        ASSERT_TRUE(m_other->wait_until_ready()) << m_other->output();
    }
    static std::string variants(double first_weight) {
        return json::array({{{"id", "ask"},
                             {"name", ""},
                             {"weight", first_weight},
                             {"config", {{"label", first_label}}}},
                            {{"id", "hello"},
                             {"name", ""},
                             {"weight", 1 - first_weight},
                             {"config", {{"label", second_label}}}}})
            .dump();
    }
    void change(const std::string &sql) {
        pqxx::connection connection(m_site.database().operator_url());
        pqxx::work work(connection);
        work.exec(sql);
        work.commit();
    }
    static std::string address(int number) {
        return fmt::format("203.0.{}.{}", number / 200, number % 200 + 1);
    }
    static std::string variant(const std::string &label) { return label == first_label ? "ask" : "hello"; }
    std::string reloads() const {
        const std::string metrics = fetch(m_one->metrics_port(), "localhost", "/metrics").body;
        const auto line = metrics.find("\ncompanion_tenant_reloads_total ");
        return metrics.substr(line, metrics.find('\n', line + 1) - line);
    }
    std::string assignments() {
        return value(m_site,
                     fmt::format("SELECT count(*) FROM ab_assignments WHERE test_id = '{}'", test_id));
    }

    LiveSite m_site;
    std::unique_ptr<ServiceProcess> m_one, m_other;
};

TEST_F(RunningExperiment, GivesAVisitorOneVariantOnEveryReplicaWithAndWithoutCookie) {
    std::map<std::string, int> counts;
    for (int i = 0; i < 150; ++i) {
        VisitorClient visitor(m_one->port(), address(i));
        const std::string label = visitor.seen(labels);
        ASSERT_FALSE(label.empty());
        ++counts[label];
        visitor.move_to(m_other->port());
        ASSERT_EQ(visitor.seen(labels), label) << "without cookie";
        if (i % 3 != 0) {
            continue;
        }
        visitor.accept();
        visitor.move_to(fmt::format("192.0.{}.{}", i / 200, i % 200 + 1));
        ASSERT_EQ(visitor.seen(labels), label) << "with the cookie, from another network";
        visitor.move_to(m_one->port());
        ASSERT_EQ(visitor.seen(labels), label);
    }
    EXPECT_NEAR(counts[first_label], 75, 35);
}

TEST_F(RunningExperiment, IsRecordedWhereItWasSeenAndOnlyAsItWasSeen) {
    std::map<std::string, std::string> seen; // by event id
    for (int i = 0; i < 30; ++i) {
        VisitorClient visitor(i % 2 ? m_one->port() : m_other->port(), address(i));
        const std::string right = variant(visitor.seen(labels)), wrong = right == "ask" ? "hello" : "ask";
        const json events = {event("ab_test_assigned", {{"testId", test_id}, {"variantId", right}}),
                             event("ab_test_assigned", {{"testId", test_id}, {"variantId", wrong}}),
                             event("ab_test_assigned", {{"testId", new_id()}, {"variantId", right}})};
        ASSERT_EQ(visitor.post_events(events).status, 200);
        seen[events[0]["id"]] = right;
    }
    EXPECT_EQ(assignments(), "30");
    for (const auto &[id, right] : seen) {
        EXPECT_EQ(value(m_site,
                        fmt::format("SELECT a.variant_id, a.phase FROM events e JOIN ab_assignments a USING "
                                    "(session_id) WHERE e.id = '{}'",
                                    id)),
                  right + "|1");
    }
}

TEST_F(RunningExperiment, OfABotIsNotRecorded) {
    VisitorClient bot(m_one->port(), address(1), "Mozilla/5.0 (compatible; Googlebot/2.1)");
    const std::string right = variant(bot.seen(labels));
    ASSERT_EQ(bot.post_events(nlohmann::json::array(
                                  {event("ab_test_assigned", {{"testId", test_id}, {"variantId", right}})}))
                  .status,
              200);
    EXPECT_EQ(assignments(), "0");
}

TEST_F(RunningExperiment, ThatIsPausedShowsEveryoneTheControlAndRecordsNothing) {
    change(fmt::format("UPDATE ab_tests SET status = 'paused' WHERE id = '{}'", test_id));
    for (const auto *service : {m_one.get(), m_other.get()}) {
        ASSERT_TRUE(
            eventually([&] { return VisitorClient(service->port(), address(0)).seen(labels).empty(); }));
        for (int i = 0; i < 20; ++i) {
            EXPECT_EQ(VisitorClient(service->port(), address(i)).seen(labels), "") << "as published";
        }
    }
    VisitorClient visitor(m_one->port(), address(1));
    for (const char *each : {"ask", "hello"}) {
        ASSERT_EQ(visitor
                      .post_events(json::array(
                          {event("ab_test_assigned", {{"testId", test_id}, {"variantId", each}})}))
                      .status,
                  200);
    }
    EXPECT_EQ(assignments(), "0");
    change(fmt::format("UPDATE ab_tests SET status = 'active' WHERE id = '{}'", test_id));
    EXPECT_TRUE(eventually([&] { return !VisitorClient(m_one->port(), address(0)).seen(labels).empty(); }));
}

TEST_F(RunningExperiment, KeepsThoseBeyondItsTrafficShareOut) {
    const std::string before = reloads();
    change(fmt::format("UPDATE ab_tests SET traffic_share = 0.3 WHERE id = '{}'", test_id));
    ASSERT_TRUE(eventually([&] { return reloads() != before; }));
    // They see the first variant, and whatever their script says of it is not recorded.
    for (int i = 0; i < 60; ++i) {
        VisitorClient visitor(m_one->port(), address(i));
        const json events = {event("ab_test_assigned", {{"testId", test_id}, {"variantId", "ask"}}),
                             event("ab_test_assigned", {{"testId", test_id}, {"variantId", "hello"}})};
        ASSERT_EQ(visitor.post_events(events).status, 200);
    }
    EXPECT_NEAR(std::stoi(assignments()), 18, 14);
}

TEST_F(RunningExperiment, DrawsAnewInAPhaseOfItsOwnWhenItsWeightsChange) {
    std::map<int, std::string> before;
    for (int i = 0; i < 60; ++i) {
        before[i] = VisitorClient(m_one->port(), address(i)).seen(labels);
    }
    change(fmt::format("UPDATE ab_tests SET variants = '{}' WHERE id = '{}'", variants(0.51), test_id));
    EXPECT_TRUE(eventually([&] {
        int differing = 0;
        for (int i = 0; i < 60; ++i) {
            differing += VisitorClient(m_one->port(), address(i)).seen(labels) != before[i];
        }
        return differing > 10;
    }));
    VisitorClient visitor(m_one->port(), address(3));
    const json events = {
        event("ab_test_assigned", {{"testId", test_id}, {"variantId", variant(visitor.seen(labels))}})};
    ASSERT_EQ(visitor.post_events(events).status, 200);
    EXPECT_EQ(value(m_site, "SELECT phase FROM ab_assignments"), "2");
}

TEST_F(RunningExperiment, WithADeclaredWinnerIsOverAndShowsItToEveryone) {
    db::ExperimentStore store(m_site.operator_session());
    const db::Declaration declared = store.declare(test_id, "hello");
    EXPECT_GT(declared.published_revision, 1);
    for (const auto *service : {m_one.get(), m_other.get()}) {
        ASSERT_TRUE(eventually([&] {
            for (int i = 0; i < 30; ++i) {
                if (VisitorClient(service->port(), address(i)).seen(labels) != second_label) {
                    return false;
                }
            }
            return true;
        })) << "both replicas";
    }
    VisitorClient visitor(m_one->port(), address(1));
    const json events = {event("ab_test_assigned", {{"testId", test_id}, {"variantId", "hello"}})};
    ASSERT_EQ(visitor.post_events(events).status, 200);
    EXPECT_EQ(assignments(), "0") << "it is no longer counted";
    EXPECT_EQ(value(m_site, "SELECT status, winner_variant_id FROM ab_tests"), "completed|hello");
}

TEST_F(RunningExperiment, RunsFromItsStartToItsStop) {
    db::ExperimentStore store(m_site.operator_session());
    store.stop(test_id);
    ASSERT_TRUE(eventually([&] { return VisitorClient(m_one->port(), address(0)).seen(labels).empty(); }));
    models::Experiment next;
    next.tenant_id = m_site.database().tenant_id();
    next.name = "Words again";
    next.element = models::ExperimentElement::CallToAction;
    next.variants = models::read_variants(models::Json::parse(variants(0.5)));
    const std::string id = store.create(next).id;
    m_site.publish_tagline("Later than the draft");
    ASSERT_TRUE(eventually(
        [&] { return !VisitorClient(m_one->port(), address(0)).seen({"Later than the draft"}).empty(); }));
    EXPECT_TRUE(VisitorClient(m_one->port(), address(0)).seen(labels).empty()) << "a draft runs nowhere";
    store.start(id);
    EXPECT_TRUE(eventually([&] {
        return !VisitorClient(m_one->port(), address(0)).seen(labels).empty() &&
               !VisitorClient(m_other->port(), address(0)).seen(labels).empty();
    }));
    store.pause(id);
    EXPECT_TRUE(eventually([&] { return VisitorClient(m_one->port(), address(0)).seen(labels).empty(); }));
    store.resume(id);
    EXPECT_TRUE(eventually([&] { return !VisitorClient(m_one->port(), address(0)).seen(labels).empty(); }));
}

} // namespace
} // namespace studio::tests
