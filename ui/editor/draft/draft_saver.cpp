// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/draft/draft_saver.h"

#include "db/stores/revision_store.h"
#include "ui/async/worker.h"

#include <QUuid>

namespace studio::ui {

DraftSaver::DraftSaver(Worker &worker, QObject *parent) : QObject(parent), m_worker(worker) {}

void DraftSaver::prepare(Save save) {
    save.key = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
    m_pending = std::move(save);
}

void DraftSaver::send() {
    struct Outcome {
        std::optional<models::RevisionSummary> saved;
        std::optional<models::Revision> theirs;
    };
    const auto order = m_orders.next();
    m_worker
        .run([save = *m_pending](db::Session &session) {
            db::RevisionStore revisions(session);
            const auto &id = save.tenant_id;
            try {
                return Outcome{revisions.save(id, save.base_number, save.documents, save.note, save.key), {}};
            } catch (const db::Error &error) {
                if (error.kind() != db::ErrorKind::Conflict) {
                    throw;
                }
                return Outcome{{}, revisions.latest(id)};
            }
        })
        .then(this,
              [this, order](const Outcome &outcome) {
                  if (!m_orders.is_latest(order)) {
                      return;
                  }
                  const auto documents = std::exchange(m_pending, std::nullopt)->documents;
                  if (outcome.saved) {
                      emit saved(*outcome.saved, documents);
                  } else if (outcome.theirs) {
                      emit conflict(*outcome.theirs);
                  }
              })
        .onFailed(this, [this, order](const db::Error &error) { fail(order, error); })
        .onFailed(this, [this, order](const std::exception &error) {
            fail(order, db::Error(db::ErrorKind::Other, error.what()));
        });
}

void DraftSaver::fail(std::uint64_t order, const db::Error &error) {
    if (!m_orders.is_latest(order)) {
        return;
    }
    if (error.kind() != db::ErrorKind::Unreachable) {
        m_pending.reset();
    }
    emit failed(error);
}

void DraftSaver::forget() {
    m_orders.next();
    m_pending.reset();
}

} // namespace studio::ui
