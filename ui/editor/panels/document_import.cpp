// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/panels/document_import.h"

#include "db/stores/compliance_store.h"
#include "db/stores/photo_library.h"
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

// The copies become photos of the companion's library, which sends them to the platform's store.
void add_copies(db::Session &session, const models::TenantId &tenant,
                const std::vector<media::ImportedPhoto> &copies) {
    for (const media::ImportedPhoto &copy : copies) {
        db::PhotoLibrary(session).add(tenant, library_photo(copy));
    }
}

media::OwnFolders folders_of(const models::Tenant &tenant) {
    return {tenant.media_folder, tenant.subdomain};
}

// Copies the pictures, except those that nobody may see, and none where that is not known (nullopt). If some
// are missing and the person should be asked first, the copies are removed again.
PreparedImport prepare(media::AssetStore &store, const models::Documents &documents,
                       const models::Documents &draft, const models::Tenant &tenant,
                       const std::optional<std::set<std::string>> &withheld, bool without_missing) {
    const auto own = folders_of(tenant);
    media::NewFiles files(store, [](const std::string &reason) {
        qWarning("Files of an import could not be removed: %s", reason.c_str());
    });
    PreparedImport prepared{documents, {}, {}};
    for (const std::string &owner :
         withheld ? media::find_pictures(documents, own).owners : std::set<std::string>()) {
        auto copied = media::copy_pictures(files, prepared.documents, owner, tenant.media_folder, *withheld);
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
    const ImportReading reading{file, *imported.documents, draft, without_missing, m_session.opening()};
    const auto &facts = m_session.facts();
    // Of other companions' pictures only operators learn whether they are withheld.
    if (!facts.may_publish ||
        media::find_pictures(*imported.documents, folders_of(facts.tenant)).owners.empty()) {
        copy(reading, std::nullopt);
        return;
    }
    m_worker.run([](db::Session &session) { return db::ComplianceStore(session).withdrawn_photos(); })
        .then(this,
              [this, reading](const std::vector<std::string> &withheld) {
                  copy(reading, std::set<std::string>(withheld.begin(), withheld.end()));
              })
        .onFailed(this, [this, name = QFileInfo(file).fileName()](const std::exception &error) {
            emit m_session.failed(tr("%1 was not imported: %2").arg(name, QString::fromUtf8(error.what())));
        });
}

void DocumentImport::copy(const ImportReading &reading,
                          const std::optional<std::set<std::string>> &withheld) {
    if (reading.opening != m_session.opening()) {
        return;
    }
    run_in_background(m_pool, [&store = m_store, reading, withheld, tenant = m_session.facts().tenant] {
        return prepare(store, reading.documents, reading.draft, tenant, withheld, reading.without_missing);
    }).then(this, [this, reading](const PreparedImport &prepared) {
          take(reading, prepared);
      }).onFailed(this, [this, name = QFileInfo(reading.file).fileName()](const std::exception &error) {
        emit m_session.failed(tr("%1 was not imported: %2").arg(name, QString::fromUtf8(error.what())));
    });
}

void DocumentImport::take(const ImportReading &reading, const PreparedImport &prepared) {
    if (reading.opening != m_session.opening()) {
        return;
    }
    if (m_session.document().documents() != reading.draft) { // the draft was edited meanwhile
        read(reading.file, reading.without_missing);
        return;
    }
    const auto name = QFileInfo(reading.file).fileName();
    if (!prepared.missing.empty() && !reading.without_missing) {
        emit doubted(tr("%1 shows pictures that are missing here: %2. Nothing was changed.")
                         .arg(name, names_of(prepared.missing)),
                     [this, file = reading.file] { read(file, true); });
        return;
    }
    m_session.document().replace(prepared.documents, tr("Import %1").arg(name));
    if (!prepared.copies.empty()) {
        keep_copies(prepared.copies, name);
    }
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
