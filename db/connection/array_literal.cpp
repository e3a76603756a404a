// SPDX-License-Identifier: Apache-2.0
#include "db/connection/array_literal.h"

#include "db/connection/error.h"
#include "db/connection/rows.h"

#include <charconv>

namespace studio::db {

void ArrayLiteral::separate() {
    if (m_text.size() > 1) {
        m_text += ',';
    }
}

void ArrayLiteral::add_null() {
    separate();
    m_text += "NULL";
}

void ArrayLiteral::add_number(std::int64_t value) {
    separate();
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    m_text.append(digits, end);
}

void ArrayLiteral::add_flag(bool value) {
    separate();
    m_text += value ? 't' : 'f';
}

void ArrayLiteral::add_text(std::string_view text) {
    separate();
    m_text += '"';
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t special = text.find_first_of(std::string_view("\"\\\0", 3), from);
        m_text.append(text, from, special == std::string_view::npos ? special : special - from);
        if (special == std::string_view::npos) {
            break;
        }
        if (text[special] == '\0') {
            throw Error(ErrorKind::Invalid, "The text contains characters that the database cannot store.",
                        "22021");
        }
        m_text += '\\';
        m_text += text[special];
        from = special + 1;
    }
    m_text += '"';
}

void ArrayLiteral::add_text_or_null(std::string_view text) {
    if (text.empty()) {
        add_null();
    } else {
        add_text(text);
    }
}

void ArrayLiteral::add_uuid(const std::string &uuid) {
    if (!is_uuid(uuid)) {
        throw Error(ErrorKind::Invalid, "An id is not a UUID.", "22P02");
    }
    separate();
    m_text += uuid;
}

void ArrayLiteral::add_uuid_or_null(const std::string &uuid) {
    if (uuid.empty()) {
        add_null();
    } else {
        add_uuid(uuid);
    }
}

const std::string &ArrayLiteral::text() {
    if (!m_closed) {
        m_text += '}';
    }
    m_closed = true;
    return m_text;
}

} // namespace studio::db
