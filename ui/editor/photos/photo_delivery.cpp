// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/photos/photo_delivery.h"

#include "ui/editor/editor_session.h"
#include "ui/editor/photos/gallery_model.h"
#include "ui/editor/photos/import_choices.h"
#include "ui/photos/import_panel.h"
#include "ui/widgets/phrases.h"

#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>

namespace studio::ui {

namespace {

constexpr int lock_patience_ms = 2000;

struct WaitingPhoto {
    PhotoPlace place;
    PhotoImport wanted;                 // file, edits and the entered details
    std::optional<models::Photo> photo; // nullopt: not imported yet
};

std::optional<models::Photo> photo_of(const models::Json &json) {
    if (!json.is_object()) {
        return std::nullopt;
    }
    const auto photos = models::read_photos({{"gallery", models::Json::array({json})}});
    return photos.gallery.empty() ? std::nullopt : std::optional(photos.gallery.front());
}

models::Json read_list(const QString &name) {
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return models::Json::array();
    }
    auto list = models::Json::parse(file.readAll().toStdString(), nullptr, false);
    return list.is_array() ? list : models::Json::array();
}

QList<WaitingPhoto> read_waiting(const QString &name) {
    QList<WaitingPhoto> waiting;
    for (const auto &one : read_list(name)) {
        const auto place =
            one.is_object() && one.contains("place") ? read_photo_place(one["place"]) : std::nullopt;
        if (place) {
            PhotoImport wanted;
            wanted.file = QString::fromStdString(one.value("file", std::string()));
            if (!read_choices(one.value("choices", models::Json()), wanted)) {
                wanted.file.clear(); // the areas to cover are unknown, and it must not be imported uncovered
            }
            waiting.append({*place, wanted, photo_of(one.value("photo", models::Json()))});
        }
    }
    return waiting;
}

// False where the file cannot be written.
bool keep(const PhotoImport &wanted, const std::optional<models::Photo> &photo) {
    QLockFile one_at_a_time(wanted.waiting_file + QStringLiteral(".lock"));
    one_at_a_time.tryLock(lock_patience_ms);
    auto list = read_list(wanted.waiting_file);
    list.push_back({{"place", to_json(wanted.place)},
                    {"file", wanted.file.toStdString()},
                    {"choices", choices_of(wanted)},
                    {"photo", photo ? models::to_json(*photo) : models::Json()}});
    QSaveFile file(wanted.waiting_file);
    return !wanted.waiting_file.isEmpty() && file.open(QIODevice::WriteOnly) &&
           file.write(QByteArray::fromStdString(list.dump())) >= 0 && file.commit();
}

} // namespace

PhotoDelivery::PhotoDelivery(EditorSession &session, PhotoImports &imports, Worker &worker, QObject *parent)
    : QObject(parent), m_session(session), m_imports(imports), m_registration(session, worker) {
    connect(&m_registration, &PhotoRegistration::told, this, &PhotoDelivery::told);
    connect(&m_imports, &PhotoImports::imported, this, &PhotoDelivery::deliver);
    connect(&m_session, &EditorSession::opened, this, &PhotoDelivery::fetch_waiting);
}

PhotoDelivery::~PhotoDelivery() {
    m_imports.stop();
    for (const auto &wanted : m_imports.unfinished()) {
        keep(wanted, std::nullopt);
    }
}

PhotoImport PhotoDelivery::request(const PhotoPlace &place, bool describe) const {
    return {.file = {},
            .tenant_id = m_session.tenant_id(),
            .media_folder = m_session.facts().tenant.media_folder,
            .tenant_name = m_session.tenant_name(),
            .waiting_file = m_session.journal().photos_file(),
            .options = {.edits = {}, .keep_original = m_session.facts().keeps_originals},
            .place = place,
            .describe = describe};
}

void PhotoDelivery::offer(const QStringList &files, const PhotoImport &request) {
    if (!files.isEmpty()) {
        const int number = static_cast<int>(m_offers.size());
        m_offers.emplace(number, request);
        emit offered(number, request.tenant_name, files);
    }
}

void PhotoDelivery::offer_for_gallery(const QStringList &files) {
    const auto &document = m_session.document();
    const auto end =
        place_in_list(document, gallery_pointer, static_cast<int>(document.size(gallery_pointer)));
    offer(files, request(end, true));
    emit told(
        counted(static_cast<int>(files.size()),
                tr("The photo joins the gallery. To replace a photo, drop one file on its picture."),
                tr("The %1 photos join the gallery. To replace a photo, drop one file on its picture.")));
}

void PhotoDelivery::add(const ImportChoice &choice) {
    auto &request = m_offers.at(choice.offer);
    auto wanted = request;
    wanted.file = choice.file;
    wanted.options.edits = choice.edits;
    wanted.people = choice.people;
    wanted.photographer = choice.photographer;
    wanted.licence = choice.licence;
    request.describe = false; // the alt text of the first photo alone gets the focus
    m_imports.import(wanted);
}

void PhotoDelivery::deliver(const PhotoImport &wanted, const media::ImportedPhoto &imported) {
    m_registration.add(wanted, imported);
    put(wanted, imported.photo);
}

void PhotoDelivery::put(const PhotoImport &wanted, const models::Photo &photo) {
    const auto file = QFileInfo(wanted.file).fileName();
    if (m_session.state() == EditorSession::State::Ready && m_session.tenant_id() == wanted.tenant_id) {
        if (const auto pointer = put_photo(m_session.document(), wanted.place, photo)) {
            emit placed(*pointer, wanted.describe);
        } else {
            emit told(tr("%1 was imported, but its place is no longer in the draft. Add it again where you "
                         "want it.")
                          .arg(file));
        }
        return;
    }
    if (keep(wanted, photo)) {
        emit told(tr("%1 is ready. It is added to %2’s draft when you open the site again.")
                      .arg(file, wanted.tenant_name));
    } else {
        emit told(tr("%1 was imported for %2, whose site is no longer open, and could not be stored on this "
                     "computer. Add it again.")
                      .arg(file, wanted.tenant_name));
    }
}

void PhotoDelivery::fetch_waiting() {
    const auto name = m_session.journal().photos_file();
    QLockFile one_at_a_time(name + QStringLiteral(".lock"));
    one_at_a_time.tryLock(lock_patience_ms);
    const auto waiting = read_waiting(name);
    if (waiting.isEmpty() || m_session.document().read_only()) {
        return;
    }
    QStringList added, lost;
    for (const auto &one : waiting) {
        const auto file = QFileInfo(one.wanted.file).fileName();
        if (!one.photo && file.isEmpty()) {
            emit told(tr("A photo that waited could not be read again. Add it once more."));
        } else if (!one.photo) {
            auto again = request(one.place, false);
            again.options.edits = one.wanted.options.edits;
            again.people = one.wanted.people;
            again.photographer = one.wanted.photographer;
            again.licence = one.wanted.licence;
            again.file = one.wanted.file;
            m_imports.import(again);
        } else if (put_photo(m_session.document(), one.place, *one.photo)) {
            added << file;
        } else {
            lost << file;
        }
    }
    m_session.journal().flush();
    QFile::remove(name);
    if (!added.isEmpty()) {
        emit told(tr("Added to this draft, imported while another site was open: %1.")
                      .arg(added.join(QStringLiteral(", "))));
    }
    if (!lost.isEmpty()) {
        emit told(tr("Imported, but its place is no longer in the draft: %1.")
                      .arg(lost.join(QStringLiteral(", "))));
    }
}

} // namespace studio::ui
