// SPDX-License-Identifier: Apache-2.0
#include "ui/companions/site_thumbnails.h"

#include "db/bookings/availability_store.h"
#include "db/stores/revision_store.h"
#include "models/documents/photos.h"
#include "models/tenant/photo_releases.h"
#include "ui/async/worker.h"
#include "ui/companions/site_painter.h"
#include "ui/widgets/site_address.h"
#include "ui/widgets/tenant_id.h"

#include <QCryptographicHash>
#include <QDir>
#include <QSaveFile>

namespace studio::ui {

namespace {

QImage scaled(const QImage &picture, QSize size, qreal ratio) {
    auto small = picture.scaled(size * ratio, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    small.setDevicePixelRatio(ratio);
    return small;
}

// The file's name contains a hash of the page's HTML and the size, so a new revision, changed templates and
// another size each get a picture of their own.
QString file_name(const QString &tenant_id, const QByteArray &html, QSize pixels) {
    const auto hash = QCryptographicHash::hash(html, QCryptographicHash::Sha256).toHex().left(16);
    return QStringLiteral("%1-%2-%3x%4.png")
        .arg(tenant_id, QString::fromLatin1(hash))
        .arg(pixels.width())
        .arg(pixels.height());
}

// The documents without a hero photo that nobody may see.
models::Documents shown_documents(const preview::Draft &draft) {
    auto documents = draft.documents;
    const auto hero = models::read_photos(documents.photos).hero.control.url;
    if (draft.hidden_pictures.contains(models::picture_of(hero))) {
        documents.photos["hero"]["control"] = models::Json::object();
    }
    return documents;
}

// The folder is a cache: if the disk is full the drawing is shown again next time.
void keep(const QString &path, const QString &tenant_id, const QImage &image) {
    QDir folder(QFileInfo(path).absolutePath());
    folder.mkpath(QStringLiteral("."));
    for (const auto &old : folder.entryList({tenant_id + QStringLiteral("-*.png")}, QDir::Files)) {
        folder.remove(old);
    }
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && image.save(&file, "PNG")) {
        file.commit();
    }
}

} // namespace

SiteThumbnails::SiteThumbnails(CompanionsServices services, QSize size, qreal device_pixel_ratio,
                               QObject *parent)
    : QObject(parent), m_services(std::move(services)), m_size(size), m_ratio(device_pixel_ratio),
      m_pictures(m_services.media_root) {
    m_pool.setMaxThreadCount(1);
    m_pool.setThreadPriority(QThread::LowPriority);
    connect(&m_pictures, &preview::SitePictures::taken, this, &SiteThumbnails::settle);
    connect(&m_pictures, &preview::SitePictures::failed, this,
            [this](const QString &file) { m_taking.remove(file); });
}

SiteThumbnails::~SiteThumbnails() {
    m_pool.clear();
    m_pool.waitForDone();
}

void SiteThumbnails::request(const QString &tenant_id, const QString &subdomain, int revision) {
    if (m_sent.value(tenant_id, -1) == revision) {
        return;
    }
    m_sent[tenant_id] = revision;
    m_queue.enqueue({tenant_id, subdomain, revision});
    next();
}

void SiteThumbnails::set_hidden(std::set<std::string> pictures) {
    if (pictures == m_hidden) {
        return;
    }
    m_hidden = std::move(pictures);
    m_sent.clear();
    m_taking.clear();   // pages that are being taken are those of before
    m_pictured.clear(); // the picture that is shown may have what nobody may see: a drawing takes its place
}

preview::Draft SiteThumbnails::draft_of(const Wanted &wanted, const Page &page) const {
    return {.settings = m_services.site,
            .origin = site_address(m_services.public_url, wanted.subdomain).toStdString(),
            .tenant_id = to_tenant_id(wanted.tenant_id),
            .subdomain = wanted.subdomain.toStdString(),
            .documents = page.documents,
            .hero_variant = {},
            .calendar = page.calendar,
            .hidden_pictures = m_hidden};
}

void SiteThumbnails::next() {
    if (m_busy || m_queue.isEmpty()) {
        return;
    }
    m_busy = true;
    const auto wanted = m_queue.dequeue();
    m_services.worker
        ->run([id = to_tenant_id(wanted.tenant_id), number = wanted.revision](db::Session &session) {
            Page page;
            if (const auto revision = db::RevisionStore(session).find(id, number)) {
                page.documents = revision->documents;
                page.calendar = db::AvailabilityStore(session).hours_and_tours(id);
            }
            return page;
        })
        .then(this,
              [this, wanted](const Page &page) {
                  return run_in_background(
                      m_pool, [draft = draft_of(wanted, page), root = m_services.media_root, size = m_size,
                               ratio = m_ratio, id = wanted.tenant_id, folder = m_services.thumbnail_folder] {
                          Made made;
                          if (!folder.isEmpty()) {
                              made.html = QByteArray::fromStdString(preview::render(draft));
                              made.missing_file =
                                  folder + QLatin1Char('/') + file_name(id, made.html, size * ratio);
                          }
                          if (!made.missing_file.isEmpty() && made.image.load(made.missing_file)) {
                              made.image.setDevicePixelRatio(ratio);
                              made.missing_file.clear();
                          } else {
                              made.image = paint_site(shown_documents(draft), root, size, ratio);
                          }
                          return made;
                      });
              })
        .unwrap()
        .then(this,
              [this, wanted](const Made &made) {
                  show(wanted, made);
                  m_busy = false;
                  next();
              })
        .onFailed(this, [this, wanted](const std::exception &) { forget_waiting(wanted); });
}

void SiteThumbnails::show(const Wanted &wanted, const Made &made) {
    const bool real = made.missing_file.isEmpty() && !m_services.thumbnail_folder.isEmpty();
    // A picture of an earlier revision is shown rather than a drawing of the new one.
    if (real || !m_pictured.contains(wanted.tenant_id)) {
        emit ready(wanted.tenant_id, made.image);
    }
    if (real) {
        m_pictured.insert(wanted.tenant_id);
    }
    if (!made.missing_file.isEmpty() && !m_taking.contains(made.missing_file)) {
        m_taking[made.missing_file] = wanted.tenant_id;
        m_pictures.take(made.missing_file, made.html);
    }
}

void SiteThumbnails::settle(const QString &file, const QImage &picture) {
    const auto tenant_id = m_taking.take(file);
    if (tenant_id.isEmpty()) {
        return;
    }
    const auto image = scaled(picture, m_size, m_ratio);
    m_pictured.insert(tenant_id);
    emit ready(tenant_id, image);
    m_pool.start([file, tenant_id, image] { keep(file, tenant_id, image); });
}

// A failure is not reported, because the list itself says when the database does not answer. The next request
// tries again.
void SiteThumbnails::forget_waiting(const Wanted &failed) {
    m_sent.remove(failed.tenant_id);
    for (const auto &dropped : std::as_const(m_queue)) {
        m_sent.remove(dropped.tenant_id);
    }
    m_queue.clear();
    m_busy = false;
}

} // namespace studio::ui
