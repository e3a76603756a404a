// SPDX-License-Identifier: Apache-2.0
#include "renderer/pages/platform_site.h"

#include <gtest/gtest.h>

namespace studio::renderer {
namespace {

TEST(LandingPage, IsNamedByTheQueryAndLiesAmongThoseThereAre) {
    EXPECT_EQ(landing_page("", 28), 1u);
    EXPECT_EQ(landing_page("page=3", 28), 3u);
    EXPECT_EQ(landing_page("page=3&utm_source=x", 28), 3u);
    EXPECT_EQ(landing_page("utm_source=x&page=3", 28), 3u);
    EXPECT_EQ(landing_page("page=28", 28), 28u);
    for (const char *query :
         {"page=0", "page=", "page=-4", "page=x", "homepage=3", "page=99999999999999999999"}) {
        EXPECT_EQ(landing_page(query, 28), 1u) << query;
    }
    EXPECT_EQ(landing_page("page=29", 28), 28u);
    EXPECT_EQ(landing_page("page=2", 1), 1u);
}

} // namespace
} // namespace studio::renderer
