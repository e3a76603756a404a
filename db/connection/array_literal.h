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
    // As it is: for numbers, times in microseconds since 1970, and truth values.
    void add_number(std::int64_t value);
    void add_time(base::Time time) { add_number(base::to_microseconds(time)); }
    void add_flag(bool value);
    // Quoted. Throws Error{Invalid} where the text holds NUL, which PostgreSQL cannot store.
    void add_text(std::string_view text);
    void add_text_or_null(std::string_view text);
    // A UUID in its usual form, unquoted. Throws Error{Invalid} for anything else but "" where that is NULL.
    void add_uuid(const std::string &uuid);
    template <class Tag> void add_uuid(const base::Id<Tag> &id) { add_uuid(id.text()); }
    void add_uuid_or_null(const std::string &uuid);

    // The whole; the literal can then take no more.
    const std::string &text();

private:
    void separate();
    std::string m_text = "{";
    bool m_closed = false;
};

} // namespace studio::db
