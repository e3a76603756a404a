// SPDX-License-Identifier: Apache-2.0
// Inside db only: random secrets, and the verifier that the server stores in place of a password.
#pragma once

#include <cstddef>
#include <string>

namespace studio::db {

// Letters, digits, '-' and '_' with 6 random bits each.
std::string random_token(std::size_t length);
// The name of a new login, which says nothing about its person: every login can read the names of all.
std::string random_login();
// A SCRAM-SHA-256 verifier as PostgreSQL stores it (RFC 5803). `password` must be ASCII.
std::string scram_verifier(const std::string &password);

} // namespace studio::db
