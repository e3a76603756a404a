// SPDX-License-Identifier: Apache-2.0
#include "base/host.h"

#include "base/text.h"

#include <algorithm>

namespace studio::base {

namespace {

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

} // namespace

bool is_host_name(std::string_view text) {
    if (text.empty() || text.size() > 253) {
        return false;
    }
    std::size_t label = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        if (at == text.size() || text[at] == '.') {
            if (label == 0 || label > 63 || text[at - 1] == '-') {
                return false;
            }
            label = 0;
        } else {
            if (!is_letter_or_digit(text[at]) && !(text[at] == '-' && label > 0)) {
                return false;
            }
            ++label;
        }
    }
    return true;
}

std::string plain_host(std::string_view pasted) {
    std::string host = lower_case(clean_line(pasted));
    for (const std::string_view scheme : {"https://", "http://", "//"}) {
        if (host.starts_with(scheme)) {
            host.erase(0, scheme.size());
            break;
        }
    }
    host.resize(std::min(host.find_first_of("/?#"), host.size()));
    while (!host.empty() && host.back() == '.') {
        host.pop_back();
    }
    return host;
}

bool is_within_domain(std::string_view host, std::string_view domain) {
    return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                              host[host.size() - domain.size() - 1] == '.');
}

} // namespace studio::base
