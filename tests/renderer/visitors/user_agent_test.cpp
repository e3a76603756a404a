// SPDX-License-Identifier: Apache-2.0
#include "renderer/visitors/bot_counter.h"
#include "renderer/visitors/user_agent_cache.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>
#include <future>

namespace studio::renderer {
namespace {

const UserAgentRules &rules() {
    static const UserAgentRules all;
    return all;
}

TEST(UserAgent, KnowsTheBrowsersOfPeople) {
    const std::tuple<const char *, const char *, const char *> each[] = {
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 "
         "Safari/537.36",
         "Chrome", "desktop"},
        {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "Version/18.1 "
         "Safari/605.1.15",
         "Safari", "desktop"},
        {"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox", "desktop"},
        {"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 "
         "Safari/537.36",
         "Chrome", "desktop"},
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 "
         "Safari/537.36 Edg/131.0.0.0",
         "Edge", "desktop"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "Version/18.1 Mobile/15E148 Safari/604.1",
         "Mobile Safari", "mobile"},
        {"Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "Version/17.7 "
         "Mobile/15E148 Safari/604.1",
         "Mobile Safari", "tablet"},
        {"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile "
         "Safari/537.36",
         "Chrome Mobile", "mobile"},
        {"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 "
         "Safari/537.36",
         "Chrome", "tablet"},
        {"Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) "
         "SamsungBrowser/26.0 "
         "Chrome/122.0.0.0 Mobile Safari/537.36",
         "Samsung Internet", "mobile"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_6_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "Mobile/21G93 Instagram 360.0.0.30.98 (iPhone15,2; iOS 17_6_1; en_AU; en; scale=3.00; 1179x2556; 1)",
         "Instagram", "mobile"},
        {"Mozilla/5.0 (Android 15; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0", "Firefox Mobile", "mobile"}};
    for (const auto &[text, browser, device] : each) {
        EXPECT_EQ(rules().classify(text), (UserAgent{BotClass::None, browser, device})) << text;
    }
}

TEST(UserAgent, KnowsPeopleInApplicationsOfNetworks) {
    const std::pair<const char *, const char *> each[] = {
        {"[FBAN/FB4A;FBAV/487.0.0.65.83;FBBV/654;FBDM/{density=3.0,width=1080,height=2124};FBLC/en_AU;FBRV/0;"
         "FBCR/Telstra;FBMF/samsung;FBBD/samsung;FBPN/com.facebook.katana;FBDV/SM-S921B;FBSV/14;FBOP/1;]",
         "mobile"},
        {"[FBAN/FBIOS;FBAV/487.0.0.38.107;FBBV/654;FBDV/iPhone16,1;FBMD/iPhone;FBSN/iOS;FBSV/18.1;FBSS/3;]",
         "mobile"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "Mobile/22B83 "
         "[FBAN/FBIOS;FBAV/487.0.0.38.107;FBDV/iPhone16,1;FBMD/iPhone;FBSN/iOS;FBSV/18.1;FBCR/Optus;]",
         "mobile"},
        {"Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "Mobile/21H16 "
         "[FBAN/FBIOS;FBAV/487.0.0.38.107;FBDV/iPad13,18;FBMD/iPad;FBSN/iPadOS;FBSV/17.7;]",
         "tablet"},
        {"Mozilla/5.0 (Linux; Android 14; SM-S921B Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, "
         "like Gecko) "
         "Version/4.0 Chrome/131.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/487.0.0.65.83;IABMV/1;]",
         "mobile"},
        {"Instagram 312.0.0.34.111 Android (33/13; 420dpi; 1080x2400; samsung; SM-A536E; a53x; s5e8825; "
         "en_AU; 5)",
         "mobile"},
        {"Mozilla/5.0 (Linux; Android 13; SM-A536E Build/TP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Version/4.0 "
         "Chrome/131.0.0.0 Mobile Safari/537.36 musical_ly_2023 BytedanceWebview/d8a21c6",
         "mobile"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "Mobile/22B83 "
         "Snapchat/13.13.0.40 (like Safari/8620.1.16.10.11, panda)",
         "mobile"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "Mobile/22B83 "
         "[LinkedInApp]/9.30.2",
         "mobile"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "GSA/340.3 "
         "Mobile/22B83 Safari/604.1",
         "mobile"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "Version/18.1 "
         "Mobile/15E148 Safari/604.1 Twitter for iPhone/10.70",
         "mobile"}};
    for (const auto &[text, device] : each) {
        const UserAgent agent = rules().classify(text);
        EXPECT_EQ(agent.bot, BotClass::None) << text;
        EXPECT_EQ(agent.device_type, device) << text;
    }
}

