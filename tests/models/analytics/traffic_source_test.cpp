// SPDX-License-Identifier: Apache-2.0
#include "models/analytics/traffic_source.h"

#include <gtest/gtest.h>

#include <vector>

namespace studio::models {
namespace {

TEST(ReferrerHost, TakesAddressesHostsAndApplications) {
    EXPECT_EQ(referrer_host("https://www.Google.com.au/search?q=x"), "google.com.au");
    EXPECT_EQ(referrer_host("l.instagram.com"), "l.instagram.com");
    EXPECT_EQ(referrer_host("android-app://com.google.android.googlequicksearchbox/"),
              "com.google.android.googlequicksearchbox");
    EXPECT_EQ(referrer_host("Android-App://com.twitter.android"), "com.twitter.android");
    EXPECT_EQ(referrer_host("http://localhost:8080/"), "localhost");
    EXPECT_EQ(referrer_host("https://t.co./abc"), "t.co");
    for (const char *none : {"", " ", "about:blank", "data:text/html,x", "not a host", "https://"}) {
        EXPECT_EQ(referrer_host(none), none == std::string("about:blank")        ? "about"
                                       : none == std::string("data:text/html,x") ? "data"
                                                                                 : "")
            << none;
    }
}

TEST(TrafficSource, NamesWhereAVisitCameFrom) {
    const std::vector<std::string> own{"ada.localhost", "ada.example.com"};
    const struct {
        std::string utm_source, utm_medium, referrer, source, medium;
    } each[] = {{"", "", "", "direct", "none"},
                {"  ", " ", "ada.localhost", "direct", "none"},
                {"", "", "https://www.Ada.Example.com/x", "direct", "none"},
                {"IG", "", "", "instagram", "social"},
                {" Instagram ", "Story", "t.co", "instagram", "story"},
                {"X (Twitter)", "", "", "twitter", "social"},
                {"", "", "android-app://com.google.android.googlequicksearchbox/", "google", "search"},
                {"", "", "android-app://com.twitter.android/", "twitter", "social"},
                {"", "", "https://m.facebook.com/", "facebook", "social"},
                {"", "", "https://www.google.co.uk/", "google", "search"},
                {"", "", "googles.example", "googles.example", "referral"},
                {"", "", "www.directory.example", "directory.example", "referral"},
                {"newsletter", "email", "", "newsletter", "email"},
                {"", "", "https://mail.google.com/", "gmail", "email"},
                {"", "CPC", "https://www.google.com/", "google", "cpc"}};
    for (const auto &arrival : each) {
        const std::string source = traffic_source(arrival.utm_source, arrival.referrer, own);
        EXPECT_EQ(source, arrival.source) << arrival.referrer;
        EXPECT_EQ(traffic_medium(arrival.utm_medium, source), arrival.medium) << arrival.referrer;
    }
    EXPECT_EQ(traffic_source(std::string(140, 'q'), ""), std::string(100, 'q'));
}

} // namespace
} // namespace studio::models
