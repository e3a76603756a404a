// SPDX-License-Identifier: Apache-2.0
#include "db/experiments/experiment_store.h"
#include "renderer/jobs/winner_job.h"
#include "tests/db/fixtures/experiment_visitors.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/sample_site.h"
#include "tests/support/test_database.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace studio::renderer {

namespace {

using namespace std::chrono_literals;
using test_support::TestDatabase;

class WinnerJobs : public testing::Test {
protected:
    WinnerJobs() { test_support::go_live(people, ada); }

    // Three weeks old, and clear.
    std::string clear_test(const std::string &name, models::ExperimentElement element,
                           const models::Json &config) {
        models::Experiment test;
        test.tenant_id = ada;
        test.name = name;
        test.element = element;
        test.auto_winner = true;
        test.variants = {{"control", "", 0.5, models::Json::object()}, {"other", "", 0.5, config}};
        const std::string id = experiments.create(test).id;
        experiments.start(id);
        db::Sql owner{database.owner_url()};
        EXPECT_EQ(
            owner
                .done("UPDATE ab_test_phases SET started_at = now() - interval '22 days' WHERE test_id = '" +
                      id + "'")
                .message,
            "");
        EXPECT_EQ(
            owner.done(db::experiment_visitors(ada, id, 21, 300, {{"control", 24}, {"other", 33}})).message,
            "");
        return id;
    }

    const TestDatabase database{TestDatabase::Tenants::Two};
    const models::TenantId ada = database.tenant_id();
    db::Session people{database.operator_url()};
    db::Session service{database.renderer_url()};
    db::ExperimentStore experiments{people};
    const Log log{Log::Level::Error};
};

TEST_F(WinnerJobs, DeclaresEveryHour) {
    WinnerJob job(service, log);
    const std::chrono::steady_clock::time_point start{100h};
    const auto first = clear_test("Layout", models::ExperimentElement::Layout, {{"layout", "modern"}});
    EXPECT_EQ(job.turn(start), 1h);
    EXPECT_EQ(experiments.find(first)->winner, "other");
    const auto second = clear_test("Words", models::ExperimentElement::CallToAction, {{"label", "Ask me"}});
    EXPECT_EQ(job.turn(start + 40min), 20min);
    EXPECT_EQ(experiments.find(second)->winner, "") << "not due yet";
    EXPECT_EQ(job.turn(start + 1h), 1h);
    EXPECT_EQ(experiments.find(second)->winner, "other");
}

TEST_F(WinnerJobs, ADatabaseThatIsAwayIsAskedAgainSooner) {
    db::Session nowhere("postgresql://renderer@127.0.0.1:1/studio?connect_timeout=2");
    WinnerJob job(nowhere, log);
    const std::chrono::steady_clock::time_point start{100h};
    EXPECT_EQ(job.turn(start), 5min);
    EXPECT_EQ(job.turn(start + 1min), 4min);
}

} // namespace

} // namespace studio::renderer
