// SPDX-License-Identifier: Apache-2.0
#include "models/tenant/hostname.h"

#include "base/host.h"

#include <algorithm>
#include <array>

namespace studio::models {

namespace {

// Names that the platform uses itself, or that visitors would mistake for the platform.
constexpr std::array<std::string_view, 38> reserved = {"www",           "api",       "admin",
                                                       "administrator", "app",       "assets",
                                                       "static",        "media",     "cdn",
                                                       "mail",          "email",     "smtp",
                                                       "imap",          "ftp",       "ns1",
                                                       "ns2",           "status",    "support",
                                                       "help",          "blog",      "docs",
                                                       "dev",           "test",      "staging",
                                                       "preview",       "platform",  "companionconnect",
                                                       "dashboard",     "login",     "account",
                                                       "accounts",      "billing",   "metrics",
                                                       "health",        "localhost", "root",
                                                       "security",      "studio"};

bool is_lower_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

} // namespace

bool Subdomain::is_reserved(std::string_view text) {
    return std::find(reserved.begin(), reserved.end(), text) != reserved.end();
}

std::string Subdomain::problem(std::string_view text) {
    if (text.empty()) {
        return "The subdomain is missing: use 1 to 50 lower-case letters, digits or hyphens.";
    }
    if (text.size() > 50) {
        return "The subdomain is too long: use at most 50 characters.";
    }
    const bool plain =
        std::all_of(text.begin(), text.end(), [](char c) { return is_lower_or_digit(c) || c == '-'; });
    if (!plain) {
        return "The subdomain has characters that a host name cannot have: use lower-case letters a to z, "
               "digits and hyphens.";
    }
    if (text.front() == '-' || text.back() == '-') {
        return "The subdomain starts or ends with a hyphen: put a letter or digit there.";
    }
    if (text.starts_with("preview-")) {
        return "A subdomain cannot start with \"preview-\": those hosts show drafts.";
    }
    if (text.substr(0, 4) == "xn--") {
        return "A subdomain cannot start with \"xn--\": use plain letters a to z.";
    }
    if (is_reserved(text)) {
        return "The subdomain \"" + std::string(text) + "\" is reserved for the platform: choose another.";
    }
    return {};
}

std::optional<Subdomain> Subdomain::parse(std::string_view text) {
    if (!problem(text).empty()) {
        return std::nullopt;
    }
    return Subdomain(std::string(text));
}

std::string CustomDomain::problem(std::string_view text) {
    if (text.empty()) {
        return "The domain is missing: enter a host name such as claire-hamilton.com.";
    }
    if (text.size() > 100) {
        return "The domain is too long: use at most 100 characters.";
    }
    if (text.find("://") != std::string_view::npos || text.find('/') != std::string_view::npos) {
        return "Enter only the host name, without http:// and without a path: claire-hamilton.com.";
    }
    if (text.find(':') != std::string_view::npos) {
        return "Enter the host name without a port: claire-hamilton.com.";
    }
    if (std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) {
        return "Use lower-case letters for the domain.";
    }
    if (!base::is_host_name(text)) {
        return "The domain is not a valid host name: use letters a to z, digits, hyphens and dots, such as "
               "claire-hamilton.com.";
    }
    const std::size_t dot = text.rfind('.');
    if (dot == std::string_view::npos) {
        return "The domain needs at least two parts, such as claire-hamilton.com.";
    }
    const std::string_view last = text.substr(dot + 1);
    if (std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        return "An IP address cannot be a custom domain: enter a host name such as claire-hamilton.com.";
    }
    if (last == "localhost") {
        return "Names below localhost exist on one computer only: enter a public host name such as "
               "claire-hamilton.com.";
    }
    return {};
}

std::optional<CustomDomain> CustomDomain::parse(std::string_view text) {
    if (!problem(text).empty()) {
        return std::nullopt;
    }
    return CustomDomain(std::string(text));
}

} // namespace studio::models
