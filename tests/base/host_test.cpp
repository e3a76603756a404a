// SPDX-License-Identifier: Apache-2.0
#include "base/host.h"

#include <gtest/gtest.h>

namespace studio::base {
namespace {

TEST(PlainHost, UnderstandsWhatPeoplePaste) {
    for (const char *pasted :
         {"claire.example", "Claire.Example", " claire.example ", "claire.example.", "claire.example..",
          "https://claire.example/", "HTTPS://CLAIRE.EXAMPLE", "http://claire.example/about?x=1#y",
          "//claire.example", "claire.example/about", "\u200Bclaire.example\u00A0",
          "\uFEFFhttps://claire.example./"}) {
        EXPECT_EQ(plain_host(pasted), "claire.example") << testing::PrintToString(pasted);
    }
}

TEST(PlainHost, LeavesWhatIsNoHostToTheCheck) {
    for (const char *pasted : {"claire@claire.example", "claire.example:8080", "claire hamilton", "",
                               "https://", "-a.example", "ftp://claire.example"}) {
        EXPECT_FALSE(is_host_name(plain_host(pasted))) << testing::PrintToString(pasted);
    }
}

TEST(IsWithinDomain, EndsAtALabel) {
    EXPECT_TRUE(is_within_domain("m.facebook.com", "facebook.com"));
    EXPECT_TRUE(is_within_domain("facebook.com", "facebook.com"));
    EXPECT_FALSE(is_within_domain("notfacebook.com", "facebook.com"));
    EXPECT_FALSE(is_within_domain("com", "facebook.com"));
}

} // namespace
} // namespace studio::base
