// SPDX-License-Identifier: Apache-2.0
#include "renderer/tenant_follower.h"
#include "tests/renderer/service_fixture.h"

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

    LiveSite m_site;
    renderer::SiteContext m_context;
    renderer::DirectoryHolder m_holder;
    const renderer::Log m_log{renderer::Log::Level::Error};
};

// As after a notification that was lost: no trigger tells of what force() changes.
TEST_F(SilentDatabase, isComparedSoThatEveryChangeOfATestIsFoundAnyway) {
    const renderer::TenantFollower follower(m_site.database().renderer_url(), m_context, m_holder, m_log,
                                            50ms);
    ASSERT_TRUE(eventually([&] { return m_holder.current() != nullptr; }));
    EXPECT_FALSE(runs_a_test());
    m_site.force(fmt::format(
        "INSERT INTO ab_tests (id, tenant_id, name, element_type, variants, status, definition_hash) VALUES "
        "('7e570000-0000-4000-8000-000000000001', '{}', 'Words', 'cta', '{}', 'active', 'one')",
        m_site.database().tenant_id(),
        R"([{"id":"a","name":"","weight":0.5,"config":{}},{"id":"b","name":"","weight":0.5,"config":{"label":"B"}}])"));
    EXPECT_TRUE(eventually([&] { return runs_a_test(); }));
    const auto before = follower.reloads();
    std::this_thread::sleep_for(300ms);
    EXPECT_EQ(follower.reloads(), before) << "what did not change is not read again";
    m_site.force("UPDATE ab_tests SET phase = 2");
    EXPECT_TRUE(eventually([&] { return follower.reloads() > before; })) << "another phase";
    m_site.force("UPDATE ab_tests SET status = 'paused'");
    EXPECT_TRUE(eventually([&] { return !runs_a_test(); }));
}

} // namespace
} // namespace studio::tests
