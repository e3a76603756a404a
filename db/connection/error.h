// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace studio::db {

enum class ErrorKind {
    Unreachable, // no server, connection lost, server starting or stopping: the outcome of a write is unknown
    Conflict,    // another person's change came first, or a unique value is taken
    NotFound,
    Forbidden,  // row-level security, missing privilege, revoked or disabled account
    Invalid,    // a constraint refused the values; the message names field and what would be right
    Incomplete, // a part of the change is committed, as the message says; doing it again completes it
    Other
};

std::string_view to_string(ErrorKind kind);

// The one exception of this layer. what() is a sentence for a person; sqlstate() is "" where the error did
// not come from the server.
class Error final : public std::runtime_error {
public:
    Error(ErrorKind kind, const std::string &message, std::string sqlstate = {}, std::string constraint = {});
    ErrorKind kind() const { return m_kind; }
    const std::string &sqlstate() const { return m_sqlstate; }
    const std::string &constraint() const { return m_constraint; }

private:
    ErrorKind m_kind;
    std::string m_sqlstate;
    std::string m_constraint;
};

} // namespace studio::db
