// SPDX-License-Identifier: Apache-2.0
// Inside db only: one column of a batch as the text of a PostgreSQL array, "{a,NULL,\"b c\"}".
#pragma once

#include "base/id.h"
#include "base/time.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace studio::db {

class ArrayLiteral final {
public:
    void reserve(std::size_t bytes) { m_text.reserve(bytes + 2); }
    void add_null();
    // Adds the value unquoted: a number, a time in microseconds since 1970, or a truth value.
    void add_number(std::int64_t value);
    void add_time(base::Time time) { add_number(base::to_microseconds(time)); }
    void add_flag(bool value);
    // Adds the text quoted. Throws Error{Invalid} where the text holds NUL, which PostgreSQL cannot store.
    void add_text(std::string_view text);
    void add_text_or_null(std::string_view text);
    // Adds a UUID in its usual form, unquoted. Throws Error{Invalid} for other text, except for "" where that
    // means NULL.
    void add_uuid(const std::string &uuid);
    template <class Tag> void add_uuid(const base::Id<Tag> &id) { add_uuid(id.text()); }
    void add_uuid_or_null(const std::string &uuid);

    // The finished literal; nothing can be added afterwards.
    const std::string &text();

private:
    void separate();
    std::string m_text = "{";
    bool m_closed = false;
};

} // namespace studio::db
