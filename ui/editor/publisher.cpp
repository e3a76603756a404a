// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/publisher.h"

#include "ui/async/worker.h"

namespace studio::ui {

Publisher::Publisher(Worker &worker, QObject *parent) : QObject(parent), m_worker(worker) {}

void Publisher::publish(const models::TenantId &tenant_id, int number, const db::KnownRevisions &known) {
    m_tenant_id = tenant_id;
    m_unsure = number;
    m_live_before = known.live ? known.live->number : std::nullopt;
    m_busy = true;
    const auto order = m_orders.next();
    m_worker
        .run([id = tenant_id, number, known](db::Session &session) {
            Answer answer;
            try {
                db::RevisionStore(session).publish(id, number, known);
            } catch (const db::Error &error) {
                if (error.kind() != db::ErrorKind::Conflict) {
                    throw;
                }
                answer.conflict = QString::fromUtf8(error.what());
            }
            answer.facts = read_tenant_facts(session, id);
            return answer;
        })
        .then(this,
              [this, number, order](const Answer &answer) {
                  if (m_orders.is_latest(order)) {
                      settle(number, answer);
                  }
              })
        .onFailed(this, [this, order](const db::Error &error) { fail(order, error); })
        .onFailed(this, [this, order](const std::exception &error) {
            fail(order, db::Error(db::ErrorKind::Other, error.what()));
        });
}

void Publisher::settle(int number, const Answer &answer) {
    m_busy = false;
    m_unsure.reset();
    if (answer.conflict) {
        emit refused({number, *answer.conflict, answer.facts});
    } else {
        emit published(number, answer.facts);
    }
}

void Publisher::fail(std::uint64_t order, const db::Error &error) {
    if (!m_orders.is_latest(order)) {
        return;
    }
    m_busy = false;
    if (error.kind() != db::ErrorKind::Unreachable) {
        m_unsure.reset();
    }
    emit failed(error);
}

void Publisher::look_up() {
    const auto order = m_orders.next();
    m_worker.run([id = m_tenant_id](db::Session &session) { return read_tenant_facts(session, id); })
        .then(this,
              [this, number = m_unsure.value_or(0), order](const TenantFacts &facts) {
                  if (!m_orders.is_latest(order)) {
                      return;
                  }
                  m_unsure.reset();
                  if (facts.live && facts.live->revision == number) {
                      emit published(number, facts);
                  } else if (!facts.live || facts.live->revision == m_live_before) {
                      emit lost(facts);
                  } else {
                      emit overtaken(number, facts);
                  }
              })
        .onFailed(this, [this, order](const db::Error &error) { fail(order, error); })
        .onFailed(this, [this, order](const std::exception &error) {
            fail(order, db::Error(db::ErrorKind::Other, error.what()));
        });
}

void Publisher::forget() {
    m_orders.next();
    m_unsure.reset();
    m_busy = false;
}

} // namespace studio::ui
