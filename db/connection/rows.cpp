// SPDX-License-Identifier: Apache-2.0
#include "db/connection/rows.h"

#include <algorithm>
#include <cctype>

namespace studio::db {

models::Json document_of(const pqxx::field &field, const std::string &owner, models::DocumentKind kind) {
    models::Json document;
    try {
        document = models::Json::parse(field.c_str(), field.c_str() + field.size());
    } catch (const models::Json::exception &) {
        document = nullptr;
    }
    if (!document.is_object()) {
        throw Error(ErrorKind::Other, "The stored " + std::string(models::to_string(kind)) + " document of " +
                                          owner + " is damaged: it is not a JSON object in UTF-8.");
    }
    return document;
}

models::Documents documents_of(const pqxx::row &row, const std::string &owner) {
    models::Documents documents;
    if (row["theme_config"].is_null()) {
        return documents;
    }
    documents.theme = document_of(row["theme_config"], owner, models::DocumentKind::Theme);
    documents.content = document_of(row["content_config"], owner, models::DocumentKind::Content);
    documents.photos = document_of(row["photos_config"], owner, models::DocumentKind::Photos);
    return documents;
}

std::string document_text(const models::Json &document, models::DocumentKind kind) {
    try {
        return document.dump();
    } catch (const models::Json::exception &) {
        throw Error(ErrorKind::Invalid, "The " + std::string(models::to_string(kind)) +
                                            " document contains text that is not UTF-8.");
    }
}

models::TenantStatus status_of(const pqxx::field &field) {
    return models::parse_tenant_status(field.c_str()).value_or(models::TenantStatus::Inactive);
}

bool is_uuid(const std::string &text) {
    if (text.size() != 36) {
        return false;
    }
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool dash = at == 8 || at == 13 || at == 18 || at == 23;
        if (dash ? text[at] != '-' : !std::isxdigit(static_cast<unsigned char>(text[at]))) {
            return false;
        }
    }
    return true;
}

void require_tenant_id(const models::TenantId &id) {
    if (!is_uuid(id)) {
        throw_no_tenant();
    }
}

void throw_no_tenant() {
    throw Error(ErrorKind::NotFound,
                "There is no such companion, or this account has no access to her site.");
}

} // namespace studio::db
