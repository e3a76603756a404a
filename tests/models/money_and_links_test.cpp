// SPDX-License-Identifier: Apache-2.0
#include "models/content.h"
#include "models/money.h"
#include "models/timezone.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace studio::models;

TEST(Money, ReadsNumbersWithAtMostTwoDecimals) {
    EXPECT_EQ(Money::from_json(1500), Money{150000});
    EXPECT_EQ(Money::from_json(0.1), Money{10});
    EXPECT_EQ(Money::from_json(19.99), Money{1999});
    EXPECT_EQ(Money::from_json(10'000'000), Money{1'000'000'000});
    for (const Json &value :
         {Json(-1), Json(0.001), Json(10'000'000.01), Json("5"), Json(), Json(true), Json(1e300)})
        EXPECT_FALSE(Money::from_json(value)) << value;
}

TEST(Money, EveryAmountOfCentsComesBackFromJson) {
    for (std::int64_t minor = 0; minor < 200'000; minor += 7)
        ASSERT_EQ(Money::from_json(Json::parse(Money{minor}.to_json().dump())), Money{minor});
    EXPECT_EQ(Money{150000}.to_json().dump(), "1500");
    EXPECT_EQ(Money{150050}.to_json().dump(), "1500.5");
}

TEST(Money, IsWrittenWithSymbolGroupsAndCentsOnlyWhereThereAreAny) {
    EXPECT_EQ(format_money(Money{150000}, "AUD"), "A$1,500");
    EXPECT_EQ(format_money(Money{8050}, "EUR"), "€80.50");
    EXPECT_EQ(format_money(Money{123456705}, "GBP"), "£1,234,567.05");
    EXPECT_EQ(format_money(Money{99900}, "CHF"), "CHF 999");
    EXPECT_EQ(format_money(Money{0}, "USD"), "US$0");
    EXPECT_TRUE(is_currency_code("AUD"));
    EXPECT_FALSE(is_currency_code("JPY"));
}

TEST(SocialLinks, BecomeAddressesOfKnownPlatforms) {
    const auto url = [](const char *platform, const char *value) {
        return social_url({platform, value}).value_or("none");
    };
    EXPECT_EQ(url("instagram", "@claire_hamilton"), "https://www.instagram.com/claire_hamilton");
    EXPECT_EQ(url("twitter", "clairehamilton"), "https://x.com/clairehamilton");
    EXPECT_EQ(url("bluesky", "@claire"), "https://bsky.app/profile/claire.bsky.social");
    EXPECT_EQ(url("bluesky", "claire.example.com"), "https://bsky.app/profile/claire.example.com");
    EXPECT_EQ(url("tiktok", "@claire"), "https://www.tiktok.com/@claire");
    EXPECT_EQ(url("mastodon", "@claire@social.example"), "https://social.example/@claire");
    EXPECT_EQ(url("whatsapp", "+61 412 345 678"), "https://wa.me/61412345678");
    EXPECT_EQ(url("anything", "https://example.com/claire"), "https://example.com/claire");
}

TEST(SocialLinks, RefuseWhatIsNeitherHandleNorWebAddress) {
    for (const SocialLink &link :
         {SocialLink{"instagram", "claire hamilton"}, SocialLink{"instagram", "../x"},
          SocialLink{"myspace", "claire"}, SocialLink{"website", "claire"},
          SocialLink{"instagram", "javascript:alert(1)"}, SocialLink{"website", "https://a\"onclick=x"},
          SocialLink{"instagram", ""}, SocialLink{"mastodon", "claire"}})
        EXPECT_FALSE(social_url(link)) << link.platform << " " << link.value;
    EXPECT_EQ(social_label("instagram"), "Instagram");
    EXPECT_EQ(social_label("myspace"), "Myspace");
}

TEST(Timezone, NamesAreCompiledInAndSorted) {
    EXPECT_TRUE(std::is_sorted(timezone_names().begin(), timezone_names().end()));
    for (const char *name : {"Australia/Sydney", "America/Argentina/Buenos_Aires", "Asia/Kolkata", "UTC"})
        EXPECT_TRUE(is_timezone(name)) << name;
    for (const char *name : {"", "Sydney", "Australia/", "Australia//Sydney", "../Australia/Sydney",
                             "Australia/Atlantis", "/etc/passwd", "australia/sydney "})
        EXPECT_FALSE(is_timezone(name)) << name;
}
