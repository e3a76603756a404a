// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/error.h"
#include "models/editing/merge.h"
#include "models/tenant/tenant.h"
#include "ui/async/latest.h"
#include "ui/async/worker.h"
#include "ui/editor/draft/draft_document.h"
#include "ui/editor/draft/draft_journal.h"
#include "ui/editor/draft/draft_saver.h"
#include "ui/editor/draft/opened_draft.h"
#include "ui/editor/editor_services.h"
#include "ui/editor/publisher.h"
#include "ui/editor/reconnect.h"
#include "ui/editor/tenant_facts.h"

#include <QDateTime>
#include <QObject>
#include <QTimer>

#include <optional>

namespace studio::ui {

// Somebody else has saved since the draft was opened.
struct SaveConflict {
    models::Revision theirs;
    models::MergeResult merge;
    std::vector<QString> their_changes; // in plain language
};

// What was chosen where both sides had changed one thing. It holds for exactly these values.
struct ConflictChoice {
    models::MergeConflict conflict;
    models::MergeSide side = models::MergeSide::Mine;
};

bool same_conflict(const models::MergeConflict &one, const models::MergeConflict &other);

// One tenant in the editor: loads, saves, merges, publishes, and keeps the journal. Nothing that was typed is
// lost by any failure: it stays in the document and in the journal. An answer from the database belongs to
// the opening that asked for it; if that draft is not open any longer, left_behind() reports what became of
// it.
class EditorSession final : public QObject {
    Q_OBJECT

public:
    enum class State { Empty, Loading, Failed, Ready };

    explicit EditorSession(const EditorServices &services, QObject *parent = nullptr);
    ~EditorSession() override; // writes the journal

    State state() const { return m_state; }
    QString failure() const { return m_failure; }
    DraftDocument &document() { return m_document; }
    const DraftDocument &document() const { return m_document; }
    DraftJournal &journal() { return m_journal; }
    const TenantFacts &facts() const { return m_facts; }
    const models::TenantId &tenant_id() const { return m_tenant_id; }
    QString tenant_name() const { return QString::fromStdString(m_facts.tenant.name); }
    // Another value after each opening: an answer asked for under an earlier one is not this tenant's.
    std::uint64_t opening() const { return m_opening; }
    // What the site's own pages say: the tenant's own domain where there is one.
    QString origin() const;
    // Where a browser finds the live page: on a platform of this machine always below its own name.
    QString live_address() const;
    bool saving() const { return m_saver.pending(); }
    bool publishing() const { return m_publisher.busy(); }
    // Sent, and the database went before it answered; looked up when it is back.
    bool publication_in_doubt() const { return m_publisher.in_doubt(); }
    bool connected() const { return !m_reconnect.waiting(); }
    QDateTime saved_at() const { return m_saved_at; }

    // A save or publication on its way is waited for.
    void open(const models::TenantId &tenant_id);
    void reload() { open(m_tenant_id); }
    // Reads tenant, verification, releases, what is live and what is newest again.
    void refresh_facts();
    void save(const QString &note = {});
    SaveConflict conflict_with(const models::Revision &theirs) const;
    // Saves the merge. Where a conflict has no choice for its present values, nothing is saved and all are
    // found again.
    void save_merged(const models::Revision &theirs, const std::vector<ConflictChoice> &choices);
    // Saves first where there is something unsaved. Refused where something newer is live or saved.
    void publish();
    // After such a refusal, by a person who has seen both.
    void publish_anyway(const PublishConflict &conflict);
    // Goes on from the newest revision; unsaved edits are merged with it.
    void take_over();
    void discard_edits();
    // Records that there is a signed release for each of the photos.
    void record_releases(const QStringList &urls);

signals:
    void state_changed();
    void opened();        // ready, and the document shows it
    void about_to_save(); // what was typed and not confirmed goes into the document
    void facts_changed();
    void progress_changed(); // saving, publishing, saved_at
    void edits_restored(const QDateTime &written_at);
    void saved(int number);
    void conflict_found(const studio::ui::SaveConflict &conflict);
    void published(int number);
    void publish_refused(const studio::ui::PublishConflict &conflict);
    // Answered with an error: what was published before is still live.
    void publish_failed(const QString &message);
    // Somebody else published or saved this tenant while it is open.
    void changed_elsewhere(const QString &words, bool newer_draft);
    // About a tenant other than the open one.
    void left_behind(const QString &words);
    void connection_lost(const QString &what_is_safe);
    void connection_back();
    void access_refused(const QString &message);
    void failed(const QString &message);

private:
    template <typename Question, typename Use, typename Fail> void ask(Question question, Use use, Fail fail);
    template <typename Question, typename Use> void ask(Question question, Use use);
    void connect_signals();
    void connect_saver();
    void connect_publisher();
    void begin();
    void leave();
    bool leaving() const { return m_next.has_value(); }
    void say_what_is_left();
    void load_journal(OpenedDraft draft);
    void show_draft(const OpenedDraft &draft);
    void take_facts(const TenantFacts &facts);
    void say_changes(const TenantFacts &before);
    void settle_saved(const models::RevisionSummary &summary, const models::Documents &documents);
    void settle_conflict(const models::Revision &theirs);
    void send_publish(int number, const db::KnownRevisions &known);
    void handle(const db::Error &error, const QString &what_is_safe);
    void set_state(State state, const QString &failure = {});

    EditorServices m_services;
    Worker &m_worker;
    DraftDocument m_document;
    DraftJournal m_journal;
    Reconnect m_reconnect;
    DraftSaver m_saver;
    Publisher m_publisher;
    QTimer m_follow; // many notices, one reading
    std::uint64_t m_opening = 0;
    models::TenantId m_tenant_id;
    std::optional<models::TenantId> m_next; // to be opened once what is on its way has arrived
    QString m_failure;
    TenantFacts m_facts;
    QDateTime m_saved_at;
    State m_state = State::Empty;
    bool m_publish_after_save = false;
};

} // namespace studio::ui
