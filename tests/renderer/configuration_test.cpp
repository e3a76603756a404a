// SPDX-License-Identifier: Apache-2.0
#include "models/values/web_address.h"
#include "renderer/configuration.h"
#include "renderer/program_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

namespace studio::renderer {
namespace {

using Variables = std::map<std::string, std::string>;

Configuration read(Variables variables) {
    variables.emplace("DATABASE_URL", "postgresql://renderer@db/studio");
    return read_configuration([&](const char *name) -> const char * {
        const auto found = variables.find(name);
        return found == variables.end() ? nullptr : found->second.c_str();
    });
}

TEST(Configuration, HasDefaultsForALocalMachine) {
    const Configuration configuration = read({});
    EXPECT_EQ(configuration.listen.address, "127.0.0.1");
    EXPECT_EQ(configuration.listen.port, 8080);
    EXPECT_FALSE(configuration.metrics);
    EXPECT_EQ(configuration.platform_domain, "localhost");
    EXPECT_EQ(configuration.public_scheme, "http");
    EXPECT_GE(configuration.http_threads, 1u);
}

TEST(ProgramWords, HelpNamesEveryVariableThatIsRead) {
    std::set<std::string> asked;
    read_configuration([&](const char *name) -> const char * {
        asked.insert(name);
        return std::string_view(name) == "DATABASE_URL" ? "postgresql://renderer@db/studio" : nullptr;
    });
    EXPECT_GE(asked.size(), 20u);
    const ProgramAnswer help = answer_words({"--help"});
    EXPECT_EQ(help.exit_code, 0);
    for (const std::string &name : asked) {
        EXPECT_THAT(help.text, testing::HasSubstr("\n  " + name + " "));
    }
    EXPECT_EQ(answer_words({"-h"}).text, help.text);
}

TEST(ProgramWords, TellTheVersionAndRefuseOthers) {
    EXPECT_EQ(answer_words({"--version"}).exit_code, 0);
    EXPECT_THAT(answer_words({"--version"}).text, testing::MatchesRegex("companion-renderer [0-9.]+\n"));
    const ProgramAnswer refused = answer_words({"--port"});
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_THAT(refused.text, testing::AllOf(testing::HasSubstr("\"--port\""), testing::HasSubstr("--help")));
    EXPECT_EQ(answer_words({"--help", "now"}).exit_code, 2);
}

TEST(Configuration, ReadsWhatMeasuresVisitors) {
    EXPECT_EQ(read({}).event_writers, 2u);
    EXPECT_EQ(read({}).country_header, "");
    const Configuration configuration = read({{"EVENT_WRITERS", "4"},
                                              {"COUNTRY_HEADER", "CF-IPCountry"},
                                              {"GEOIP_DATABASE", "/srv/countries.mmdb"}});
    EXPECT_EQ(configuration.event_writers, 4u);
    EXPECT_EQ(configuration.country_header, "CF-IPCountry");
    EXPECT_EQ(configuration.geoip_database, "/srv/countries.mmdb");
    for (const auto &[name, wrong] : Variables{{"EVENT_WRITERS", "0"}, {"COUNTRY_HEADER", "X Country:"}}) {
        EXPECT_THROW(read({{name, wrong}}), ConfigurationError) << name;
    }
}

TEST(Configuration, IsHttpsOnARealDomain) {
    EXPECT_EQ(read({{"PLATFORM_DOMAIN", "companionconnect.app"}}).public_scheme, "https");
    EXPECT_EQ(read({{"PLATFORM_DOMAIN", "companionconnect.app"}, {"PUBLIC_SCHEME", "http"}}).public_scheme,
              "http");
}

TEST(Configuration, ReadsAddressesOfBothFamilies) {
    EXPECT_EQ(read({{"LISTEN_ADDRESS", "[::1]:0"}}).listen.address, "::1");
    EXPECT_EQ(read({{"LISTEN_ADDRESS", "0.0.0.0:80"}}).listen.port, 80);
    EXPECT_EQ(read({{"METRICS_ADDRESS", "localhost:9100"}}).metrics->address, "127.0.0.1");
}

TEST(Configuration, TakesTheLastSlashOffTheMediaAddress) {
    EXPECT_EQ(read({{"MEDIA_BASE_URL", "https://cdn.example/bucket/"}}).media_base_url,
              "https://cdn.example/bucket");
}

TEST(Configuration, SendsMailAsThePlatformUnlessToldOtherwise) {
    EXPECT_EQ(read({{"PLATFORM_DOMAIN", "companionconnect.app"}}).outgoing.mail_from.address,
              "bookings@companionconnect.app");
    EXPECT_TRUE(models::is_email(read({}).outgoing.mail_from.address));
    const Configuration configuration = read({{"SMTP_URL", "smtps://user:p%40ss@mail.example:465"},
                                              {"SMTP_FROM", "Companion Connect <hello@example.com>"},
                                              {"WEBHOOK_ALLOW_PRIVATE", "1"}});
    EXPECT_EQ(configuration.outgoing.smtp_url, "smtps://user:p%40ss@mail.example:465");
    EXPECT_EQ(configuration.outgoing.mail_from.name, "Companion Connect");
    EXPECT_TRUE(configuration.outgoing.webhooks.allow_private);
    EXPECT_FALSE(configuration.outgoing.webhooks.allow_insecure);
}

TEST(Configuration, LeadsLinksOfEmailsToThePlatformUnlessToldOtherwise) {
    EXPECT_EQ(read({}).link_domain, "localhost");
    EXPECT_EQ(read({{"PLATFORM_DOMAIN", "companionconnect.app"}}).link_domain, "companionconnect.app");
    const Configuration neutral =
        read({{"PLATFORM_DOMAIN", "companionconnect.app"}, {"LINK_DOMAIN", "appointments.example"}});
    EXPECT_EQ(neutral.link_domain, "appointments.example");
    EXPECT_EQ(neutral.outgoing.mail_from.address, "bookings@appointments.example");
}

TEST(Configuration, NamesTheVariableThatIsWrong) {
    const std::pair<const char *, const char *> bad[] = {
        {"DATABASE_URL", ""},
        {"LISTEN_ADDRESS", "8080"},
        {"LISTEN_ADDRESS", "127.0.0.1:70000"},
        {"LISTEN_ADDRESS", "example.com:80"},
        {"METRICS_ADDRESS", "127.0.0.1:"},
        {"PLATFORM_DOMAIN", "https://companionconnect.app"},
        {"PLATFORM_DOMAIN", "Companionconnect.app"},
        {"PLATFORM_DOMAIN", "a..b"},
        {"LINK_DOMAIN", "https://appointments.example"},
        {"PUBLIC_SCHEME", "ftp"},
        {"PUBLIC_PORT", "0"},
        {"PUBLIC_PORT", "eighty"},
        {"SESSION_SECRET", "short"},
        {"MEDIA_ROOT", "/nowhere/at/all"},
        {"MEDIA_BASE_URL", "cdn.example"},
        {"TRUSTED_PROXIES", "127.0.0.1,proxy"},
        {"HTTP_THREADS", "0"},
        {"LIMIT_FACTOR", "0"},
        {"LIMIT_FACTOR", "much"},
        {"LOG_LEVEL", "loud"},
        {"SMTP_URL", "mail.example"},
        {"SMTP_URL", "http://mail.example"},
        {"SMTP_CA_FILE", "/nowhere/authorities.pem"},
        {"SMTP_FROM", "Companion Connect"},
        {"WEBHOOK_ALLOW_INSECURE", "yes"},
        {"WEBHOOK_ALLOW_PRIVATE", "true"},
    };
    for (const auto &[name, value] : bad) {
        try {
            read({{name, value}});
            ADD_FAILURE() << name << "=" << value << " was taken";
        } catch (const ConfigurationError &error) {
            EXPECT_THAT(error.what(), testing::StartsWith(std::string(name) + ":"));
        }
    }
}

TEST(Configuration, RefusesTwoPlacesForMedia) {
    EXPECT_THROW(read({{"MEDIA_ROOT", "/"}, {"MEDIA_BASE_URL", "https://cdn.example"}}), ConfigurationError);
}

} // namespace
} // namespace studio::renderer
