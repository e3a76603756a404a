// SPDX-License-Identifier: Apache-2.0
// Field pointers as the editor writes them: the document's name, then an RFC 6901 pointer:
// "/content/services/0/name".
#pragma once

#include "models/documents/documents.h"

#include <QString>

#include <optional>
#include <string>

namespace studio::ui {

struct FieldAddress {
    models::DocumentKind document = models::DocumentKind::Content;
    std::string pointer; // within the document; "" is the whole
};

// nullopt where the first segment is no document.
std::optional<FieldAddress> address_of(const QString &pointer);
QString pointer_of(models::DocumentKind document, const std::string &pointer);

// One is the other or lies within it.
bool is_within(const QString &pointer, const QString &outer);
bool are_related(const QString &first, const QString &second);

QString child(const QString &pointer, const QString &key); // escapes the key
QString child(const QString &pointer, std::size_t index);
QString parent_of(const QString &pointer);

QString text_of(const models::Json &value); // "" for what is no text or number

} // namespace studio::ui
