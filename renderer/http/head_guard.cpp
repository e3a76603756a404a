// SPDX-License-Identifier: Apache-2.0
#include "renderer/http/head_guard.h"

#include <algorithm>
#include <cstring>

namespace studio::renderer::http {

namespace {

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_port(std::string_view text) {
    return !text.empty() && text.size() <= 5 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Bytes that a request target may contain: visible ASCII without those that programs interpret differently.
bool is_target_char(char c) {
    return c > ' ' && c < 0x7f && c != '"' && c != '<' && c != '>' && c != '\\' && c != '#';
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return lower(x) == lower(y); });
}

} // namespace

std::optional<std::size_t> head_length(std::string_view received, std::size_t searched) {
    const std::size_t from = searched > 3 ? searched - 3 : 0;
    if (from >= received.size()) {
        return std::nullopt;
    }
    const void *found = memmem(received.data() + from, received.size() - from, "\r\n\r\n", 4);
    if (!found) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(static_cast<const char *>(found) - received.data()) + 4;
}

bool cannot_begin_request(std::string_view received) {
    const auto first = received.find_first_not_of("\r\n");
    return first != std::string_view::npos && !(received[first] >= 'A' && received[first] <= 'Z');
}

int check_raw_head(std::string_view head) {
    if (std::memchr(head.data(), '\0', head.size())) {
        return 400;
    }
    std::size_t line_start = 0;
    while (line_start < head.size()) {
        const std::size_t line_feed = head.find('\n', line_start);
        if (line_feed == std::string_view::npos || line_feed == line_start || head[line_feed - 1] != '\r') {
            return 400;
        }
        const std::string_view line = head.substr(line_start, line_feed - 1 - line_start);
        if (line.find('\r') != std::string_view::npos) {
            return 400;
        }
        if (line_start > 0 && !line.empty() && (line.front() == ' ' || line.front() == '\t')) {
            return 400;
        }
        line_start = line_feed + 1;
    }
    return 0;
}

bool is_valid_host(std::string_view host) {
    if (host.empty() || host.size() > 255 + 6) {
        return false;
    }
    if (host.front() == '[') {
        const auto close = host.find(']');
        if (close == std::string_view::npos || close < 3) {
            return false;
        }
        const std::string_view address = host.substr(1, close - 1);
        const std::string_view rest = host.substr(close + 1);
        return address.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos &&
               (rest.empty() || (rest.front() == ':' && is_port(rest.substr(1))));
    }
    const auto colon = host.find(':');
    const std::string_view name = host.substr(0, colon);
    if (colon != std::string_view::npos && !is_port(host.substr(colon + 1))) {
        return false;
    }
    return !name.empty() && name.size() <= 255 && name.front() != '.' &&
           name.find("..") == std::string_view::npos && std::all_of(name.begin(), name.end(), [](char c) {
               return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_';
           });
}

std::optional<Target> split_target(std::string_view target, std::string_view host) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!target.starts_with(scheme)) {
            continue;
        }
        target.remove_prefix(scheme.size());
        const auto end = std::min(target.find_first_of("/?"), target.size());
        if (!equals_ignoring_case(target.substr(0, end), host)) {
            return std::nullopt;
        }
        target.remove_prefix(end);
        if (target.empty()) {
            target = "/";
        }
        break;
    }
    if (!target.starts_with('/') || !std::all_of(target.begin(), target.end(), is_target_char)) {
        return std::nullopt;
    }
    const auto question = target.find('?');
    if (question == std::string_view::npos) {
        return Target{target, {}};
    }
    return Target{target.substr(0, question), target.substr(question + 1)};
}

} // namespace studio::renderer::http
