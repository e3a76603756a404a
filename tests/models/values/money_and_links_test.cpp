// SPDX-License-Identifier: Apache-2.0
#include "models/documents/content.h"
#include "models/documents/social_links.h"
#include "models/values/money.h"
#include "models/values/timezone.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace studio::models;

TEST(Money, ReadsNumbersWithAtMostTwoDecimals) {
    EXPECT_EQ(Money::from_json(1500), Money{150000});
    EXPECT_EQ(Money::from_json(0.1), Money{10});
    EXPECT_EQ(Money::from_json(19.99), Money{1999});
    EXPECT_EQ(Money::from_json(10'000'000), Money{1'000'000'000});
    for (const Json &value :
         {Json(-1), Json(0.001), Json(10'000'000.01), Json("5"), Json(), Json(true), Json(1e300)}) {
        EXPECT_FALSE(Money::from_json(value)) << value;
    }
}

TEST(Money, EveryAmountOfCentsComesBackFromJson) {
    for (std::int64_t minor = 0; minor < 200'000; minor += 7) {
        ASSERT_EQ(Money::from_json(Json::parse(Money{minor}.to_json().dump())), Money{minor});
    }
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

namespace {

const NumberSigns english{".", ","}, german{",", "."}, french{",", "\u202F"}, swiss{".", "’"};

struct Typed {
    const char *text;
    std::int64_t minor;
};

} // namespace

TEST(ReadMoney, UnderstandsWhatIsUnambiguousInEveryLocale) {
    const Typed each[] = {{"1500", 150000},
                          {" 1500 ", 150000},
                          {"99,50", 9950},
                          {"99.50", 9950},
                          {"1500,50", 150050},
                          {"1500.5", 150050},
                          {"1,500.50", 150050},
                          {"1.500,50", 150050},
                          {"1 500", 150000},
                          {"1\u00A0500,5", 150050},
                          {"1'500.50", 150050},
                          {"1’500", 150000},
                          {"1,234,567.89", 123456789},
                          {"1.234.567", 123456700},
                          {"1,50,000", 15000000},
                          {"0,500", 50},
                          {"0.5", 50},
                          {".5", 50},
                          {"1500.-", 150000},
                          {"1500,–", 150000},
                          {"1234.500", 123450},
                          {"\u200E1500\u200B", 150000},
                          {"0", 0}};
    for (const auto &signs : {english, german, french, swiss}) {
        for (const auto &[text, minor] : each) {
            EXPECT_EQ(read_money(text, signs).amount, Money{minor})
                << text << " " << read_money(text, signs).problem;
        }
    }
}

TEST(ReadMoney, RefusesBlanksThatMakeNoGroupsOfThreeAndFourDecimals) {
    for (const char *text : {"15 0", "150 20", "1 50", "1500 000", "1'5", "1,500.5 0", "1 5 00", "1,5000",
                             "1.50000", "1,500.5000", "150 - 200", "100 200 30"}) {
        for (const auto &signs : {english, german, french, swiss}) {
            EXPECT_FALSE(read_money(text, signs).amount) << text;
        }
    }
    EXPECT_EQ(read_money("150 200", english).amount, Money{15020000});
    EXPECT_EQ(read_money("A$ 1,500", english, "AUD").amount, Money{150000});
    EXPECT_EQ(read_money("AUD $ 1,500", english, "AUD").amount, Money{150000});
    EXPECT_EQ(read_money("1 500 €", german, "EUR").amount, Money{150000});
}

TEST(ReadMoney, ReadsThreeDigitsBehindASignByTheLocale) {
    EXPECT_EQ(read_money("1,500", english).amount, Money{150000});
    EXPECT_EQ(read_money("1.500", german).amount, Money{150000});
    EXPECT_EQ(read_money("12.000", german).amount, Money{1200000});
}

TEST(ReadMoney, RefusesWhatIsAmbiguousWithBothReadings) {
    EXPECT_EQ(read_money("1.500", english).problem, "“1.500” can mean 1500 or 1.50: enter one of these.");
    EXPECT_EQ(read_money("1,500", german).problem, "“1,500” can mean 1500 or 1,50: enter one of these.");
    EXPECT_EQ(read_money("1,500", french).problem, "“1,500” can mean 1500 or 1,50: enter one of these.");
    EXPECT_EQ(read_money("12.000", english).problem, "“12.000” can mean 12000 or 12: enter one of these.");
    EXPECT_EQ(read_money("A$1.500", english, "AUD").problem,
              "“A$1.500” can mean 1500 or 1.50: enter one of these.");
    EXPECT_EQ(read_money("1.500 AUD", english, "AUD").problem,
              "“1.500 AUD” can mean 1500 or 1.50: enter one of these.");
    for (const NumberSigns &signs : {english, german}) {
        for (const std::string reading : {"1500", "1.50", "1,50"}) {
            EXPECT_TRUE(read_money(reading, signs).amount) << "what the message proposes is taken";
        }
    }
}

TEST(ReadMoney, TakesTheSignOfTheCurrency) {
    for (const char *text : {"A$1,500", "$1500", "1500 AUD", "AUD 1500", "aud1500", "A$ 1 500.00"}) {
        EXPECT_EQ(read_money(text, english, "AUD").amount, Money{150000}) << text;
    }
    for (const char *text : {"€99,50", "99,50 €", "EUR 99.50"}) {
        EXPECT_EQ(read_money(text, german, "EUR").amount, Money{9950}) << text;
    }
    EXPECT_FALSE(read_money("€99,50", english, "AUD").amount) << "another currency's amount";
}

TEST(ReadMoney, RefusesWhatIsNoAmount) {
    for (const char *text :
         {"",   "nan",    "NaN",        "inf",         "-inf",    "Infinity",   "1e5",  "0x10",
          "-5", "+-5",    "1,2,3",      "1.5.0",       "12,34,5", "1,500.50.1", "1..5", ",",
          ".",  "5 to 6", "on request", "1,500.500,5", "..",      "١٥"}) {
        for (const auto &signs : {english, german}) {
            const auto reading = read_money(text, signs);
            EXPECT_FALSE(reading.amount) << text;
            EXPECT_NE(reading.problem, "") << text;
        }
    }
    EXPECT_EQ(read_money("19.999", english).problem, "An amount has at most two decimals, such as 1500.50.");
    EXPECT_EQ(read_money("19,9999", german).problem, "An amount has at most two decimals, such as 1500,50.");
    EXPECT_EQ(read_money("10000000.01", english).problem, "The amount is too large: at most 10000000.");
    EXPECT_EQ(read_money("99999999999999999999", english).problem,
              "The amount is too large: at most 10000000.");
}

TEST(ReadMoney, ReadsEveryAmountThatAFieldShows) {
    for (const auto &signs : {english, german, french, swiss}) {
        for (std::int64_t minor = 0; minor < 500'000'000; minor += 1'234'567) {
            ASSERT_EQ(read_money(editable_money({minor}, signs), signs).amount, Money{minor}) << minor;
        }
    }
    EXPECT_EQ(editable_money({150050}, german), "1500,50");
    EXPECT_EQ(editable_money({150005}, english), "1500.05");
}

TEST(SocialLinks, UnderstandWhatPeoplePaste) {
    const auto url = [](const char *platform, const char *value) {
        return social_url({platform, value}).value_or("none");
    };
    EXPECT_EQ(url("instagram", "instagram.com/claire"), "https://instagram.com/claire");
    EXPECT_EQ(url("instagram", "www.instagram.com/claire/?igsh=x"),
              "https://www.instagram.com/claire/?igsh=x");
    EXPECT_EQ(url("instagram", " @claire "), "https://www.instagram.com/claire");
    EXPECT_EQ(url("instagram", "\u200Bclaire\u00A0"), "https://www.instagram.com/claire");
    EXPECT_EQ(url("instagram", "HTTPS://Instagram.com/claire"), "HTTPS://Instagram.com/claire");
    EXPECT_EQ(url("Instagram", "claire"), "https://www.instagram.com/claire");
    EXPECT_EQ(url("IG", "claire"), "https://www.instagram.com/claire");
    EXPECT_EQ(url("x", "x.com/claire"), "https://x.com/claire");
    EXPECT_EQ(url("twitter", "mobile.twitter.com/claire"), "https://mobile.twitter.com/claire");
    EXPECT_EQ(url("mastodon", "mastodon.social/@claire"), "https://mastodon.social/@claire");
    EXPECT_EQ(url("mastodon", "@claire@Mastodon.Social"), "https://mastodon.social/@claire");
    EXPECT_EQ(url("bluesky", "bsky.app/profile/claire.example"), "https://bsky.app/profile/claire.example");
    EXPECT_EQ(url("whatsapp", "+44 (0)20 7946 0958"), "https://wa.me/442079460958");
    EXPECT_EQ(url("whatsapp", "wa.me/61412345678"), "https://wa.me/61412345678");
    EXPECT_EQ(url("website", "claire.example/about"), "https://claire.example/about");
    EXPECT_EQ(url("blog", "Claire.Example"), "https://Claire.Example");
    EXPECT_EQ(url("onlyfans", "claire"), "https://onlyfans.com/claire");
    EXPECT_EQ(url("instagram", "instagram.com"), "none");
    EXPECT_EQ(url("instagram", "instagram.com/"), "none");
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
          SocialLink{"instagram", ""}, SocialLink{"mastodon", "claire"}}) {
        EXPECT_FALSE(social_url(link)) << link.platform << " " << link.value;
    }
    EXPECT_EQ(social_label("instagram"), "Instagram");
    EXPECT_EQ(social_label("myspace"), "Myspace");
}

TEST(Timezone, NamesAreThoseOfTheDatabaseSorted) {
    EXPECT_TRUE(std::is_sorted(timezone_names().begin(), timezone_names().end()));
    EXPECT_GT(timezone_names().size(), 400u);
    for (const std::string name : {"Asia/Calcutta", "Europe/Lisbon", "UTC"}) {
        EXPECT_TRUE(std::binary_search(timezone_names().begin(), timezone_names().end(), name)) << name;
    }
    for (const char *name : {"Australia/Sydney", "America/Argentina/Buenos_Aires", "Asia/Kolkata", "UTC"}) {
        EXPECT_TRUE(is_timezone(name)) << name;
    }
    for (const char *name : {"", "Sydney", "Australia/", "Australia//Sydney", "../Australia/Sydney",
                             "Australia/Atlantis", "/etc/passwd", "australia/sydney "}) {
        EXPECT_FALSE(is_timezone(name)) << name;
    }
}
