// SPDX-License-Identifier: Apache-2.0
// Inside db only: converts result fields to values, and documents to parameters.
#pragma once

#include "db/connection/error.h"
#include "db/connection/id_traits.h"
#include "models/tenant/tenant.h"

#include <pqxx/pqxx>

#include <optional>
#include <string>

namespace studio::db {

inline std::optional<std::string> optional_text(const pqxx::field &field) {
    return field.is_null() ? std::nullopt : std::optional<std::string>(field.c_str());
}

inline std::optional<models::TenantId> optional_tenant_id(const pqxx::field &field) {
    return field.is_null() ? std::nullopt : std::optional<models::TenantId>(field.c_str());
}

inline std::optional<int> optional_int(const pqxx::field &field) {
    return field.is_null() ? std::nullopt : std::optional<int>(field.as<int>());
}

// A field selected as microseconds since 1970 by SQL_MICROSECONDS.
inline models::Time time_of(const pqxx::field &field) {
    return base::from_microseconds(field.as<std::int64_t>(0));
}
#define SQL_MICROSECONDS(column) "(extract(epoch FROM " column ") * 1000000)::bigint"

// Text from the database as a JSON object. Throws Error{Other} naming `owner` where it is none, or not UTF-8.
models::Json document_of(const pqxx::field &field, const std::string &owner, models::DocumentKind kind);
// theme_config, content_config and photos_config of a row; all null gives empty documents.
models::Documents documents_of(const pqxx::row &row, const std::string &owner);

// Throws Error{Invalid} for strings that are not UTF-8.
std::string document_text(const models::Json &document, models::DocumentKind kind);

models::TenantStatus status_of(const pqxx::field &field);

// A UUID in its usual text form; other text would make the server refuse the statement.
bool is_uuid(const std::string &text);
template <class Tag> bool is_uuid(const base::Id<Tag> &id) {
    return is_uuid(id.text());
}
// Throws Error{NotFound}.
void require_tenant_id(const models::TenantId &id);
[[noreturn]] void throw_no_tenant();

} // namespace studio::db
