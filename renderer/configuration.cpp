// SPDX-License-Identifier: Apache-2.0
#include "renderer/configuration.h"

#include "renderer/delivery/smtp_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <thread>

namespace studio::renderer {

namespace {

std::string value_of(const Environment &environment, const char *name) {
    const char *value = environment(name);
    return value ? value : "";
}

[[noreturn]] void refuse(const char *name, std::string_view what_would_be_right) {
    throw ConfigurationError(fmt::format("{}: {}", name, what_would_be_right));
}

template <typename Number> std::optional<Number> number(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

SocketAddress socket_address(const char *name, std::string_view text) {
    constexpr std::string_view right = "write ADDRESS:PORT with a numeric address, such as 127.0.0.1:8080 or "
                                       "[::1]:8080; port 0 picks a free one";
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        refuse(name, right);
    }
    std::string_view address = text.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']')) {
        address = address.substr(1, address.size() - 2);
    }
    if (address == "localhost") {
        address = "127.0.0.1";
    }
    const auto port = number<std::uint16_t>(text.substr(colon + 1));
    if (!port || !IpAddress::parse(address)) {
        refuse(name, right);
    }
    return {std::string(address), *port};
}

// A lower-case host name, `otherwise` where the variable is not set.
std::string host_name(const Environment &environment, const char *name, const std::string &otherwise) {
    std::string domain = value_of(environment, name);
    if (domain.empty()) {
        return otherwise;
    }
    const bool plain = domain.size() <= 200 && domain.front() != '.' && domain.back() != '.' &&
                       domain.find("..") == std::string::npos &&
                       std::all_of(domain.begin(), domain.end(), [](char c) {
                           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
                       });
    if (!plain) {
        refuse(name, "write a lower-case host name without port, such as companionconnect.app");
    }
    return domain;
}

TrustedProxies trusted_proxies(std::string_view list) {
    std::vector<IpNetwork> networks;
    while (!list.empty()) {
        const auto comma = list.find(',');
        std::string entry(list.substr(0, comma));
        std::erase(entry, ' ');
        const auto network = IpNetwork::parse(entry);
        if (!network) {
            refuse("TRUSTED_PROXIES",
                   fmt::format("\"{}\" is neither an address nor a network: write a list such as "
                               "127.0.0.1,10.0.0.0/8",
                               entry));
        }
        networks.push_back(*network);
        list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
    }
    return TrustedProxies(std::move(networks));
}

void read_public_address(const Environment &environment, Configuration &configuration) {
    const bool local = configuration.platform_domain == "localhost";
    const std::string scheme = value_of(environment, "PUBLIC_SCHEME");
    configuration.public_scheme = !scheme.empty() ? scheme : local ? "http" : "https";
    if (configuration.public_scheme != "http" && configuration.public_scheme != "https") {
        refuse("PUBLIC_SCHEME", "write http or https");
    }
    if (const std::string port = value_of(environment, "PUBLIC_PORT"); !port.empty()) {
        configuration.public_port = number<std::uint16_t>(port);
        if (!configuration.public_port || *configuration.public_port == 0) {
            refuse("PUBLIC_PORT", "write the port that visitors use, 1 to 65535");
        }
    }
}

void read_media(const Environment &environment, Configuration &configuration) {
    configuration.media_root = value_of(environment, "MEDIA_ROOT");
    configuration.media_base_url = value_of(environment, "MEDIA_BASE_URL");
    if (!configuration.media_root.empty() && !configuration.media_base_url.empty()) {
        refuse("MEDIA_ROOT", "set either MEDIA_ROOT or MEDIA_BASE_URL, not both");
    }
    std::error_code error;
    if (!configuration.media_root.empty() &&
        !std::filesystem::is_directory(configuration.media_root, error)) {
        refuse("MEDIA_ROOT",
               fmt::format("\"{}\" is not a folder that can be read", configuration.media_root));
    }
    std::string &base = configuration.media_base_url;
    if (!base.empty() && !base.starts_with("https://") && !base.starts_with("http://")) {
        refuse("MEDIA_BASE_URL", "write an address that begins with https:// or http://");
    }
    while (base.ends_with('/')) {
        base.pop_back();
    }
}

bool switched_on(const Environment &environment, const char *name) {
    const std::string value = value_of(environment, name);
    if (!value.empty() && value != "0" && value != "1") {
        refuse(name, "write 1 or 0");
    }
    return value == "1";
}

