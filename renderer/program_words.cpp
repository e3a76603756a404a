// SPDX-License-Identifier: Apache-2.0
#include "renderer/program_words.h"

#include "base/version.h"

#include <fmt/format.h>

namespace studio::renderer {

namespace {

struct Variable {
    std::string_view name, meaning;
};

constexpr Variable variables[] = {
    {"DATABASE_URL", "required: postgresql://LOGIN:PASSWORD@HOST/NAME, with the service's own login"},
    {"LISTEN_ADDRESS", "ADDRESS:PORT for visitors; default 127.0.0.1:8080"},
    {"METRICS_ADDRESS", "ADDRESS:PORT of /metrics and /own-domain, for a private network; default: off"},
    {"PLATFORM_DOMAIN", "the domain below which the sites are; default localhost"},
    {"LINK_DOMAIN", "the host to which links in emails lead, of a neutral name; default PLATFORM_DOMAIN"},
    {"PUBLIC_SCHEME", "http or https, as visitors come; default http on localhost, else https"},
    {"PUBLIC_PORT", "the port in addresses; default: the listening port on localhost, else the scheme's"},
    {"SESSION_SECRET",
     "at least 16 random characters, the same for every replica; default: made at the start"},
    {"MEDIA_ROOT", "the folder with the pictures, served at /media"},
    {"MEDIA_BASE_URL", "instead of MEDIA_ROOT: the address that has the pictures"},
    {"TRUSTED_PROXIES", "addresses and networks whose X-Forwarded fields are believed; default: none"},
    {"SMTP_URL", "the mail server, smtp://USER:PASSWORD@HOST:587 or smtps://; default: emails wait"},
    {"SMTP_CA_FILE", "PEM file of the authorities to trust for mail; default: the system's"},
    {"SMTP_FROM", "the sender of emails; default bookings@LINK_DOMAIN"},
    {"WEBHOOK_ALLOW_INSECURE", "1: webhooks to http:// too; default 0"},
    {"WEBHOOK_ALLOW_PRIVATE", "1: webhooks to addresses that are not public too; default 0"},
    {"COUNTRY_HEADER", "the field in which a trusted proxy says the visitor's country; default: none"},
    {"GEOIP_DATABASE", "a MaxMind DB file with countries; default: none"},
    {"EVENT_WRITERS", "connections that write events, 1 to 32; default 2"},
    {"HTTP_THREADS", "event loops, 1 to 256; default: one for each processor"},
    {"LIMIT_FACTOR", "multiplies the limits on one sender, 0.1 to 100000; default 1"},
    {"LOG_LEVEL", "debug, info, warning or error; default info"},
};

} // namespace

std::string help_text() {
    std::string text = "Serves the sites of a platform. Usage: companion-renderer [--help | --version]\n\n"
                       "Its settings are variables of the environment:\n";
    for (const Variable &variable : variables) {
        text += fmt::format("  {:<23} {}\n", variable.name, variable.meaning);
    }
    text += "\nThe log goes to standard output, one line of JSON for each event. SIGTERM ends the service "
            "after the\n"
            "requests under way. Exit codes: 0 ended by a signal, 1 could not start, 2 a setting is wrong.\n";
    return text;
}

ProgramAnswer answer_words(const std::vector<std::string_view> &words) {
    if (words.size() == 1 && (words[0] == "--help" || words[0] == "-h")) {
        return {0, help_text()};
    }
    if (words.size() == 1 && words[0] == "--version") {
        return {0, fmt::format("companion-renderer {}\n", base::version())};
    }
    return {2, fmt::format("companion-renderer: \"{}\" is not expected: the settings are variables of the "
                           "environment. See \"companion-renderer --help\".\n",
                           words.size() > 1 ? words[1]
                           : words.empty()  ? ""
                                            : words[0])};
}

} // namespace studio::renderer
