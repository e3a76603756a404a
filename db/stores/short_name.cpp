// SPDX-License-Identifier: Apache-2.0
#include "db/stores/short_name.h"

#include "base/text.h"
#include "db/connection/error.h"

#include <fmt/format.h>

namespace studio::db {

void require_short_name(const std::string &name) {
    constexpr std::size_t max_characters = 100;
    if (const std::size_t count = base::character_count(name); count > max_characters) {
        throw Error(ErrorKind::Invalid,
                    fmt::format("A name has at most {} characters; this has {}.", max_characters, count));
    }
}

} // namespace studio::db
