// SPDX-License-Identifier: Apache-2.0
// Inside db only: turns errors of the server and of libpqxx into a db::Error with a sentence for a person.
#pragma once

#include "db/connection/error.h"

#include <exception>
#include <string>

namespace studio::db {

// `sqlstate` may be empty; `text` is libpq's whole message.
Error server_error(const std::string &sqlstate, const std::string &text);
// The error for a failed connection attempt, for which libpq gives no SQLSTATE.
Error connect_error(const std::string &text);
// Call in a catch block: throws the exception in flight as Error. `connected` tells whether the connection
// still stands.
[[noreturn]] void rethrow_as_error(bool connected);

} // namespace studio::db
