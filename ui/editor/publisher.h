// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/error.h"
#include "db/stores/revision_store.h"
#include "ui/async/latest.h"
#include "ui/editor/tenant_facts.h"

#include <QObject>
#include <QString>

#include <optional>

namespace studio::ui {

class Worker;

// A publication was refused because another one was published or saved in the meantime.
struct PublishConflict {
    int number = 0; // what was to be published
    QString reason;
    TenantFacts facts; // with the present live and newest revisions
};

// Publishes revisions of one tenant at a time. Never sends a publication twice: after a lost connection it
// looks up whether the publication took effect.
class Publisher final : public QObject {
    Q_OBJECT

public:
    explicit Publisher(Worker &worker, QObject *parent = nullptr);

    void publish(const models::TenantId &tenant_id, int number, const db::KnownRevisions &known);
    bool busy() const { return m_busy; }
    // A publication was sent and the connection lost before the answer.
    bool in_doubt() const { return m_unsure.has_value(); }
    void look_up();
    void forget(); // answers to earlier requests are ignored from now on

signals:
    void published(int number, const studio::ui::TenantFacts &facts);
    void refused(const studio::ui::PublishConflict &conflict);
    void lost(const studio::ui::TenantFacts
                  &facts); // the publication did not take effect before the connection was lost
    // Another revision is live by now, so it is not known whether ours was live in between.
    void overtaken(int number, const studio::ui::TenantFacts &facts);
    void failed(const studio::db::Error &error);

private:
    struct Answer {
        TenantFacts facts;
        std::optional<QString> conflict;
    };
    void settle(int number, const Answer &answer);
    void fail(std::uint64_t order, const db::Error &error);

    Worker &m_worker;
    Latest m_orders;
    models::TenantId m_tenant_id;
    std::optional<int> m_unsure;
    std::optional<int> m_live_before; // the revision that was live when m_unsure was sent
    bool m_busy = false;
};

} // namespace studio::ui