TEST(UserAgent, AModelsNameMakesNoBotAndNoTelevision) {
    for (const char *model :
         {"HTC Butterfly", "HTC Butterfly 2 Build/KOT49H", "Magellan", "Sonic X1", "Fluid 3", "Viber One",
          "HTV33 Build/MRA58K", "en-au; Charlotte Build/X1", "T-Mobile REVVL"}) {
        const UserAgent agent =
            rules().classify(fmt::format("Mozilla/5.0 (Linux; Android 10; {}) AppleWebKit/537.36 (KHTML, "
                                         "like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
                                         model));
        EXPECT_EQ(agent.bot, BotClass::None) << model;
        EXPECT_EQ(agent.device_type, "mobile") << model;
    }
    EXPECT_EQ(
        rules().classify("[FBAN/FB4A;FBAV/487.0;FBCR/Fluid;FBMF/Magellan;FBDV/HTC Butterfly s;FBSV/14;]").bot,
        BotClass::None);
    EXPECT_EQ(
        rules()
            .classify("Mozilla/5.0 (Linux; Android 11; T-Mobile Tab) AppleWebKit/537.36 (KHTML, like Gecko) "
                      "Chrome/131.0.0.0 Safari/537.36")
            .device_type,
        "tablet");
}

TEST(UserAgent, KnowsTelevisions) {
    for (const char *text :
         {"Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) Version/6.0 TV "
          "Safari/537.36",
          "Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/94.0 "
          "Safari/537.36",
          "Mozilla/5.0 (Linux; Android 9; Android TV Build/PI) AppleWebKit/537.36 Chrome/120.0 "
          "Safari/537.36"}) {
        EXPECT_EQ(rules().classify(text).device_type, "tv") << text;
    }
}

TEST(UserAgent, ABotInAPhonesClothesStaysABot) {
    for (const char *text :
         {"Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) "
          "Chrome/131.0.0.0 "
          "Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
          "Mozilla/5.0 (Linux; Android 10; compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/) "
          "Chrome/131.0.0.0 "
          "Mobile Safari/537.36",
          "Mozilla/5.0 (Linux; Android 10; AhrefsBot) Chrome/131.0.0.0 Mobile Safari/537.36",
          "facebookexternalhit/1.1"}) {
        EXPECT_NE(rules().classify(text).bot, BotClass::None) << text;
    }
}

