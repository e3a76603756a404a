// SPDX-License-Identifier: Apache-2.0
#include "ui/companions/site_thumbnails.h"

#include "db/revision_store.h"
#include "ui/async/worker.h"
#include "ui/companions/site_painter.h"

namespace studio::ui {

SiteThumbnails::SiteThumbnails(CompanionsServices services, QSize size, qreal device_pixel_ratio,
                               QObject *parent)
    : QObject(parent), m_services(std::move(services)), m_size(size), m_ratio(device_pixel_ratio) {
    m_pool.setMaxThreadCount(1);
    m_pool.setThreadPriority(QThread::LowPriority);
}

SiteThumbnails::~SiteThumbnails() {
    m_pool.clear();
    m_pool.waitForDone();
}

void SiteThumbnails::request(const QString &tenant_id, int revision) {
    if (m_sent.value(tenant_id, -1) == revision) {
        return;
    }
    m_sent[tenant_id] = revision;
    m_queue.enqueue({tenant_id, revision});
    next();
}

void SiteThumbnails::next() {
    if (m_busy || m_queue.isEmpty()) {
        return;
    }
    m_busy = true;
    const auto wanted = m_queue.dequeue();
    const auto done = [this] {
        m_busy = false;
        next();
    };
    m_services.worker
        ->run([id = wanted.tenant_id.toStdString(), number = wanted.revision](db::Session &session) {
            return db::RevisionStore(session).find(id, number);
        })
        .then(this,
              [this](const std::optional<models::Revision> &revision) {
                  const auto documents = revision ? revision->documents : models::Documents{};
                  return run_in_background(
                      m_pool, [documents, root = m_services.media_root, size = m_size, ratio = m_ratio] {
                          return paint_site(documents, root, size, ratio);
                      });
              })
        .unwrap()
        .then(this,
              [this, wanted, done](const QImage &image) {
                  emit ready(wanted.tenant_id, image);
                  done();
              })
        .onFailed(this, [this, wanted, done](const std::exception &) {
            // The picture is a decoration: the list itself says when the database is away. Asked again next
            // time.
            m_sent.remove(wanted.tenant_id);
            for (const auto &dropped : std::as_const(m_queue)) {
                m_sent.remove(dropped.tenant_id);
            }
            m_queue.clear();
            m_busy = false;
        });
}

} // namespace studio::ui
