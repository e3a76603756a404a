// SPDX-License-Identifier: Apache-2.0
// Checks of a request's head before a parser sees it, so that security does not depend on what the parser
// accepts.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace studio::renderer::http {

// Length of the head with its blank line; nullopt where the blank line has not come yet. `searched` bytes at
// the front are known not to hold its end.
std::optional<std::size_t> head_length(std::string_view received, std::size_t searched);

// True where no request can begin like this: spares a TLS hand-shake on a plain port the wait for the
// deadline.
bool cannot_begin_request(std::string_view received);

// 0 where the raw head is sound, else the status to refuse it with: NUL, bare CR or LF, folded lines.
int check_raw_head(std::string_view head);

// "HOST" or "HOST:PORT" of plain letters, digits, '-', '.', or an address in brackets.
bool is_valid_host(std::string_view host);

// Target as path and query. Accepts origin-form, and absolute-form whose authority is the Host field's.
struct Target {
    std::string_view path, query;
};
std::optional<Target> split_target(std::string_view target, std::string_view host);

} // namespace studio::renderer::http
