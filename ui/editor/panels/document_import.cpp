// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/panels/document_import.h"

#include "db/stores/photo_library.h"
#include "media/imported_pictures.h"
#include "media/new_files.h"
#include "ui/async/background.h"
#include "ui/async/worker.h"
#include "ui/editor/editor_session.h"
#include "ui/editor/panels/import_file.h"
#include "ui/photos/library_record.h"
#include "ui/widgets/phrases.h"

#include <QFileDialog>
#include <QFileInfo>

#include <algorithm>
#include <iterator>

namespace studio::ui {

namespace {

struct Prepared {
    models::Documents documents; // with the copies' addresses
    std::vector<media::ImportedPhoto> copies;
    std::set<std::string> missing; // except those that are missing in the draft too
};

// The copies become photos of the companion's library, which sends them to the platform's store.
void add_copies(db::Session &session, const models::TenantId &tenant,
                const std::vector<media::ImportedPhoto> &copies) {
    for (const media::ImportedPhoto &copy : copies) {
        db::PhotoLibrary(session).add(tenant, library_photo(copy));
    }
}

// Copies the pictures. If some are missing and the person should be asked first, the copies are removed
// again.
Prepared prepare(media::AssetStore &store, const models::Documents &documents, const models::Documents &draft,
                 const models::Tenant &tenant, bool without_missing) {
    const media::OwnFolders own{tenant.media_folder, tenant.subdomain};
    media::NewFiles files(store, [](const std::string &reason) {
        qWarning("Files of an import could not be removed: %s", reason.c_str());
    });
    Prepared prepared{documents, {}, {}};
    for (const std::string &owner : media::find_pictures(documents, own).owners) {
        auto copied = media::copy_pictures(files, prepared.documents, owner, tenant.media_folder);
        std::ranges::move(copied.copies, std::back_inserter(prepared.copies));
    }
    const auto missing = media::missing_pictures(files, prepared.documents, own);
    const auto before = media::missing_pictures(files, draft, own);
    std::ranges::set_difference(missing, before, std::inserter(prepared.missing, prepared.missing.end()));
    if (prepared.missing.empty() || without_missing) {
        files.keep();
    }
    return prepared;
}

QString names_of(const std::set<std::string> &addresses) {
    constexpr std::string_view folder = "/media/";
    QStringList names;
    for (const std::string &address : addresses) {
        names << QString::fromStdString(address.starts_with(folder) ? address.substr(folder.size())
                                                                    : address);
    }
    return names.join(QStringLiteral(", "));
}

} // namespace

DocumentImport::DocumentImport(EditorSession &session, Worker &worker, media::AssetStore &store,
                               QObject *parent)
    : QObject(parent), m_session(session), m_worker(worker), m_store(store) {
    m_pool.setMaxThreadCount(1);
}

void DocumentImport::choose(QWidget *parent) {
    auto *dialog = new QFileDialog(parent, tr("Import documents"), {}, tr("Documents (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, opening = m_session.opening(), name = m_session.tenant_name()](const QString &file) {
                if (opening == m_session.opening()) {
                    read(file);
                } else {
                    emit m_session.left_behind(
                        tr("%1 was chosen for %2, whose site is no longer open. Nothing was imported.")
                            .arg(QFileInfo(file).fileName(), name));
                }
            });
    dialog->open();
}

void DocumentImport::read(const QString &file) {
    read(file, false);
}

void DocumentImport::read(const QString &file, bool without_missing) {
    const auto draft = m_session.document().documents();
    const auto imported = read_import(file, draft);
    if (!imported.documents) {
        emit m_session.failed(imported.problem);
        return;
    }
    const auto name = QFileInfo(file).fileName();
    run_in_background(m_pool,
                      [&store = m_store, documents = *imported.documents, draft, without_missing,
                       tenant = m_session.facts().tenant] {
                          return prepare(store, documents, draft, tenant, without_missing);
                      })
        .then(this,
              [this, file, name, draft, without_missing,
               opening = m_session.opening()](const Prepared &prepared) {
                  if (opening != m_session.opening()) {
                      return;
                  }
                  if (m_session.document().documents() != draft) { // the draft was edited meanwhile
                      read(file, without_missing);
                      return;
                  }
                  if (!prepared.missing.empty() && !without_missing) {
                      emit doubted(tr("%1 shows pictures that are missing here: %2. Nothing was changed.")
                                       .arg(name, names_of(prepared.missing)),
                                   [this, file] { read(file, true); });
                      return;
                  }
                  m_session.document().replace(prepared.documents, tr("Import %1").arg(name));
                  if (!prepared.copies.empty()) {
                      keep_copies(prepared.copies, name);
                  }
              })
        .onFailed(this, [this, name](const std::exception &error) {
            emit m_session.failed(tr("%1 was not imported: %2").arg(name, QString::fromUtf8(error.what())));
        });
}

void DocumentImport::keep_copies(const std::vector<media::ImportedPhoto> &copies, const QString &name) {
    m_worker
        .run([copies, tenant = m_session.tenant_id()](db::Session &session) {
            add_copies(session, tenant, copies);
        })
        .then(this,
              [this, count = static_cast<int>(copies.size())] {
                  emit copied(
                      tr("%1 Their releases were not: record them for this companion.")
                          .arg(counted(count, tr("1 picture was copied."), tr("%1 pictures were copied."))));
              })
        .onFailed(this, [this, name](const std::exception &error) {
            emit m_session.failed(tr("The pictures of %1 are in the draft but not in the library: %2 "
                                     "Import the file again.")
                                      .arg(name, QString::fromUtf8(error.what())));
        });
}

} // namespace studio::ui