TEST(UserAgent, KnowsBotsByClass) {
    const std::pair<const char *, const char *> each[] = {
        {"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "search"},
        {"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; "
         "+https://openai.com/gptbot)",
         "ai"},
        {"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; "
         "+claudebot@anthropic.com)",
         "ai"},
        {"Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", "seo"},
        {"Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)", "monitoring"},
        {"facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "social"},
        {"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/131.0.0.0 "
         "Safari/537.36",
         "headless"},
        {"curl/8.5.0", "other"},
        {"python-requests/2.32.3", "other"},
        {"", "other"}};
    for (const auto &[text, bot] : each) {
        EXPECT_EQ(to_string(rules().classify(text).bot), bot) << text;
    }
}

// The list's own samples, of which a bot of the list must know nearly every one.
TEST(UserAgent, FindsTheSamplesOfTheListOfCrawlers) {
    std::ifstream file(std::string(std::getenv("STUDIO_SOURCE_DIR")) +
                       "/node_modules/crawler-user-agents/crawler-user-agents.json");
    int samples = 0;
    for (const auto &crawler : nlohmann::json::parse(file)) {
        if (crawler.at("pattern") == "AP3A\\.240617\\.008") {
            continue; // the build number of many phones, which the list takes for a crawler named 008
        }
        for (const auto &sample : crawler.value("instances", std::vector<std::string>())) {
            ++samples;
            EXPECT_NE(rules().classify(sample).bot, BotClass::None) << sample;
        }
    }
    EXPECT_GT(samples, 2000);
}

TEST(UserAgent, TakesAnything) {
    EXPECT_EQ(rules().classify(std::string(100'000, 'x')).bot, BotClass::None);
    EXPECT_EQ(rules().classify("\xff\xfe\x01 Firefox/133.0").browser, "Firefox");
    EXPECT_LE(rules().classify(fmt::format("{0}/1.0 {0}", std::string(300, 'a'))).browser.size(), 50u);
}

TEST(UserAgent, RulesAreMachineCodeWhereNothingForbidsIt) {
    EXPECT_TRUE(compiles_user_agent_rules());
}

TEST(UserAgentCache, LooksAtEachOnceAndKeepsIt) {
    const Log log(Log::Level::Error);
    UserAgentCache book(log);
    UserAgentReader reader(book), other_loop(book);
    const std::string text = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
    EXPECT_EQ(reader.find(text), nullptr);
    std::promise<KnownUserAgent> first, second;
    ASSERT_TRUE(book.look_at(text, [&](const KnownUserAgent &agent) { first.set_value(agent); }));
    ASSERT_TRUE(book.look_at(text, [&](const KnownUserAgent &agent) { second.set_value(agent); }));
    const KnownUserAgent agent = first.get_future().get();
    EXPECT_EQ(agent, second.get_future().get());
    ASSERT_NE(reader.find(text), nullptr);
    EXPECT_EQ(*reader.find(text), *agent);
    EXPECT_EQ(other_loop.find(text), agent.get());
}

TEST(UserAgentCache, ForgetsWhatWasNotSeenForLong) {
    const Log log(Log::Level::Error);
    UserAgentCache book(log, 64);
    std::promise<void> done;
    const std::uint64_t favourite = book.hash("Firefox/1");
    for (int i = 1; i <= 400; ++i) {
        ASSERT_TRUE(book.look_at(fmt::format("Firefox/{}", i), [&, i](const KnownUserAgent &) {
            book.find(favourite);
            if (i == 400) {
                done.set_value();
            }
        }));
    }
    done.get_future().get();
    EXPECT_LE(book.size(), 65u);
    EXPECT_EQ(book.find(book.hash("Firefox/2")), nullptr);
    EXPECT_NE(book.find(favourite), nullptr) << "what is asked for stays";
}

TEST(BotCounter, CountsByTenantDayAndClass) {
    const models::TenantId ada("ada"), bea("bea");
    BotCounter counter;
    counter.add(ada, 1, BotClass::Ai);
    counter.add(ada, 1, BotClass::Ai);
    counter.add(ada, 2, BotClass::Ai);
    counter.add(bea, 1, BotClass::Seo, 5);
    const auto counts = counter.take();
    EXPECT_EQ(counts, (std::vector<BotCounter::Count>{
                          {ada, 1, BotClass::Ai, 2}, {ada, 2, BotClass::Ai, 1}, {bea, 1, BotClass::Seo, 5}}));
    EXPECT_TRUE(counter.take().empty());
    counter.put_back(counts);
    EXPECT_EQ(counter.take(), counts);
    EXPECT_EQ(counter.total(BotClass::Ai), 3u);
    EXPECT_EQ(counter.total(BotClass::Seo), 5u);
}

} // namespace
} // namespace studio::renderer
