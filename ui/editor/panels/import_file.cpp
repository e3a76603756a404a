// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/panels/import_file.h"

#include "models/documents/parse_document.h"
#include "ui/editor/editor_session.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QSaveFile>

namespace studio::ui {

namespace {

constexpr auto max_bytes = 3 * static_cast<qint64>(models::max_document_bytes);

QString phrase(const char *text) {
    return EditorSession::tr(text);
}

} // namespace

QByteArray export_bytes(const models::Documents &documents) {
    models::Json json;
    json["theme"] = documents.theme;
    json["content"] = documents.content;
    json["photos"] = documents.photos;
    return QByteArray::fromStdString(json.dump(2, ' ', false, models::Json::error_handler_t::replace)) + '\n';
}

ImportedFile read_import(const QString &file, const models::Documents &current) {
    const auto name = QFileInfo(file).fileName();
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly)) {
        return {std::nullopt, phrase("%1 cannot be read: %2.").arg(name, source.errorString())};
    }
    if (source.size() > max_bytes) {
        return {std::nullopt,
                phrase("%1 is too large: documents have at most 1 MB each. Nothing was changed.").arg(name)};
    }
    const auto text = source.readAll().toStdString();
    const auto whole = models::Json::parse(text, nullptr, false);
    if (!whole.is_object()) {
        const auto parsed = models::parse_document(text);
        const auto why = parsed.issues.empty() ? phrase("it contains no documents")
                                               : QString::fromStdString(parsed.issues.front().message);
        return {std::nullopt, phrase("%1 cannot be imported: %2 Nothing was changed.").arg(name, why)};
    }
    auto documents = current;
    int found = 0;
    for (const auto kind :
         {models::DocumentKind::Theme, models::DocumentKind::Content, models::DocumentKind::Photos}) {
        const auto key = std::string(models::to_string(kind));
        if (!whole.contains(key)) {
            continue;
        }
        const auto parsed =
            models::parse_document(whole[key].dump(-1, ' ', false, models::Json::error_handler_t::replace));
        if (!parsed.issues.empty() || !parsed.document.is_object()) {
            const auto why = parsed.issues.empty() ? phrase("it is not an object.")
                                                   : QString::fromStdString(parsed.issues.front().message);
            return {std::nullopt, phrase("%1: “%2” cannot be imported: %3 Nothing was changed.")
                                      .arg(name, QString::fromStdString(key), why)};
        }
        documents.of(kind) = parsed.document;
        ++found;
    }
    if (found == 0) {
        return {std::nullopt,
                phrase("%1 has no “theme”, “content” or “photos”. Nothing was changed.").arg(name)};
    }
    return {documents, {}};
}

void export_documents(QWidget *parent, EditorSession &session) {
    auto *dialog = new QFileDialog(parent, EditorSession::tr("Export draft"), {},
                                   EditorSession::tr("Documents (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->selectFile(QString::fromStdString(session.facts().tenant.subdomain) +
                       QStringLiteral("-draft.json"));
    QObject::connect(
        dialog, &QFileDialog::fileSelected, &session,
        [&session, bytes = export_bytes(session.document().documents())](const QString &file) {
            QSaveFile target(file);
            if (!target.open(QIODevice::WriteOnly) || target.write(bytes) < 0 || !target.commit()) {
                emit session.failed(
                    phrase("Could not save %1: %2.").arg(QFileInfo(file).fileName(), target.errorString()));
            }
        });
    dialog->open();
}

} // namespace studio::ui
