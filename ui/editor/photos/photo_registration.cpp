// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/photos/photo_registration.h"

#include "ui/async/worker.h"
#include "ui/editor/editor_session.h"
#include "ui/photos/library_record.h"

#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>

namespace studio::ui {

namespace {

constexpr int notes_patience_ms = 2000, pause_ms = 5000;

// The notes are beside the file of photos that wait for the draft; "" without a journal.
QString notes_of(const QString &waiting_file) {
    return waiting_file.isEmpty() ? QString() : waiting_file + QStringLiteral(".library");
}

models::Json read_notes(const QString &name) {
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return models::Json::array();
    }
    auto list = models::Json::parse(file.readAll().toStdString(), nullptr, false);
    return list.is_array() ? list : models::Json::array();
}

bool write_notes(const QString &name, const models::Json &list) {
    if (list.empty()) {
        return !QFile::exists(name) || QFile::remove(name);
    }
    QSaveFile file(name);
    return file.open(QIODevice::WriteOnly) && file.write(QByteArray::fromStdString(list.dump())) >= 0 &&
           file.commit();
}

void erase_photo(models::Json &list, const std::string &picture) {
    for (auto each = list.begin(); each != list.end();) {
        const bool same = each->is_object() && each->contains("photo") && (*each)["photo"].is_object() &&
                          (*each)["photo"].value("picture", std::string()) == picture;
        each = same ? list.erase(each) : std::next(each);
    }
}

// Adds the photo to the notes or removes it. False if the file cannot be written.
bool note(const QString &name, const QString &file, const db::LibraryPhoto &photo, bool waits) {
    if (name.isEmpty()) {
        return false;
    }
    QLockFile one_at_a_time(name + QStringLiteral(".lock"));
    one_at_a_time.tryLock(notes_patience_ms);
    auto list = read_notes(name);
    erase_photo(list, photo.picture);
    if (waits) {
        list.push_back({{"file", file.toStdString()}, {"photo", to_json(photo)}});
    }
    return write_notes(name, list);
}

} // namespace

PhotoRegistration::PhotoRegistration(EditorSession &session, Worker &worker, QObject *parent)
    : QObject(parent), m_session(session), m_worker(worker) {
    connect(&m_session, &EditorSession::opened, this, &PhotoRegistration::send_waiting);
    connect(&m_session, &EditorSession::connection_back, this, &PhotoRegistration::send_waiting);
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &PhotoRegistration::send_waiting);
}

void PhotoRegistration::add(const PhotoImport &wanted, const media::ImportedPhoto &photo) {
    Entry entry{wanted.tenant_id, wanted.file, wanted.tenant_name, notes_of(wanted.waiting_file),
                library_photo(photo)};
    entry.photo.people = wanted.people;
    entry.photo.photographer = wanted.photographer.toStdString();
    entry.photo.licence = wanted.licence.toStdString();
    if (!note(entry.notes, entry.file, entry.photo, true)) {
        emit told(
            tr("%1 could not be noted on this computer: is its disk full? If the program ends before the "
               "database has it, add the photo again.")
                .arg(QFileInfo(entry.file).fileName()));
    }
    send(entry);
}

void PhotoRegistration::send(const Entry &entry) {
    const auto picture = QString::fromStdString(entry.photo.picture);
    m_sent.insert(picture);
    m_worker
        .run([tenant = entry.tenant, photo = entry.photo](db::Session &session) {
            add_to_library(session, tenant, photo);
        })
        .then(this,
              [this, entry, picture] {
                  m_sent.remove(picture);
                  note(entry.notes, entry.file, entry.photo, false);
                  emit added(entry.tenant);
              })
        .onFailed(this,
                  [this, entry, picture](const db::Error &error) {
                      m_sent.remove(picture);
                      if (error.kind() == db::ErrorKind::Unreachable) {
                          m_again.start(pause_ms); // the photo is in the notes, so nothing is lost
                          return;
                      }
                      note(entry.notes, entry.file, entry.photo, false);
                      emit told(tr("%1 could not be added to the photos of %2: %3")
                                    .arg(QFileInfo(entry.file).fileName(), entry.tenant_name,
                                         QString::fromUtf8(error.what())));
                  })
        .onFailed(this, [this, entry, picture](const std::exception &error) {
            m_sent.remove(picture);
            emit told(QString::fromUtf8(error.what()));
        });
}

void PhotoRegistration::send_waiting() {
    const auto name = notes_of(m_session.journal().photos_file());
    for (const auto &one : read_notes(name)) {
        const auto photo = one.is_object() && one.contains("photo") ? read_library_photo(one["photo"])
                                                                    : std::optional<db::LibraryPhoto>();
        if (photo && !m_sent.contains(QString::fromStdString(photo->picture))) {
            send({m_session.tenant_id(), QString::fromStdString(one.value("file", std::string())),
                  m_session.tenant_name(), name, *photo});
        }
    }
}

} // namespace studio::ui
