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

// Another person has saved since the draft was opened.
struct SaveConflict {
    models::Revision theirs;
    models::MergeResult merge;
    std::vector<QString> their_changes; // in plain language
};

// A person's choice where both sides changed the same thing. It is valid for exactly these two values.
struct ConflictChoice {
    models::MergeConflict conflict;
    models::MergeSide side = models::MergeSide::Mine;
};

bool same_conflict(const models::MergeConflict &one, const models::MergeConflict &other);

// One tenant in the editor: loads, saves, merges, publishes, and keeps the journal. No failure loses what was
// typed: it stays in the document and in the journal. An answer from the database belongs to the draft for
// which it was requested; if another one is open by then, left_behind() reports the result.
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
    // A number that changes with each opening. An answer requested under another number belongs to another
    // draft.
    std::uint64_t opening() const { return m_opening; }
    // The address that the site's pages name as their own: the custom domain if there is one.
    QString origin() const;
    // The address at which a browser finds the live page. On this machine's own platform it is always below
    // the platform's name.
    QString live_address() const;
    bool saving() const { return m_saver.pending(); }
    bool publishing() const { return m_publisher.busy(); }
    // A publication was sent and the connection lost before the answer. The result is looked up after
    // reconnecting.
    bool publication_in_doubt() const { return m_publisher.in_doubt(); }
    bool connected() const { return !m_reconnect.waiting(); }
    QDateTime saved_at() const { return m_saved_at; }

    // Opens a tenant after a save or publication under way has been answered.
    void open(const models::TenantId &tenant_id);
    void reload() { open(m_tenant_id); }
    // Reads the tenant, its verification, its releases, and the live and newest revisions again.
    void refresh_facts();
    void save(const QString &note = {});
    SaveConflict conflict_with(const models::Revision &theirs) const;
    // Saves the merge. If a conflict has no choice that is valid for its present values, nothing is saved and
    // the conflicts are reported again.
    void save_merged(const models::Revision &theirs, const std::vector<ConflictChoice> &choices);
    // Publishes the draft, saving it first if needed. Refused if another person published or saved in the
    // meantime.
    void publish();
    // Publishes in spite of such a conflict, which the person has seen.
    void publish_anyway(const PublishConflict &conflict);
    // Continues from the newest revision; unsaved edits are merged with it.
    void take_over();
    void discard_edits();
    // Records that there is a signed release for each of the photos.
    void record_releases(const QStringList &urls);

signals:
    void state_changed();
    void opened();        // the tenant was read and the document holds it
    void about_to_save(); // fields with text that is not confirmed yet should put it into the document
    void facts_changed();
    void progress_changed(); // of saving(), publishing() or saved_at()
    void edits_restored(const QDateTime &written_at);
    void saved(int number);
    void conflict_found(const studio::ui::SaveConflict &conflict);
    void published(int number);
    void publish_refused(const studio::ui::PublishConflict &conflict);
    // Publishing was answered with an error: what was live before is still live.
    void publish_failed(const QString &message);
    // Another person published or saved this tenant while it is open.
    void changed_elsewhere(const QString &words, bool newer_draft);
    // The result of a request about a tenant that is no longer open.
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
    QTimer m_follow; // so that many notifications cause one reading
    std::uint64_t m_opening = 0;
    models::TenantId m_tenant_id;
    std::optional<models::TenantId> m_next; // to be opened when the request under way has been answered
    QString m_failure;
    TenantFacts m_facts;
    QDateTime m_saved_at;
    State m_state = State::Empty;
    bool m_publish_after_save = false;
};

} // namespace studio::ui
