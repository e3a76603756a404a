// SPDX-License-Identifier: Apache-2.0
#include "renderer/visitors/base64url.h"
#include "renderer/visitors/visitor_cookie.h"
#include "renderer/visitors/visitor_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace studio::renderer {
namespace {

using testing::HasSubstr;

constexpr std::uint32_t now = 1'790'000'000;
constexpr std::uint32_t day = 86'400;
const Uuid ada = *Uuid::parse("a0000000-0000-4000-8000-000000000001");
const Uuid bea = *Uuid::parse("a0000000-0000-4000-8000-000000000002");

VisitorCookie sample() {
    return {*Uuid::parse("11111111-2222-4333-8444-555555555555"), 0x0123456789abcdefu, now - day, now - 100};
}

TEST(Uuid, ReadsAndWritesText) {
    EXPECT_EQ(Uuid::parse("3F0C0e3e-5a4b-4c6d-8e9f-0000000000fF")->text(),
              "3f0c0e3e-5a4b-4c6d-8e9f-0000000000ff");
    for (const char *wrong :
         {"", "3f0c0e3e", "3f0c0e3e5a4b4c6d8e9f0000000000ff", "3f0c0e3e-5a4b-4c6d-8e9f-0000000000fg",
          "3f0c0e3e-5a4b-4c6d-8e9f-0000000000ff ", "{3f0c0e3e-5a4b-4c6d-8e9f-000000000ff}",
          "3f0c0e3e-5a4b-4c6d-8e9f_0000000000ff"}) {
        EXPECT_FALSE(Uuid::parse(wrong)) << wrong;
    }
    const Uuid random = Uuid::random();
    EXPECT_NE(random, Uuid::random());
    EXPECT_EQ(random.text()[14], '4');
}

// The vectors of the reference implementation: key 00..0f, input 00, 00 01, …
TEST(KeyedHash, IsSipHash24) {
    const HashKey key{0x0706050403020100u, 0x0f0e0d0c0b0a0908u};
    std::string input;
    EXPECT_EQ(keyed_hash(key, input), 0x726fdb47dd0e0e31u);
    for (int i = 0; i < 8; ++i) {
        input.push_back(static_cast<char>(i));
    }
    EXPECT_EQ(keyed_hash(key, input), 0x93f5f5799a932462u);
    for (int i = 8; i < 15; ++i) {
        input.push_back(static_cast<char>(i));
    }
    EXPECT_EQ(keyed_hash(key, input), 0xa129ca6149be45e5u);
}

TEST(Base64Url, AgreesWithTheVectorsOfRfc4648) {
    for (const auto &[bytes, text] :
         std::initializer_list<std::pair<const char *, const char *>>{{"", ""},
                                                                      {"f", "Zg"},
                                                                      {"fo", "Zm8"},
                                                                      {"foo", "Zm9v"},
                                                                      {"foob", "Zm9vYg"},
                                                                      {"fooba", "Zm9vYmE"},
                                                                      {"foobar", "Zm9vYmFy"},
                                                                      {"\xff\xef\xfe", "_-_-"}}) {
        EXPECT_EQ(to_base64url(bytes), text);
        EXPECT_EQ(from_base64url(text), bytes);
    }
    for (const char *wrong : {"Z", "Zh", "Zm9", "Zg==", "Zm9+", "Zm9/", "Zm 9", "Zm9vY"}) {
        EXPECT_FALSE(from_base64url(wrong)) << wrong;
    }
}

TEST(MessageKey, AgreesWithTheVectorsOfRfc4231) {
    const auto hex = [](const MessageKey::Signature &signature) {
        std::string text;
        for (const char c : signature) {
            constexpr char digits[] = "0123456789abcdef";
            text.push_back(digits[static_cast<unsigned char>(c) >> 4]);
            text.push_back(digits[c & 15]);
        }
        return text;
    };
    EXPECT_EQ(hex(MessageKey(std::string(20, '\x0b')).sign({"Hi ", "There"})),
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    EXPECT_EQ(hex(MessageKey("Jefe").sign({"what do ya want for nothing?"})),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hex(MessageKey(std::string(131, '\xaa'))
                      .sign({"Test Using Larger Than Block-Size Key - Hash Key First"})),
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(VisitorCookie, OpensWhatItSealed) {
    const CookieSealer sealer("a secret of the tests");
    const std::string text = sealer.seal(ada, sample());
    EXPECT_EQ(text.size(), 67u);
    EXPECT_EQ(sealer.open(ada, text, now), sample());
    EXPECT_EQ(CookieSealer("a secret of the tests").open(ada, text, now), sample()) << "as a replica does";
}

TEST(VisitorCookie, IsNothingWhereAnyCharacterWasChanged) {
    const CookieSealer sealer("a secret of the tests");
    const std::string text = sealer.seal(ada, sample());
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string forged = text;
        forged[i] = forged[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(sealer.open(ada, forged, now)) << i;
    }
    for (std::size_t size = 0; size < text.size(); ++size) {
        EXPECT_FALSE(sealer.open(ada, text.substr(0, size), now)) << size;
    }
    EXPECT_FALSE(sealer.open(ada, text + "A", now));
    EXPECT_FALSE(sealer.open(ada, text + text, now));
}

TEST(VisitorCookie, IsNothingForAnotherTenantOrSecretOrAfterItsTime) {
    const CookieSealer sealer("a secret of the tests");
    const std::string text = sealer.seal(ada, sample());
    EXPECT_FALSE(sealer.open(bea, text, now));
    EXPECT_FALSE(CookieSealer("another secret of tests").open(ada, text, now));
    EXPECT_TRUE(sealer.open(ada, text, now - 100 + 180 * day));
    EXPECT_FALSE(sealer.open(ada, text, now - 99 + 180 * day));
    EXPECT_TRUE(sealer.open(ada, text, now - 100 - day)) << "a clock that was ahead was set back";
    EXPECT_FALSE(sealer.open(ada, text, now - 101 - day));
}

TEST(VisitorCookie, IsSetSoThatNoScriptAndNoOtherHostSeesIt) {
    const CookieSealer sealer("a secret of the tests");
    EXPECT_EQ(sealer.set_field(ada, sample()),
              "__Host-visitor=" + sealer.seal(ada, sample()) +
                  "; Path=/; Max-Age=15552000; Secure; HttpOnly; SameSite=Lax");
    EXPECT_THAT(CookieSealer::clear_field(), HasSubstr("__Host-visitor=; Path=/; Max-Age=0"));
}

TEST(CookieField, IsReadByName) {
    EXPECT_EQ(find_cookie("a=1; __Host-visitor=xyz; b=2", "__Host-visitor"), "xyz");
    EXPECT_EQ(find_cookie("__Host-visitor=x=y", "__Host-visitor"), "x=y");
    EXPECT_EQ(find_cookie("a=1;__Host-visitor=xyz ;b", "__Host-visitor"), "xyz");
    for (const char *none : {"", "a=1", "x__Host-visitor=1", "__Host-visitor", "__Host-visitorx=1",
                             "__host-visitor=1", "__Host-visitor=1; __Host-visitor=2"}) {
        EXPECT_FALSE(find_cookie(none, "__Host-visitor")) << none;
    }
}

TEST(CookielessKey, IsOnePerDayTenantAddressAndAgent) {
    const MessageKey today(std::string(32, 's')), tomorrow(std::string(32, 't'));
    const IpAddress address = *IpAddress::parse("203.0.113.7"), other = *IpAddress::parse("203.0.113.8");
    const Uuid key = cookieless_key(today, ada, address, "Agent");
    EXPECT_EQ(key, cookieless_key(today, ada, address, "Agent"));
    EXPECT_EQ(key.text()[14], '8');
    const std::set<Uuid> different{
        key, cookieless_key(tomorrow, ada, address, "Agent"), cookieless_key(today, bea, address, "Agent"),
        cookieless_key(today, ada, other, "Agent"), cookieless_key(today, ada, address, "Agent 2")};
    EXPECT_EQ(different.size(), 5u);
}

TEST(AssignmentKey, StaysWithinAnIpv6NetworkAndTellsIpv4AddressesApart) {
    const HashKey key = derive_key("a secret of the tests", "assignment");
    const auto of = [&](const char *address, std::string_view agent = "Agent") {
        return assignment_key(key, *IpAddress::parse(address), agent);
    };
    EXPECT_EQ(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
    EXPECT_NE(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    EXPECT_NE(of("203.0.113.7"), of("203.0.113.8"));
    EXPECT_NE(of("203.0.113.7"), of("203.0.113.7", "Other"));
    EXPECT_EQ(of("203.0.113.7", std::string(512, 'x')), of("203.0.113.7", std::string(90'000, 'x')));
}

} // namespace
} // namespace studio::renderer
