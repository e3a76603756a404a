// SPDX-License-Identifier: Apache-2.0
#include "db/connection/error.h"

namespace studio::db {

Error::Error(ErrorKind kind, const std::string &message, std::string sqlstate, std::string constraint)
    : std::runtime_error(message), m_kind(kind), m_sqlstate(std::move(sqlstate)),
      m_constraint(std::move(constraint)) {}

std::string_view to_string(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::Unreachable:
        return "unreachable";
    case ErrorKind::Conflict:
        return "conflict";
    case ErrorKind::NotFound:
        return "not found";
    case ErrorKind::Forbidden:
        return "forbidden";
    case ErrorKind::Invalid:
        return "invalid";
    case ErrorKind::Incomplete:
        return "incomplete";
    case ErrorKind::Other:
        break;
    }
    return "other";
}

} // namespace studio::db
