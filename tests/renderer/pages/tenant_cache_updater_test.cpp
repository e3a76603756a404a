// SPDX-License-Identifier: Apache-2.0
#include "db/stores/tenant_store.h"
#include "renderer/pages/tenant_cache_updater.h"
#include "tests/db/fixtures/sql.h"
#include "tests/renderer/fixtures/service_fixture.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace studio::tests {
namespace {

using namespace std::chrono_literals;

class SilentDatabase : public testing::Test {
protected:
    SilentDatabase() {
        m_context.platform_domain = "localhost";
        m_context.scheme = "http";
    }
    bool runs_a_test() const {
        const auto directory = m_holder.current();
        const renderer::TenantSite *site = directory ? directory->find("ada.localhost") : nullptr;
        return site && site->tests().any();
    }

    std::string name_shown() const {
        const auto directory = m_holder.current();
        const renderer::TenantSite *site = directory ? directory->find("ada.localhost") : nullptr;
        return site ? site->name() : "";
    }

    LiveSite m_site;
    renderer::SiteContext m_context;
    renderer::DirectoryHolder m_holder;
    const renderer::Log m_log{renderer::Log::Level::Error};
};

// As after a notification that was lost: no trigger tells of what force() changes.
TEST_F(SilentDatabase, IsComparedSoThatEveryChangeOfATestIsFoundAnyway) {
    const renderer::TenantCacheUpdater updater(m_site.database().renderer_url(), m_context, m_holder, m_log,
                                               50ms);
    ASSERT_TRUE(eventually([&] { return m_holder.current() != nullptr; }));
    EXPECT_FALSE(runs_a_test());
    m_site.force(fmt::format(
        "INSERT INTO ab_tests (id, tenant_id, name, element_type, variants, status, definition_hash) VALUES "
        "('7e570000-0000-4000-8000-000000000001', '{}', 'Words', 'cta', '{}', 'active', 'one');"
        "UPDATE tenant_versions SET version = version + 1",
        m_site.database().tenant_id(),
        R"([{"id":"a","name":"","weight":0.5,"config":{}},{"id":"b","name":"","weight":0.5,"config":{"label":"B"}}])"));
    EXPECT_TRUE(eventually([&] { return runs_a_test(); }));
    m_site.force("UPDATE ab_tests SET status = 'paused'; UPDATE tenant_versions SET version = version + 1");
    EXPECT_TRUE(eventually([&] { return !runs_a_test(); }));
}

// Nobody changes anything when a release's last day is over.
TEST_F(SilentDatabase, APhotoWhoseReleaseEndedByItsDateIsLeftOutLongBeforeTheNextPoll) {
    EXPECT_LE(renderer::photo_poll_interval, 5s);
    const renderer::TenantCacheUpdater updater(m_site.database().renderer_url(), m_context, m_holder, m_log,
                                               10min, 50ms);
    const auto hero = [&] {
        const auto directory = m_holder.current();
        const renderer::TenantSite *site = directory ? directory->find("ada.localhost") : nullptr;
        return site ? site->page_data().photos.hero.control.url : "";
    };
    ASSERT_TRUE(eventually([&] { return hero() == "/media/ada/hero.jpg"; }));
    m_site.force("UPDATE photo_releases SET recorded_at = now() - interval '9 days', valid_until = "
                 "(now() AT TIME ZONE 'UTC')::date - 1 WHERE photo_url = '/media/ada/hero.jpg'");
    EXPECT_TRUE(eventually([&] { return hero().empty(); }));
    EXPECT_TRUE(m_holder.current()->withdrawn()->contains("/media/ada/hero.jpg"));
}

// Nor when its first day has come.
TEST_F(SilentDatabase, APhotoWhoseReleaseBeginsByItsDateIsShownLongBeforeTheNextPoll) {
    m_site.force("UPDATE photo_releases SET valid_from = (now() AT TIME ZONE 'UTC')::date + 1"
                 " WHERE photo_url = '/media/ada/hero.jpg'");
    const renderer::TenantCacheUpdater updater(m_site.database().renderer_url(), m_context, m_holder, m_log,
                                               10min, 50ms);
    const auto hero = [&] {
        const auto directory = m_holder.current();
        const renderer::TenantSite *site = directory ? directory->find("ada.localhost") : nullptr;
        return site ? site->page_data().photos.hero.control.url : "not read yet";
    };
    ASSERT_TRUE(eventually([&] { return hero().empty(); }));
    m_site.force("UPDATE photo_releases SET valid_from = (now() AT TIME ZONE 'UTC')::date"
                 " WHERE photo_url = '/media/ada/hero.jpg'");
    EXPECT_TRUE(eventually([&] { return hero() == "/media/ada/hero.jpg"; }));
}

// The comparison that finds the last change has also looked at everything that was told before it.
TEST_F(SilentDatabase, NotificationsThatChangeNothingReadNoTenantAgain) {
    const renderer::TenantCacheUpdater updater(m_site.database().renderer_url(), m_context, m_holder, m_log);
    ASSERT_TRUE(eventually([&] { return name_shown() == "Ada"; }));
    const auto before = updater.reloads();
    db::Sql companion(m_site.database().companion_url());
    for (int i = 0; i < 300; ++i) {
        ASSERT_EQ(companion.done("NOTIFY tenant_changed, 'anything'").message, "");
    }
    db::TenantStore(m_site.operator_session()).rename(m_site.database().tenant_id(), "Ada Lark");
    EXPECT_TRUE(eventually([&] { return name_shown() == "Ada Lark"; }));
    EXPECT_EQ(updater.reloads(), before + 1);
}

TEST_F(SilentDatabase, ChangesWithinASecondAreReadOnceASecondAndTheLastOneStands) {
    const renderer::TenantCacheUpdater updater(m_site.database().renderer_url(), m_context, m_holder, m_log);
    ASSERT_TRUE(eventually([&] { return name_shown() == "Ada"; }));
    const auto before = updater.reloads();
    const auto began = std::chrono::steady_clock::now();
    for (int i = 1; i <= 40; ++i) {
        db::TenantStore(m_site.operator_session())
            .rename(m_site.database().tenant_id(), "Ada " + std::to_string(i));
    }
    EXPECT_TRUE(eventually([&] { return name_shown() == "Ada 40"; }));
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - began).count();
    EXPECT_LE(updater.reloads() - before, static_cast<std::uint64_t>(seconds) + 1);
}

} // namespace
} // namespace studio::tests
