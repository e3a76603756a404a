// SPDX-License-Identifier: Apache-2.0
#include "models/values/web_address.h"

#include "base/host.h"
#include "base/text.h"

#include <algorithm>
#include <cctype>

namespace studio::models {

namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool has_unsafe_character(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == 127 ||
               std::string_view("\"'<>\\`{}|^").find(c) != std::string_view::npos;
    });
}

bool is_port(std::string_view text) {
    if (text.empty() || text.size() > 5 || !std::all_of(text.begin(), text.end(), is_digit)) {
        return false;
    }
    int port = 0;
    for (const char digit : text) {
        port = port * 10 + (digit - '0');
    }
    return port > 0 && port <= 65535;
}

} // namespace

bool is_http_url(std::string_view text) {
    if (text.size() > max_url_length || has_unsafe_character(text)) {
        return false;
    }
    std::size_t scheme = 0;
    if (base::starts_with_ignoring_case(text, "https://")) {
        scheme = 8;
    } else if (base::starts_with_ignoring_case(text, "http://")) {
        scheme = 7;
    } else {
        return false;
    }
    const std::string_view authority = text.substr(scheme, text.find_first_of("/?#", scheme) - scheme);
    const std::size_t colon = authority.find(':');
    if (colon != std::string_view::npos && !is_port(authority.substr(colon + 1))) {
        return false;
    }
    return base::is_host_name(authority.substr(0, colon));
}

bool is_media_path(std::string_view text) {
    constexpr std::string_view prefix = "/media/";
    if (text.size() > max_url_length || !text.starts_with(prefix) || text.size() == prefix.size()) {
        return false;
    }
    std::string_view rest = text.substr(prefix.size());
    while (true) {
        const std::size_t slash = rest.find('/');
        const std::string_view segment = rest.substr(0, slash);
        const bool plain = std::all_of(segment.begin(), segment.end(), [](char c) {
            return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.';
        });
        if (segment.empty() || segment == "." || segment == ".." || !plain) {
            return false;
        }
        if (slash == std::string_view::npos) {
            return true;
        }
        rest = rest.substr(slash + 1);
    }
}

bool is_relative_path(std::string_view text) {
    if (text.empty() || text.size() > max_url_length || text.front() == '/' || has_unsafe_character(text)) {
        return false;
    }
    return text.find(':') == std::string_view::npos && !text.starts_with('?') && !text.starts_with('#');
}

bool is_safe_picture_url(std::string_view text) {
    return is_http_url(text) || is_media_path(text) || is_relative_path(text);
}

bool is_email(std::string_view text) {
    const std::size_t at = text.find('@');
    if (text.size() > 254 || at == std::string_view::npos || at == 0 || at > 64) {
        return false;
    }
    const std::string_view local = text.substr(0, at);
    const std::string_view host = text.substr(at + 1);
    const bool plain = std::all_of(local.begin(), local.end(), [](char c) {
        return is_letter(c) || is_digit(c) ||
               std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
    });
    if (!plain || local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos) {
        return false;
    }
    return base::is_host_name(host) && host.find('.') != std::string_view::npos;
}

std::optional<std::string> email_in(std::string_view pasted) {
    constexpr std::string_view scheme = "mailto:";
    std::string text = base::clean_line(pasted);
    const std::size_t open = text.find('<'), close = text.rfind('>');
    if (open != std::string::npos && close != std::string::npos && open < close) {
        text = text.substr(open + 1, close - open - 1);
    }
    if (base::starts_with_ignoring_case(text, scheme)) {
        text = text.substr(scheme.size(), text.find('?') - scheme.size());
    }
    while (!text.empty() && std::string_view(",;. ").find(text.back()) != std::string_view::npos) {
        text.pop_back();
    }
    return is_email(text) ? std::optional(text) : std::nullopt;
}

} // namespace studio::models
