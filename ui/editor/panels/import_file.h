// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/documents/documents.h"

#include <QString>

#include <optional>

class QWidget;

namespace studio::ui {

class EditorSession;

// The three documents as one file, {"theme":…,"content":…,"photos":…}, which export writes and import reads.
QByteArray export_bytes(const models::Documents &documents);

struct ImportedFile {
    std::optional<models::Documents> documents;
    QString problem; // a sentence that names the file and what is wrong with it
};
// Documents that are not in the file are taken from `current`.
ImportedFile read_import(const QString &file, const models::Documents &current);

void export_documents(QWidget *parent, EditorSession &session);

} // namespace studio::ui
