// SPDX-License-Identifier: Apache-2.0
// A companion and a member of the staff with psql do their worst while visitors come, and nobody else
// notices.
#include "tests/renderer/fixtures/hostile_login.h"
#include "tests/renderer/fixtures/visitor_client.h"
#include "tests/renderer/fixtures/visitor_traffic.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace studio::tests {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;

class HostileLogins : public testing::Test {
protected:
    HostileLogins() {
        // The shortest that the platform allows, so that the test is short.
        m_site.force("UPDATE platform_settings SET value = '5' WHERE name LIKE 'longest%'");
    }
    std::vector<std::string> relations() const {
        return rows(m_site, "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                            " AND relkind IN ('r', 'p', 'v')");
    }
    std::string sessions_of_persons() const {
        return fmt::format("SELECT count(*) FROM pg_stat_activity WHERE usename IN ('{}', '{}')",
                           m_site.database().login("ada"), m_site.database().login("staff"));
    }
    bool shows(const ServiceProcess &service, const std::string &text) const {
        return VisitorClient(service.port()).get("/").body.find(text) != std::string::npos;
    }
    void attack(HostileLogin &login) {
        login.hold_tables_and_rows(relations());
        login.hold_the_notifications();
        login.flood_notifications();
        login.compute_for_ever();
        login.take_all_connections();
    }

    LiveSite m_site;
};

// Whatever is answered is answered as on any day; nothing waits until it is refused.
void expect_undisturbed(const TrafficRecord &record) {
    EXPECT_GT(record.acknowledged_events.size(), 100U);
    EXPECT_GT(record.acknowledged_bookings.size(), 5U);
    EXPECT_EQ(record.page_answers.size(), 1U);
    EXPECT_TRUE(record.page_answers.contains(200));
    for (const auto &[status, count] : record.event_answers) {
        EXPECT_EQ(status, 200) << count << " times";
    }
    for (const auto &[status, count] : record.booking_answers) {
        EXPECT_EQ(status, 201) << count << " times";
    }
}

TEST_F(HostileLogins, CannotKeepVisitorsOrAPublishWaiting) {
    ServiceProcess service(behind_proxy(m_site));
    ASSERT_TRUE(service.wait_until_ready());
    ASSERT_TRUE(eventually([&] { return shows(service, "Good company in Sydney"); }));
    ASSERT_EQ(VisitorClient(service.port()).post_events(nlohmann::json::array({event("page_view")})).status,
              200);
    VisitorTraffic traffic([&] { return service.port(); });
    HostileLogin companion(m_site.database().companion_url()), staff(m_site.database().staff_url());
    attack(companion);
    attack(staff);
    EXPECT_LE(std::stoi(value(m_site, sessions_of_persons())), 32) << "sixteen each";
    m_site.publish_tagline("Published in the middle of it");
    EXPECT_TRUE(eventually([&] { return shows(service, "Published in the middle of it"); }, 5s));
    EXPECT_TRUE(
        eventually([&] { return companion.ended_statements() == 2 && staff.ended_statements() == 2; }, 40s))
        << "statements that never end are ended";
    EXPECT_TRUE(eventually([&] {
        return value(m_site, sessions_of_persons() + " AND xact_start IS NOT NULL") == "0";
    })) << "transactions that hold what others need are ended";
    expect_undisturbed(traffic.stop());
    EXPECT_THAT(service.output(), HasSubstr("\"long_sessions_ended\""));
}

// The figures of all tenants are in one table, which everybody may read.
TEST_F(HostileLogins, DelayNoFiguresWhereAMonthIsMissing) {
    m_site.force("UPDATE platform_settings SET value = '60' WHERE name LIKE 'longest%'");
    ServiceProcess service(behind_proxy(m_site));
    ASSERT_TRUE(service.wait_until_ready());
    ASSERT_TRUE(eventually([&] { return service.output().find("\"retention\"") != std::string::npos; }));
    m_site.force(
        "DO $$ DECLARE month regclass; BEGIN FOR month IN SELECT inhrelid::regclass FROM pg_inherits"
        " WHERE inhparent = 'visit_facts'::regclass LOOP EXECUTE format('DROP TABLE %s', month); END LOOP;"
        " END $$");
    HostileLogin companion(m_site.database().companion_url());
    companion.hold_tables_and_rows({"visit_facts"});
    ASSERT_THAT(companion.held(), testing::Contains("visit_facts ACCESS SHARE"));
    ASSERT_EQ(VisitorClient(service.port()).post_events(nlohmann::json::array({event("page_view")})).status,
              200);
    EXPECT_TRUE(eventually([&] { return value(m_site, "SELECT count(*) FROM visit_facts") == "1"; }, 5s));
}

// Where no superuser has taken the functions away, as on a server that somebody else runs.
TEST_F(HostileLogins, WithAdvisoryLocksAreEnded) {
    ServiceProcess service(behind_proxy(m_site));
    ASSERT_TRUE(service.wait_until_ready());
    m_site.force("GRANT EXECUTE ON FUNCTION pg_advisory_lock(bigint) TO PUBLIC");
    HostileLogin companion(m_site.database().companion_url());
    companion.hold_advisory_locks();
    EXPECT_TRUE(
        eventually([&] { return service.output().find("long_sessions_ended") != std::string::npos; }, 20s));
    EXPECT_TRUE(eventually(
        [&] { return value(m_site, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == "0"; }));
}

// What cannot be held needs no ending.
TEST_F(HostileLogins, LockNoTableThatAnybodyElseWrites) {
    for (const std::string &url : {m_site.database().companion_url(), m_site.database().staff_url()}) {
        HostileLogin login(url);
        login.hold_tables_and_rows(relations());
        std::vector<std::string> more;
        for (const std::string &held : login.held()) {
            if (!held.ends_with(" ACCESS SHARE") && held != "bookings rows") { // which staff moderate
                more.push_back(held);
            }
        }
        EXPECT_THAT(more, IsEmpty());
    }
}

TEST_F(HostileLogins, FillNeitherTheDiskNorTheTableOfLocks) {
    for (const std::string &url : {m_site.database().companion_url(), m_site.database().staff_url()}) {
        HostileLogin login(url);
        EXPECT_THAT(login.refusal_of("SELECT lo_create(0)"), HasSubstr("permission denied"));
        EXPECT_THAT(login.refusal_of("SELECT lo_from_bytea(0, 'x')"), HasSubstr("permission denied"));
        EXPECT_THAT(login.refusal_of("SELECT pg_advisory_lock(n) FROM generate_series(1, 1000000) AS n"),
                    HasSubstr("permission denied"));
        EXPECT_THAT(login.refusal_of("SELECT pg_try_advisory_xact_lock_shared(1)"),
                    HasSubstr("permission denied"));
        EXPECT_THAT(login.refusal_of("CREATE TEMPORARY TABLE mine (id int)"), HasSubstr("permission denied"));
        EXPECT_THAT(login.refusal_of("CREATE TABLE mine (id int)"), HasSubstr("permission denied"));
        EXPECT_THAT(login.refusal_of("SET temp_file_limit = -1"), HasSubstr("permission denied"));
        EXPECT_THAT(login.refusal_of("SET work_mem = '64kB'; SELECT n FROM generate_series(1, 100000000) AS n"
                                     " ORDER BY md5(n::text)"),
                    HasSubstr("temp_file_limit"));
    }
}

// What companions may add themselves has a limit for each day, and a statement is refused before it has
// written more.
TEST_F(HostileLogins, FillTheDiskWithNeitherRevisionsNorLinksNorTheirTraces) {
    HostileLogin companion(m_site.database().companion_url());
    const std::string counts = "SELECT (SELECT count(*) FROM revisions) + (SELECT count(*) FROM share_links)"
                               " + (SELECT count(*) FROM audit_log)";
    const std::string before = value(m_site, counts);
    const auto save = [&](int many, int letters) {
        return companion.refusal_of(fmt::format(
            "INSERT INTO revisions (tenant_id, number, base_number, theme_config, content_config, "
            "photos_config)"
            " SELECT a.tenant_id, last + n, last + n - 1, text::json, text::json, text::json"
            " FROM studio_account() a, (SELECT max(number) AS last FROM revisions) r,"
            " (SELECT '{{\"x\": \"' || coalesce(string_agg(md5(random()::text), ''), '') || '\"}}' AS text"
            " FROM generate_series(1, {} / 32)) t, generate_series(1, {}) AS n",
            letters, many));
    };
    EXPECT_THAT(save(501, 0), HasSubstr("at most 500 revisions and 100 MB in a day"));
    EXPECT_THAT(save(50, 1000000), HasSubstr("at most 500 revisions and 100 MB in a day"));
    EXPECT_THAT(companion.refusal_of("INSERT INTO share_links (tenant_id, token_hash, expires_at)"
                                     " SELECT tenant_id, sha256(n::text::bytea), now() + interval '1 hour'"
                                     " FROM studio_account(), generate_series(1, 101) AS n"),
                HasSubstr("at most 100 open share links"));
    EXPECT_THAT(
        companion.refusal_of(
            "DO $$ DECLARE link uuid; BEGIN FOR n IN 1 .. 2600 LOOP"
            " INSERT INTO share_links (tenant_id, token_hash, expires_at)"
            " SELECT tenant_id, sha256(n::text::bytea), now() + interval '1 hour' FROM studio_account()"
            " RETURNING id INTO link;"
            " PERFORM share_link_revoke(link); END LOOP; END $$"),
        HasSubstr("at most 5000 changes in a day"));
    EXPECT_EQ(value(m_site, counts), before);
    EXPECT_EQ(save(1, 0), "") << "what a person does in a day is far from that";
}

} // namespace
} // namespace studio::tests
