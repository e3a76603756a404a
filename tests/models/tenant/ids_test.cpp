// SPDX-License-Identifier: Apache-2.0
#include "models/tenant/tenant.h"

#include <gtest/gtest.h>

#include <type_traits>

using namespace studio::models;

namespace {

template <class From, class To>
constexpr bool mixes = std::is_convertible_v<From, To> || std::is_constructible_v<To, From>;
static_assert(!mixes<TenantId, SessionId> && !mixes<SessionId, TenantId>);
static_assert(!mixes<TenantId, std::string> && !mixes<SessionId, std::string>);
static_assert(!std::is_convertible_v<std::string, TenantId> &&
              !std::is_convertible_v<std::string, SessionId>);
// A tenant's other names are not convertible to an id.
static_assert(!std::is_assignable_v<TenantId &, decltype(Tenant::subdomain)>);
static_assert(!std::is_assignable_v<decltype(Tenant::subdomain) &, TenantId>);

} // namespace

TEST(Ids, OfATenantAndItsSummaryAreOfOneType) {
    Tenant tenant;
    tenant.id = TenantId("3f0c0e3e-5a4b-4c6d-8e9f-000000000001");
    tenant.subdomain = "claire";
    TenantSummary summary;
    summary.id = tenant.id;
    EXPECT_EQ(summary.id, tenant.id);
    EXPECT_NE(summary.id, TenantId(tenant.subdomain));
}
