// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "renderer/delivery/outgoing_settings.h"
#include "renderer/support/ip_address.h"
#include "renderer/support/log.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>

namespace studio::renderer {

// what() names the variable and says what would be right.
class ConfigurationError final : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct SocketAddress {
    std::string address; // numeric
    std::uint16_t port = 0;
};

// All settings of the service; docs/operations.md describes each variable.
struct Configuration {
    std::string database_url;
    SocketAddress listen{"127.0.0.1", 8080};
    std::optional<SocketAddress> metrics;
    std::string platform_domain = "localhost";
    std::string link_domain = "localhost"; // where the links of emails lead; the platform's unless set
    std::string public_scheme = "http";
    std::optional<std::uint16_t> public_port; // none: the listening port on localhost, else the scheme's own
    std::string session_secret;               // "" where none was given
    std::string media_root, media_base_url;   // at most one of them
    TrustedProxies trusted_proxies;
    OutgoingSettings outgoing;
    std::string country_header, geoip_database; // "" for none
    std::size_t event_writers = 2;
    double limit_factor = 1; // of every limit on what one sender may ask
    std::size_t http_threads = 1;
    Log::Level log_level = Log::Level::Info;
};

// nullptr for a variable that is not set.
using Environment = std::function<const char *(const char *name)>;

// Throws ConfigurationError.
Configuration read_configuration(const Environment &environment);

} // namespace studio::renderer
