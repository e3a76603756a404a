// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace studio::db {

// The libpq keyword string for a person's or service's URL: time-outs, keep-alives and UTF-8 added, and
// sslmode=verify-full where the host is not local and no sslmode is given. Throws Error{Invalid}.
std::string connection_string(const std::string &url);

} // namespace studio::db
