// SPDX-License-Identifier: Apache-2.0
#include "renderer/limits/request_limits.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>

namespace studio::renderer {
namespace {

using namespace std::chrono_literals;

constexpr base::Time start{};

TEST(TokenBuckets, GiveTheirBurstAndThenTheirRate) {
    TokenBuckets buckets(64);
    const BucketRate rate{3, 0.5};
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(buckets.take(7, rate, 1, start), 0) << i;
    }
    EXPECT_DOUBLE_EQ(buckets.take(7, rate, 1, start), 2);
    EXPECT_DOUBLE_EQ(buckets.take(7, rate, 1, start + 1s), 1) << "what was refused took nothing";
    EXPECT_EQ(buckets.take(7, rate, 1, start + 2s), 0);
    EXPECT_EQ(buckets.take(8, rate, 1, start + 2s), 0) << "another's is full";
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(buckets.take(7, rate, 1, start + 1000s), 0) << "never more than the burst";
    }
    EXPECT_GT(buckets.take(7, rate, 1, start + 1000s), 0);
}

TEST(TokenBuckets, TakeWhatCostsMoreThanTheBurstFromAFullOne) {
    TokenBuckets buckets(64);
    EXPECT_EQ(buckets.take(7, {10, 1}, 1000, start), 0);
    EXPECT_DOUBLE_EQ(buckets.take(7, {10, 1}, 1000, start), 10);
}

TEST(TokenBuckets, NeverGrowAndForgetTheStalest) {
    TokenBuckets buckets(8); // one group
    const BucketRate rate{1, 0.001};
    for (std::uint64_t key = 1; key <= 8; ++key) {
        EXPECT_EQ(buckets.take(key, rate, 1, start + std::chrono::microseconds(key)), 0);
    }
    EXPECT_GT(buckets.take(1, rate, 1, start + 9us), 0) << "now the one used last";
    EXPECT_EQ(buckets.take(9, rate, 1, start + 10us), 0);
    EXPECT_EQ(buckets.capacity(), 8u);
    EXPECT_GT(buckets.take(1, rate, 1, start + 11us), 0);
    EXPECT_EQ(buckets.take(2, rate, 1, start + 12us), 0) << "forgotten for the ninth";
}

TEST(TokenBuckets, RememberWhoCameLately) {
    TokenBuckets buckets(64);
    EXPECT_FALSE(buckets.touch(5, 10s, start));
    EXPECT_TRUE(buckets.touch(5, 10s, start + 9s));
    EXPECT_TRUE(buckets.touch(5, 10s, start + 18s));
    EXPECT_FALSE(buckets.touch(5, 10s, start + 28s));
    buckets.forget(5);
    EXPECT_FALSE(buckets.touch(5, 10s, start + 28s));
}

class Limits : public testing::Test {
protected:
    // How many batches of 640 bytes pass, of `count` sent at once, each by another browser.
    int passed(const std::function<std::string(int)> &address, int count, const Uuid &tenant) {
        int passes = 0;
        for (int i = 0; i < count; ++i) {
            passes += pass(LimitedRequest::Events, address(i), ++m_browser, tenant, 640);
        }
        return passes;
    }
    bool pass(LimitedRequest kind, const std::string &address, std::uint64_t visitor, const Uuid &tenant,
              std::size_t bytes = 0) {
        const IpAddress parsed = IpAddress::parse(address).value();
        return m_limits.wait_s(kind, {parsed, visitor, tenant, models::TenantId(tenant.text())}, bytes,
                               m_now) == 0;
    }

