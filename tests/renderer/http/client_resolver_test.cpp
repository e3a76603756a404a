// SPDX-License-Identifier: Apache-2.0
#include "renderer/http/client_resolver.h"

#include <gtest/gtest.h>

#include <vector>

namespace studio::renderer::http {
namespace {

using Values = std::vector<std::string_view>;

IpAddress ip(const char *text) {
    return IpAddress::parse(text).value();
}

ListField list(const Values &values) {
    ListField field;
    for (const std::string_view value : values) {
        field.add(value);
    }
    return field;
}

Client resolve(const char *peer, const Values &forwarded_for, const Values &forwarded_proto = {}) {
    const TrustedProxies proxies(
        {*IpNetwork::parse("127.0.0.1"), *IpNetwork::parse("10.0.0.0/8"), *IpNetwork::parse("fd00::/8")});
    return ClientResolver(proxies, ip(peer)).resolve(list(forwarded_for), list(forwarded_proto));
}

TEST(ListField, CountsSeveralFieldsAsOneList) {
    ListField field = list({"a, b", "", " ,, ", "c ,\td "});
    for (const std::string_view expected : {"d", "c", "b", "a"}) {
        EXPECT_EQ(field.take_last(), expected);
    }
    EXPECT_FALSE(field.take_last());
    EXPECT_FALSE(field.take_last());
    EXPECT_FALSE(ListField().take_last());
}

TEST(ListField, KeepsTheLastFourFields) {
    ListField field = list({"1", "2", "3", "4", "5", "6"});
    for (const std::string_view expected : {"6", "5", "4", "3"}) {
        EXPECT_EQ(field.take_last(), expected);
    }
    EXPECT_FALSE(field.take_last());
}

TEST(ClientResolver, BelievesNothingOfAStranger) {
    EXPECT_EQ(resolve("203.0.113.9", {"1.1.1.1"}, {"https"}), (Client{ip("203.0.113.9"), Scheme::Unknown}));
    EXPECT_EQ(ClientResolver({}, ip("127.0.0.1")).resolve(list({"1.1.1.1"}), list({"https"})),
              (Client{ip("127.0.0.1"), Scheme::Unknown}));
}

TEST(ClientResolver, TakesTheRightMostAddressThatIsNoProxy) {
    const IpAddress visitor = ip("203.0.113.9");
    for (const Values &values : std::vector<Values>{{"203.0.113.9"},
                                                    {"1.1.1.1, 203.0.113.9"},
                                                    {"1.1.1.1, 203.0.113.9, 10.1.1.1"},
                                                    {"1.1.1.1", "203.0.113.9", "10.1.1.1,10.1.1.2"},
                                                    {"1.1.1.1, 203.0.113.9, fd00::5"},
                                                    {"203.0.113.9:4711"},
                                                    {"::ffff:203.0.113.9"},
                                                    {"nonsense, 203.0.113.9"},
                                                    {" 203.0.113.9 ,"}}) {
        EXPECT_EQ(resolve("127.0.0.1", values).address, visitor) << values.front();
    }
    EXPECT_EQ(resolve("::ffff:10.0.0.7", {"203.0.113.9"}).address, visitor)
        << "as a socket of both families says it";
    EXPECT_EQ(resolve("127.0.0.1", {"[2001:db8::1]:80"}).address, ip("2001:db8::1"));
    EXPECT_EQ(resolve("127.0.0.1", {"[2001:db8::1]"}).address, ip("2001:db8::1"));
    EXPECT_EQ(resolve("127.0.0.1", {"10.0.0.1, 10.0.0.2"}).address, ip("10.0.0.1")) << "all are proxies";
}

TEST(ClientResolver, StopsAtWhatIsNoAddress) {
    for (const char *bad :
         {"", "nonsense", "1.1.1.1, unknown", "_hidden", "1.2.3.4.5", "[2001:db8::1", "[]", "[",
          "1.1.1.1, 999.1.1.1", "fe80::1%eth0", "1.1.1.1;2.2.2.2", "::ffff:999.1.1.1"}) {
        EXPECT_EQ(resolve("127.0.0.1", {bad}).address, ip("127.0.0.1")) << bad;
    }
    EXPECT_EQ(resolve("127.0.0.1", {"1.1.1.1, unknown, 10.0.0.9"}).address, ip("10.0.0.9"));
}

TEST(ClientResolver, TakesTheSchemeOfTheClientsOwnConnection) {
    const auto scheme = [](const Values &hops, const Values &said) {
        return resolve("127.0.0.1", hops, said).scheme;
    };
    EXPECT_EQ(scheme({"203.0.113.9"}, {"https"}), Scheme::Https);
    EXPECT_EQ(scheme({"203.0.113.9"}, {"HTTP"}), Scheme::Http);
    EXPECT_EQ(scheme({"203.0.113.9"}, {}), Scheme::Unknown);
    EXPECT_EQ(scheme({}, {"https"}), Scheme::Https);
    EXPECT_EQ(scheme({"203.0.113.9"}, {"https, http"}), Scheme::Http) << "the client claimed https";
    EXPECT_EQ(scheme({"203.0.113.9, 10.0.0.1"}, {"https, http"}), Scheme::Https)
        << "http is between the proxies";
    EXPECT_EQ(scheme({"203.0.113.9, 10.0.0.1"}, {"https"}), Scheme::Https) << "passed on by the inner proxy";
    for (const char *bad : {"", "ftp", "httpss", "https;x", "on"}) {
        EXPECT_EQ(scheme({"203.0.113.9"}, {bad}), Scheme::Unknown) << bad;
    }
}

} // namespace
} // namespace studio::renderer::http
