// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/error.h"
#include "models/tenant/tenant.h"
#include "ui/async/latest.h"

#include <QObject>
#include <QString>

#include <optional>
#include <string>

namespace studio::ui {

class Worker;

// Saves drafts of one tenant, one at a time. A save that got no answer is remembered and can be sent again:
// its key makes it one revision however often it arrives.
class DraftSaver final : public QObject {
    Q_OBJECT

public:
    explicit DraftSaver(Worker &worker, QObject *parent = nullptr);

    struct Save {
        models::TenantId tenant_id;
        models::Documents documents;
        int base_number = 0;
        std::string note;
        std::string key = {}; // given by prepare()
    };
    void prepare(Save save);
    void send();
    bool pending() const { return m_pending.has_value(); }
    std::string pending_key() const { return m_pending ? m_pending->key : std::string(); }
    void forget(); // answers to earlier requests are ignored from now on

signals:
    void saved(const studio::models::RevisionSummary &summary, const studio::models::Documents &documents);
    // Another person saved on top of the same base; nothing was written.
    void conflict(const studio::models::Revision &theirs);
    // If the error is Unreachable, the save is still pending.
    void failed(const studio::db::Error &error);

private:
    void fail(std::uint64_t order, const db::Error &error);

    Worker &m_worker;
    Latest m_orders;
    std::optional<Save> m_pending;
};

} // namespace studio::ui
