// SPDX-License-Identifier: Apache-2.0
#include "models/analytics/network.h"

#include <gtest/gtest.h>

namespace studio::models {
namespace {

TEST(NetworkName, IsOneHoweverTheNetworkIsCalled) {
    for (const char *written :
         {"twitter", "Twitter", "X", "x", "X (Twitter)", "X/Twitter", "Twitter / X", "x.com", "twitter.com",
          "t.co", "https://x.com/", "mobile.twitter.com", " X\u200B ", "X (formerly Twitter)"}) {
        EXPECT_EQ(network_name(written), "twitter") << written;
    }
    for (const char *written : {"instagram", "IG", "Insta", "Instagram.com", "l.instagram.com",
                                "www.instagram.com", " INSTAGRAM "}) {
        EXPECT_EQ(network_name(written), "instagram") << written;
    }
    for (const char *written : {"Facebook", "fb", "fb.com", "m.facebook.com", "lm.facebook.com"}) {
        EXPECT_EQ(network_name(written), "facebook") << written;
    }
    for (const char *written : {"TikTok", "Tik Tok", "tik-tok", "vm.tiktok.com"}) {
        EXPECT_EQ(network_name(written), "tiktok") << written;
    }
    EXPECT_EQ(network_name("LinkedIn"), "linkedin");
    EXPECT_EQ(network_name("You Tube"), "youtube");
    EXPECT_EQ(network_name("Bsky"), "bluesky");
}

TEST(NetworkName, KeepsWhatItDoesNotKnow) {
    EXPECT_EQ(network_name("Directory Example"), "directory example");
    EXPECT_EQ(network_name("www.directory.example"), "directory.example");
    EXPECT_EQ(network_name("newsletter-may"), "newsletter-may");
    EXPECT_EQ(network_name(" \u200B"), "");
    EXPECT_EQ(network_name("Одноклассники"), "Одноклассники");
}

TEST(NetworkLabel, IsWhatPeopleRead) {
    EXPECT_EQ(network_label("tiktok"), "TikTok");
    EXPECT_EQ(network_label("myspace"), "Myspace");
    EXPECT_EQ(network_label(""), "");
}

TEST(OriginOfHost, FollowsDomainsNotHosts) {
    const struct {
        const char *host, *source, *medium;
    } each[] = {{"com.google.android.googlequicksearchbox", "google", "search"},
                {"google.com.au", "google", "search"},
                {"www.google.co.nz", "google", "search"},
                {"m.google.de", "google", "search"},
                {"google.zz", "google", "search"},
                {"mail.google.com", "gmail", "email"},
                {"de.search.yahoo.com", "yahoo", "search"},
                {"lm.facebook.com", "facebook", "social"},
                {"de-de.facebook.com", "facebook", "social"},
                {"web.facebook.com", "facebook", "social"},
                {"com.facebook.katana", "facebook", "social"},
                {"old.reddit.com", "reddit", "social"},
                {"amp.reddit.com", "reddit", "social"},
                {"mobile.x.com", "twitter", "social"},
                {"vm.tiktok.com", "tiktok", "social"},
                {"au.linkedin.com", "linkedin", "social"},
                {"com.linkedin.android", "linkedin", "social"},
                {"www.pinterest.de", "pinterest", "social"},
                {"m.youtube.com", "youtube", "social"},
                {"www.bing.com", "bing", "search"},
                {"cn.bing.com", "bing", "search"},
                {"yandex.kz", "yandex", "search"},
                {"html.duckduckgo.com", "duckduckgo", "search"},
                {"www.perplexity.ai", "perplexity", "search"},
                {"l.threads.com", "threads", "social"},
                {"outlook.live.com", "outlook", "email"}};
    for (const auto &[host, source, medium] : each) {
        EXPECT_EQ(origin_of_host(host), (Origin{source, medium})) << host;
    }
}

TEST(OriginOfHost, KnowsNothingOfLookAlikes) {
    for (const char *host :
         {"googles.example", "notfacebook.com", "x.com.evil.example", "google.com.evil.example",
          "google.example.com", "localhost", "", "com", "co.uk", "mygoogle.de"}) {
        EXPECT_EQ(origin_of_host(host), std::nullopt) << host;
    }
}

} // namespace
} // namespace studio::models
