// SPDX-License-Identifier: Apache-2.0
#include "renderer/support/host_name.h"
#include "renderer/support/ip_address.h"

#include <gtest/gtest.h>

namespace studio::renderer {
namespace {

IpAddress ip(const char *text) {
    return IpAddress::parse(text).value();
}

TEST(IpAddress, HoldsBothFamiliesAndRefusesTheRest) {
    EXPECT_EQ(ip("127.0.0.1"), ip("::ffff:127.0.0.1"));
    EXPECT_TRUE(ip("10.1.2.3").is_v4());
    EXPECT_FALSE(ip("2001:db8::1").is_v4());
    for (const char *bad :
         {"", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.2.3.4 ", "::g", "localhost", "1.2.3.4:80"}) {
        EXPECT_FALSE(IpAddress::parse(bad)) << bad;
    }
}

TEST(IpAddress, ForgetsThePersonWhenMasked) {
    EXPECT_EQ(ip("203.0.113.77").masked(), ip("203.0.113.0"));
    EXPECT_EQ(ip("2001:db8:1:2:3:4:5:6").masked(), ip("2001:db8:1::"));
    EXPECT_EQ(ip("::ffff:203.0.113.77").masked().text(), "203.0.113.0") << "mapped IPv4 is IPv4";
    EXPECT_EQ(ip("2001:db8:1:2::5").masked().text(), "2001:db8:1::");
}

TEST(IpAddress, WritesItself) {
    for (const char *text : {"0.0.0.0", "203.0.113.7", "2001:db8::1", "::", "::1", "255.255.255.255"}) {
        EXPECT_EQ(ip(text).text(), text);
    }
    EXPECT_EQ(ip("::FFFF:127.0.0.1").text(), "127.0.0.1");
}

TEST(IpNetwork, ContainsItsAddressesOnly) {
    EXPECT_TRUE(IpNetwork::parse("10.0.0.0/8")->contains(ip("10.255.1.1")));
    EXPECT_FALSE(IpNetwork::parse("10.0.0.0/8")->contains(ip("11.0.0.0")));
    EXPECT_TRUE(IpNetwork::parse("172.16.0.0/12")->contains(ip("172.31.0.1")));
    EXPECT_FALSE(IpNetwork::parse("172.16.0.0/12")->contains(ip("172.32.0.1")));
    EXPECT_TRUE(IpNetwork::parse("127.0.0.1")->contains(ip("127.0.0.1")));
    EXPECT_TRUE(IpNetwork::parse("fd00::/8")->contains(ip("fdab::1")));
    EXPECT_TRUE(IpNetwork::parse("0.0.0.0/0")->contains(ip("8.8.8.8")));
    EXPECT_FALSE(IpNetwork::parse("0.0.0.0/0")->contains(ip("2001:db8::1")));
    EXPECT_TRUE(IpNetwork::parse("::ffff:10.0.0.0/104")->contains(ip("10.255.1.1")));
    EXPECT_FALSE(IpNetwork::parse("::ffff:10.0.0.0/104")->contains(ip("11.0.0.1")));
    for (const char *bad :
         {"", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "fd00::/129", "x/8", "10.0.0.0/8x"}) {
        EXPECT_FALSE(IpNetwork::parse(bad)) << bad;
    }
}

TEST(HostName, DropsPortCaseAndLastDot) {
    EXPECT_EQ(HostName("Claire.LOCALHOST:8080").text(), "claire.localhost");
    EXPECT_EQ(HostName("claire.localhost.").text(), "claire.localhost");
    EXPECT_EQ(HostName("claire.localhost.:80").text(), "claire.localhost");
    EXPECT_EQ(HostName("[::1]:80").text(), "[::1]:80");
    EXPECT_EQ(HostName(std::string(300, 'a')).text(), "");
}

TEST(HostName, KnowsTheLabelDirectlyBelowADomain) {
    EXPECT_EQ(HostName("claire.companionconnect.app").label_below("companionconnect.app"), "claire");
    EXPECT_EQ(HostName("companionconnect.app").label_below("companionconnect.app"), "");
    EXPECT_EQ(HostName("a.b.companionconnect.app").label_below("companionconnect.app"), "");
    EXPECT_EQ(HostName("xcompanionconnect.app").label_below("companionconnect.app"), "");
    EXPECT_EQ(HostName("x.com.au").label_below("localhost"), "");
}

} // namespace
} // namespace studio::renderer
