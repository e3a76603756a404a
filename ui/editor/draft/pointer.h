// SPDX-License-Identifier: Apache-2.0
// Pointers to fields as the editor uses them: the document's name, then an RFC 6901 pointer within it, such
// as "/content/services/0/name".
#pragma once

#include "models/documents/documents.h"

#include <QString>

#include <optional>
#include <string>

namespace studio::ui {

struct FieldAddress {
    models::DocumentKind document = models::DocumentKind::Content;
    std::string pointer; // within the document; "" means all of it
};

// nullopt where the first segment is not the name of a document.
std::optional<FieldAddress> address_of(const QString &pointer);
QString pointer_of(models::DocumentKind document, const std::string &pointer);

// Whether the pointer is `outer` or leads to something inside it.
bool is_within(const QString &pointer, const QString &outer);
bool are_related(const QString &first, const QString &second);

QString child(const QString &pointer, const QString &key); // escapes the key
QString child(const QString &pointer, std::size_t index);
QString parent_of(const QString &pointer);

QString text_of(const models::Json &value); // "" where the value is neither text nor a number

} // namespace studio::ui
