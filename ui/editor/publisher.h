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

// Not published, because something else was published or saved in the meantime.
struct PublishConflict {
    int number = 0; // what was to be published
    QString reason;
    TenantFacts facts; // what is live and what the newest revision is by now
};

// Publishes revisions of one tenant at a time. A publication is never sent twice on its own: after a lost
// connection it is looked up whether it went through.
class Publisher final : public QObject {
    Q_OBJECT

public:
    explicit Publisher(Worker &worker, QObject *parent = nullptr);

    void publish(const models::TenantId &tenant_id, int number, const db::KnownRevisions &known);
    bool busy() const { return m_busy; }
    // Sent, and the database went before it answered.
    bool in_doubt() const { return m_unsure.has_value(); }
    void look_up();
    void forget(); // answers that arrive later are ignored

signals:
    void published(int number, const studio::ui::TenantFacts &facts);
    void refused(const studio::ui::PublishConflict &conflict);
    void lost(const studio::ui::TenantFacts &facts); // did not go through before the connection was lost
    // Another revision is live by now: ours may have been live in between.
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
    std::optional<int> m_live_before; // what was live when m_unsure was sent
    bool m_busy = false;
};

} // namespace studio::ui
