// SPDX-License-Identifier: Apache-2.0
// Host names, also as people paste them.
#pragma once

#include <string>
#include <string_view>

namespace studio::base {

// Labels of ASCII letters, digits and '-', at most 63 each and 253 in all.
bool is_host_name(std::string_view text);

// The host in what a person pasted: of " Https://Claire.Example./about " it is "claire.example". It is in
// lower case, without scheme, path, query and final dots. A port or a user name stays, so that is_host_name()
// refuses it.
std::string plain_host(std::string_view pasted);

// Whether `host` is `domain` or lies below it.
bool is_within_domain(std::string_view host, std::string_view domain);

} // namespace studio::base