OutgoingSettings outgoing(const Environment &environment, const std::string &domain) {
    OutgoingSettings settings;
    settings.smtp_url = value_of(environment, "SMTP_URL");
    settings.smtp_ca_file = value_of(environment, "SMTP_CA_FILE");
    if (!settings.smtp_ca_file.empty() && !std::ifstream(settings.smtp_ca_file)) {
        refuse("SMTP_CA_FILE", "name a file that can be read, with the certificates to trust as PEM");
    }
    if (!settings.smtp_url.empty()) {
        if (const std::string problem = SmtpClient::problem(settings.smtp_url); !problem.empty()) {
            refuse("SMTP_URL", problem);
        }
    }
    std::string from = value_of(environment, "SMTP_FROM");
    if (from.empty()) {
        from = "bookings@" + (domain == "localhost" ? std::string("localhost.localdomain") : domain);
    }
    const auto address = MailAddress::parse(from);
    if (!address) {
        refuse("SMTP_FROM", "write an address such as bookings@companionconnect.app, or with a name: "
                            "Companion Connect <bookings@companionconnect.app>");
    }
    settings.mail_from = *address;
    settings.webhooks.allow_insecure = switched_on(environment, "WEBHOOK_ALLOW_INSECURE");
    settings.webhooks.allow_private = switched_on(environment, "WEBHOOK_ALLOW_PRIVATE");
    return settings;
}

Log::Level log_level(const std::string &text) {
    if (text.empty() || text == "info") {
        return Log::Level::Info;
    }
    if (text == "debug") {
        return Log::Level::Debug;
    }
    if (text == "warning") {
        return Log::Level::Warning;
    }
    if (text == "error") {
        return Log::Level::Error;
    }
    refuse("LOG_LEVEL", "write debug, info, warning or error");
}

std::size_t http_threads(const std::string &text) {
    if (text.empty()) {
        return std::max(1u, std::thread::hardware_concurrency());
    }
    const auto threads = number<std::size_t>(text);
    if (!threads || *threads < 1 || *threads > 256) {
        refuse("HTTP_THREADS", "write a number from 1 to 256");
    }
    return *threads;
}

std::size_t event_writers(const std::string &text) {
    if (text.empty()) {
        return 2;
    }
    const auto writers = number<std::size_t>(text);
    if (!writers || *writers < 1 || *writers > 32) {
        refuse("EVENT_WRITERS", "write a number from 1 to 32");
    }
    return *writers;
}

double limit_factor(const std::string &text) {
    if (text.empty()) {
        return 1;
    }
    const auto factor = number<double>(text);
    if (!factor || !(*factor >= 0.1 && *factor <= 100'000)) {
        refuse("LIMIT_FACTOR",
               "write a number from 0.1 to 100000; every limit on one sender is multiplied by it");
    }
    return *factor;
}

std::string country_header(const std::string &text) {
    const bool plain = text.size() <= 100 && std::all_of(text.begin(), text.end(), [](char c) {
                           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                  (c >= '0' && c <= '9') || c == '-' || c == '_';
                       });
    if (!plain) {
        refuse("COUNTRY_HEADER", "write the name of a header field, such as CF-IPCountry");
    }
    return text;
}

} // namespace

Configuration read_configuration(const Environment &environment) {
    Configuration configuration;
    configuration.database_url = value_of(environment, "DATABASE_URL");
    if (configuration.database_url.empty()) {
        refuse("DATABASE_URL",
               "is not set: write the address of the database with the service's own login, such as "
               "postgresql://renderer:secret@db.example/companion_studio");
    }
    if (const std::string listen = value_of(environment, "LISTEN_ADDRESS"); !listen.empty()) {
        configuration.listen = socket_address("LISTEN_ADDRESS", listen);
    }
    if (const std::string metrics = value_of(environment, "METRICS_ADDRESS"); !metrics.empty()) {
        configuration.metrics = socket_address("METRICS_ADDRESS", metrics);
    }
    configuration.platform_domain = host_name(environment, "PLATFORM_DOMAIN", "localhost");
    configuration.link_domain = host_name(environment, "LINK_DOMAIN", configuration.platform_domain);
    read_public_address(environment, configuration);
    configuration.session_secret = value_of(environment, "SESSION_SECRET");
    if (!configuration.session_secret.empty() && configuration.session_secret.size() < 16) {
        refuse("SESSION_SECRET",
               "is too short: use at least 16 random characters, the same for every replica");
    }
    read_media(environment, configuration);
    configuration.trusted_proxies = trusted_proxies(value_of(environment, "TRUSTED_PROXIES"));
    configuration.outgoing = outgoing(environment, configuration.link_domain);
    configuration.country_header = country_header(value_of(environment, "COUNTRY_HEADER"));
    configuration.geoip_database = value_of(environment, "GEOIP_DATABASE");
    configuration.event_writers = event_writers(value_of(environment, "EVENT_WRITERS"));
    configuration.limit_factor = limit_factor(value_of(environment, "LIMIT_FACTOR"));
    configuration.http_threads = http_threads(value_of(environment, "HTTP_THREADS"));
    configuration.log_level = log_level(value_of(environment, "LOG_LEVEL"));
    return configuration;
}

} // namespace studio::renderer
