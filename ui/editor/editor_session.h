// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/error.h"
#include "db/tenant_store.h"
#include "models/difference.h"
#include "models/tenant.h"
#include "ui/async/latest.h"
#include "ui/async/worker.h"
#include "ui/editor/draft_document.h"
#include "ui/editor/draft_journal.h"
#include "ui/editor/editor_services.h"
#include "ui/editor/reconnect.h"

#include <QDateTime>
#include <QObject>

#include <optional>

namespace studio::ui {

// What stands in the database beside the documents.
struct TenantFacts {
    models::Tenant tenant;
    std::optional<db::IdentityVerification> verification;
    std::vector<db::PhotoRelease> releases;
    bool compliance_known = false; // false where this login may not read it
};

// Somebody else has saved since the draft was opened.
struct SaveConflict {
    models::Revision theirs;
    models::MergeResult merge;
    std::vector<QString> their_changes; // in plain language
};

// One tenant in the editor: loads, saves, merges, publishes, and keeps the journal. Nothing that was typed is
// lost by any failure: it stays in the document and in the journal.
class EditorSession final : public QObject {
    Q_OBJECT

public:
    enum class State { Empty, Loading, Failed, Ready };

    explicit EditorSession(const EditorServices &services, QObject *parent = nullptr);

    State state() const { return m_state; }
    QString failure() const { return m_failure; }
    DraftDocument &document() { return m_document; }
    const DraftDocument &document() const { return m_document; }
    DraftJournal &journal() { return m_journal; }
    const TenantFacts &facts() const { return m_facts; }
    QString tenant_id() const { return m_tenant_id; }
    QString origin() const;
    bool saving() const { return m_saving; }
    bool publishing() const { return m_publishing; }
    // Sent, and the database went before it answered; looked up when it is back.
    bool publication_in_doubt() const { return m_unsure_publish.has_value(); }
    bool connected() const { return !m_reconnect.waiting(); }
    QDateTime saved_at() const { return m_saved_at; }
    models::RevisionSummary latest() const { return m_latest; }

    void open(const QString &tenant_id);
    void reload() { open(m_tenant_id); }
    // Reads tenant, verification and releases again.
    void refresh_facts();
    void save(const QString &note = {});
    // `chosen`: what to do at each conflict, in their order.
    void save_merged(const SaveConflict &conflict, const std::vector<models::MergeSide> &chosen);
    // Saves first where there is something unsaved.
    void publish();
    void discard_edits();
    // States that a signed release is held for each of the photos.
    void record_releases(const QStringList &urls);

signals:
    void state_changed();
    void facts_changed();
    void progress_changed(); // saving, publishing, saved_at
    void edits_restored(const QDateTime &written_at);
    void saved(int number);
    void conflict_found(const studio::ui::SaveConflict &conflict);
    void published(int number);
    void connection_lost(const QString &what_is_safe);
    void connection_back();
    void access_refused(const QString &message);
    void failed(const QString &message);

private:
    struct Loaded;
    void show_loaded(Loaded loaded);
    models::Documents restored(const Loaded &loaded, const models::Revision &base);
    void send_save();
    void settle_saved(const models::RevisionSummary &summary);
    void settle_conflict(const models::Revision &theirs);
    void send_publish(int number);
    void settle_published(int number);
    void check_published(int number);
    void handle(const db::Error &error, const QString &what_is_safe);
    void set_state(State state, const QString &failure = {});

    struct PendingSave {
        models::Documents documents;
        int base_number = 0;
        std::string note, key;
    };

    EditorServices m_services;
    Worker &m_worker;
    DraftDocument m_document;
    DraftJournal m_journal;
    Reconnect m_reconnect;
    Latest m_loads;
    QString m_tenant_id;
    QString m_failure;
    TenantFacts m_facts;
    models::RevisionSummary m_latest;
    std::optional<PendingSave> m_pending; // sent, outcome not known yet
    std::optional<int> m_unsure_publish;  // sent, outcome unknown
    QDateTime m_saved_at;
    State m_state = State::Empty;
    bool m_saving = false;
    bool m_publishing = false;
    bool m_publish_after_save = false;
};

} // namespace studio::ui
