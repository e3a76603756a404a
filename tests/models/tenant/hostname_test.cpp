// SPDX-License-Identifier: Apache-2.0
#include "models/tenant/hostname.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

using namespace studio::models;

TEST(Subdomain, AcceptsPlainNames) {
    for (const std::string &text :
         std::vector<std::string>{"claire", "a", "0", "claire-hamilton", "c3", std::string(50, 'a')}) {
        EXPECT_TRUE(Subdomain::parse(text)) << text;
        EXPECT_EQ(Subdomain::problem(text), "");
    }
}

TEST(Subdomain, RefusesTheRestWithASentence) {
    for (const std::string &text : std::vector<std::string>{
             "", "Claire", "-a", "a-", "a b", "a.b", "a_b", "clairé", "www", "admin", "preview",
             "preview-claire", "xn--abc", "a/b", "a\n", std::string(51, 'a')}) {
        EXPECT_FALSE(Subdomain::parse(text)) << text;
        EXPECT_FALSE(Subdomain::problem(text).empty()) << text;
    }
    EXPECT_TRUE(Subdomain::is_reserved("www"));
    EXPECT_FALSE(Subdomain::is_reserved("claire"));
}

TEST(CustomDomain, AcceptsHostNames) {
    for (const char *text :
         {"claire.com", "x.com.au", "www.claire-hamilton.example", "a1.b2.co", "xn--clair-fsa.com"}) {
        EXPECT_TRUE(CustomDomain::parse(text)) << text;
    }
}

TEST(CustomDomain, RefusesTheRestWithASentence) {
    for (const std::string &text : std::vector<std::string>{
             "", "claire", "Claire.com", "https://claire.com", "claire.com/", "claire.com:8080",
             "192.168.0.1", "1.2", "a..b", ".a.com", "a.com.", "-a.com", "a-.com", "a b.com",
             "claire.localhost", "[::1]", "a_b.com", (std::string(97, 'a') + ".com")}) {
        EXPECT_FALSE(CustomDomain::parse(text)) << text;
        EXPECT_FALSE(CustomDomain::problem(text).empty()) << text;
    }
}
