// SPDX-License-Identifier: Apache-2.0
#include "models/analytics/traffic_source.h"
#include "models/documents/content.h"
#include "models/values/timezone.h"
#include "tests/db/fixtures/sql.h"
#include "tests/support/test_database.h"

#include <gtest/gtest.h>

namespace studio::db {

namespace {

struct Arrival {
    std::string utm_source, utm_medium, referrer, source, medium;
};

TEST(DefaultZone, TheProgramAndTheDatabaseUseTheSame) {
    const test_support::TestDatabase database;
    Sql owner(database.owner_url());
    const std::string wanted = models::default_timezone;
    EXPECT_EQ(models::read_content(models::Json::object()).location.timezone, wanted);
    EXPECT_EQ(models::read_content({{"location", {{"timezone", ""}}}}).location.timezone, wanted);
    EXPECT_EQ(owner.value("SELECT studio_default_zone()"), wanted);
    EXPECT_EQ(owner.value("SELECT studio_zone_of('{}')"), wanted);
    EXPECT_EQ(owner.value("SELECT studio_zone_of('{\"location\": {\"timezone\": \"Nowhere/Atall\"}}')"),
              wanted);
    EXPECT_EQ(owner.value("SELECT studio_tenant_zone(gen_random_uuid())"), wanted);
    EXPECT_EQ(owner.value("SELECT studio_local_day(gen_random_uuid(), '2027-01-01T13:30:00Z')"),
              "2027-01-02");
}

TEST(TrafficSource, TheProgramAndTheDatabaseCallItTheSame) {
    const test_support::TestDatabase database;
    Sql owner(database.owner_url());
    const std::vector<std::string> own{"ada.localhost", "ada.example.com"};
    const std::string longest(100, 'q');
    const Arrival arrivals[] = {
        {"", "", "", "direct", "none"},
        {"  ", " ", "ada.localhost", "direct", "none"},
        {"", "", "Ada.Example.com", "direct", "none"},
        {"IG", "", "", "instagram", "social"},
        {" Instagram ", "Story", "t.co", "instagram", "story"},
        {"", "", "l.instagram.com", "instagram", "social"},
        {"", "", "t.co", "twitter", "social"},
        {"", "", "www.google.com.au", "google", "search"},
        {"", "", "news.google.com", "google", "search"},
        {"", "", "googles.example", "googles.example", "referral"},
        {"", "", "uk.search.yahoo.com", "yahoo", "search"},
        {"", "", "com.google.android.googlequicksearchbox", "google", "search"},
        {"", "", "lm.facebook.com", "facebook", "social"},
        {"", "", "de-de.facebook.com", "facebook", "social"},
        {"", "", "google.co.nz", "google", "search"},
        {"", "", "m.google.zz", "google", "search"},
        {"", "", "google.com.evil.example", "google.com.evil.example", "referral"},
        {"", "", "notfacebook.com", "notfacebook.com", "referral"},
        {"", "", "mail.google.com", "gmail", "email"},
        {"", "", "www.ada.example.com", "direct", "none"},
        {"", "", "html.duckduckgo.com", "duckduckgo", "search"},
        {"", "", "www.ask.com", "ask", "search"},
        {"X (Twitter)", "", "", "twitter", "social"},
        {"Tik-Tok", "", "", "tiktok", "social"},
        {"Directory Example", "", "", "directory example", "referral"},
        {"www.instagram.com", "", "", "instagram", "social"},
        {"", "", "duckduckgo.com", "duckduckgo", "search"},
        {"fb", "cpc", "", "facebook", "cpc"},
        {"", "", "go.bsky.app", "bluesky", "social"},
        {"", "", "www.directory.example", "directory.example", "referral"},
        {longest + "more", "", "", longest, "referral"},
    };
    for (const Arrival &each : arrivals) {
        const std::string source = models::traffic_source(each.utm_source, each.referrer, own);
        EXPECT_EQ(source, each.source);
        EXPECT_EQ(models::traffic_medium(each.utm_medium, source), each.medium);
        EXPECT_EQ(owner.value("SELECT concat_ws(' ', s.name, analytics_medium('" + each.utm_medium +
                              "', s.name)) FROM (SELECT analytics_source('" + each.utm_source + "', '" +
                              each.referrer + "', '{ada.localhost,ada.example.com}')) s (name)"),
                  each.source + " " + each.medium);
    }
}

} // namespace

} // namespace studio::db