    CappedHours m_capped;
    RequestLimits m_limits{1, m_capped};
    const Uuid m_tenant = Uuid::random(), m_other = Uuid::random();
    std::uint64_t m_browser = 1'000'000;
    base::Time m_now{1'800'000'000s};
};

TEST_F(Limits, LetOneAddressWithInventedBrowsersHaveOnlyItsOwnShare) {
    EXPECT_EQ(passed([](int) { return "203.0.113.7"; }, 5000, m_tenant), 60) << "new visits of one address";
    EXPECT_TRUE(pass(LimitedRequest::Events, "198.51.100.1", 1, m_tenant, 640));
    EXPECT_TRUE(m_capped.take().empty()) << "her figures hold every honest visit";
}

TEST_F(Limits, LetOneNetworkOfIpv6HaveOnlyItsOwnShare) {
    const auto spread = [](int i) { return fmt::format("2001:db8:1:{:x}::1", i); };
    EXPECT_EQ(passed(spread, 5000, m_tenant), 120);
    EXPECT_TRUE(pass(LimitedRequest::Events, "2001:db8:2::1", 1, m_tenant, 640));
    EXPECT_TRUE(m_capped.take().empty());
}

TEST_F(Limits, BoundATenantAndSayThatHerFiguresAreCapped) {
    const auto many = [](int i) { return fmt::format("198.{}.{}.1", 18 + i / 200, i % 200); };
    EXPECT_EQ(passed(many, 5000, m_tenant), 2000);
    const auto capped = m_capped.take();
    ASSERT_EQ(capped.size(), 1u);
    EXPECT_EQ(capped.front().tenant_id.text(), m_tenant.text());
    EXPECT_EQ(capped.front().hour, 500'000);
    EXPECT_EQ(capped.front().dropped, 3000);
    EXPECT_TRUE(pass(LimitedRequest::Events, "203.0.113.9", 1, m_other, 640))
        << "another tenant's are her own";
    EXPECT_TRUE(pass(LimitedRequest::Booking, "203.0.113.9", 1, m_tenant)) << "bookings are counted apart";
    EXPECT_EQ(m_limits.wait_to_store_s(m_tenant, m_now), 0);
}

TEST_F(Limits, LeaveDecliningErasureAndTheFormOpenToOthersWhateverATenantGets) {
    for (const auto kind : {LimitedRequest::Choice, LimitedRequest::Page}) {
        for (int i = 0; i < 30'000; ++i) {
            pass(kind, fmt::format("198.{}.{}.1", 18 + i / 200, i % 200), ++m_browser, m_tenant);
        }
        EXPECT_TRUE(pass(kind, "203.0.113.9", 1, m_tenant)) << static_cast<int>(kind);
    }
}

TEST_F(Limits, BoundAcceptingOfATenantAlone) {
    const auto accept = [this](const std::string &address, const Uuid &tenant) {
        const IpAddress parsed = IpAddress::parse(address).value();
        return m_limits.wait_to_accept_s({parsed, ++m_browser, tenant, models::TenantId(tenant.text())},
                                         m_now) == 0;
    };
    int accepted = 0;
    for (int i = 0; i < 1000; ++i) {
        accepted += accept(fmt::format("198.18.{}.1", i % 250), m_tenant);
    }
    EXPECT_EQ(accepted, 300);
    EXPECT_TRUE(accept("203.0.113.9", m_other));
    EXPECT_TRUE(pass(LimitedRequest::Choice, "203.0.113.9", 1, m_tenant)) << "and no other choice";
}

TEST_F(Limits, CountAcceptingAsANewVisitAndSayWhereItIsCapped) {
    const IpAddress address = IpAddress::parse("203.0.113.7").value();
    const RequestLimits::Sender sender{address, 1, m_tenant, models::TenantId(m_tenant.text())};
    int accepted = 0;
    while (accepted < 1000 && m_limits.wait_to_accept_s(sender, m_now) == 0) {
        ++accepted;
    }
    EXPECT_EQ(accepted, 60) << "as many as new visits of one address";
    EXPECT_FALSE(pass(LimitedRequest::Events, "203.0.113.7", 2, m_tenant, 640)) << "of the same bucket";
    EXPECT_TRUE(m_capped.take().empty()) << "one address alone takes nothing from her figures";

    const auto many = [](int i) { return fmt::format("198.{}.{}.1", 18 + i / 200, i % 200); };
    passed(many, 2500, m_tenant);
    m_capped.take();
    const IpAddress honest = IpAddress::parse("203.0.113.9").value();
    EXPECT_GT(m_limits.wait_to_accept_s({honest, 3, m_tenant, models::TenantId(m_tenant.text())}, m_now), 0);
    const auto capped = m_capped.take();
    ASSERT_EQ(capped.size(), 1u);
    EXPECT_EQ(capped.front().dropped, 1);
}

TEST_F(Limits, CountOnlyBookingsThatAreStored) {
    for (int i = 0; i < 1000; ++i) {
        ASSERT_EQ(m_limits.wait_to_store_s(m_tenant, m_now), 0) << i;
        m_limits.was_not_stored(m_tenant, m_now);
    }
    int stored = 0;
    while (stored < 1000 && m_limits.wait_to_store_s(m_tenant, m_now) == 0) {
        ++stored;
    }
    EXPECT_EQ(stored, 300) << "and never more than the burst comes back";
}

TEST_F(Limits, CountTheBytesOfEvents) {
    int passes = 0;
    for (int i = 0; i < 100; ++i) {
        passes += pass(LimitedRequest::Events, "203.0.113.7", 1, m_tenant, 64 * 1024);
    }
    EXPECT_EQ(passes, 2) << "two of 1024 units from a bucket of 3000";
}

TEST_F(Limits, AskNothingOfAVisitThatGoesOn) {
    for (int i = 0; i < 200; ++i) {
        EXPECT_TRUE(pass(LimitedRequest::Events, "203.0.113.7", 1, m_tenant, 640)) << i;
    }
}

TEST_F(Limits, OfEveryKindEndAndComeBack) {
    for (const auto kind : {LimitedRequest::Choice, LimitedRequest::Page, LimitedRequest::Token,
                            LimitedRequest::Booking, LimitedRequest::Agent}) {
        int passes = 0;
        while (passes < 10'000 && pass(kind, "203.0.113.7", 1, m_tenant)) {
            ++passes;
        }
        EXPECT_GE(passes, 30);
        EXPECT_LT(passes, 1000) << static_cast<int>(kind);
        m_now += 60s;
        EXPECT_TRUE(pass(kind, "203.0.113.7", 1, m_tenant));
    }
}

} // namespace
} // namespace studio::renderer
