// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/editor_session.h"

#include "db/stores/revision_store.h"
#include "models/editing/describe_change.h"
#include "models/editing/merge.h"
#include "ui/async/tenant_watcher.h"
#include "ui/photos/record_releases.h"
#include "ui/widgets/site_address.h"
#include "ui/widgets/tenant_id.h"
#include "ui/widgets/words.h"

#include <QUrl>
#include <QUuid>

#include <algorithm>
#include <utility>

namespace studio::ui {

namespace {

constexpr int follow_pause_ms = 80;

QString kept() {
    return EditorSession::tr("Your edits are kept on this computer.");
}

} // namespace

bool same_conflict(const models::MergeConflict &one, const models::MergeConflict &other) {
    return one.path == other.path && one.base == other.base && one.mine == other.mine &&
           one.theirs == other.theirs;
}

EditorSession::EditorSession(const EditorServices &services, QObject *parent)
    : QObject(parent), m_services(services), m_worker(*services.worker),
      m_journal(services.journal_directory, services.login), m_reconnect(m_worker), m_saver(m_worker),
      m_publisher(m_worker) {
    m_follow.setSingleShot(true);
    m_follow.setInterval(follow_pause_ms);
    connect_signals();
    connect_saver();
    connect_publisher();
}

EditorSession::~EditorSession() {
    m_journal.close(); // its snapshot uses members declared after it
}

void EditorSession::connect_signals() {
    connect(&m_document, &DraftDocument::changed, this, [this] {
        if (m_state == State::Ready && m_document.dirty()) {
            m_journal.edited();
        }
    });
    connect(&m_document, &DraftDocument::dirty_changed, this, [this](bool dirty) {
        if (m_state == State::Ready && !dirty && !saving()) {
            m_journal.clear();
        }
    });
    connect(&m_reconnect, &Reconnect::back, this, [this] {
        emit connection_back();
        if (m_state == State::Failed) {
            reload();
        } else if (saving()) {
            m_saver.send();
        } else if (m_publisher.in_doubt()) {
            m_publisher.look_up();
        }
    });
    connect(&m_follow, &QTimer::timeout, this, &EditorSession::refresh_facts);
    if (m_services.watcher) {
        connect(m_services.watcher, &TenantWatcher::tenant_changed, &m_follow, qOverload<>(&QTimer::start));
        connect(m_services.watcher, &TenantWatcher::reconnected, &m_follow, qOverload<>(&QTimer::start));
    }
}

void EditorSession::connect_saver() {
    connect(&m_saver, &DraftSaver::saved, this, &EditorSession::settle_saved);
    connect(&m_saver, &DraftSaver::conflict, this, &EditorSession::settle_conflict);
    connect(&m_saver, &DraftSaver::failed, this, [this](const db::Error &error) {
        if (error.kind() != db::ErrorKind::Unreachable) {
            m_publish_after_save = false;
        }
        handle(error, kept());
    });
}

void EditorSession::connect_publisher() {
    connect(&m_publisher, &Publisher::published, this, [this](int number, const TenantFacts &facts) {
        m_facts = facts;
        if (leaving()) {
            emit left_behind(tr("Revision %1 of %2 is published.").arg(number).arg(tenant_name()));
            leave();
            return;
        }
        emit facts_changed();
        emit progress_changed();
        emit published(number);
    });
    connect(&m_publisher, &Publisher::refused, this, [this](const PublishConflict &conflict) {
        m_facts = conflict.facts;
        if (leaving()) {
            emit left_behind(QStringLiteral("%1: %2").arg(tenant_name(), conflict.reason));
            leave();
            return;
        }
        emit facts_changed();
        emit progress_changed();
        emit publish_refused(conflict);
    });
    connect(&m_publisher, &Publisher::lost, this, [this](const TenantFacts &facts) {
        m_facts = facts;
        emit facts_changed();
        emit failed(tr("The connection was lost before publishing finished. The live site is unchanged and "
                       "your draft is saved. Publish again."));
    });
    connect(&m_publisher, &Publisher::overtaken, this, [this](int number, const TenantFacts &facts) {
        m_facts = facts;
        emit facts_changed();
        const auto by = facts.live->published_by.empty()
                            ? QString()
                            : tr(", published by %1").arg(QString::fromStdString(facts.live->published_by));
        emit failed(
            tr("The connection was lost while revision %1 was published. Revision %2 is live by now%3. The "
               "history shows whether yours was live in between; your draft is saved.")
                .arg(number)
                .arg(facts.live->revision)
                .arg(by));
    });
    connect(&m_publisher, &Publisher::failed, this, [this](const db::Error &error) {
        const bool told_here = !leaving() && error.kind() != db::ErrorKind::Unreachable;
        handle(
            error,
            tr("The draft is saved. Whether it was published is checked as soon as the database responds."));
        if (told_here) {
            emit publish_failed(QString::fromUtf8(error.what()));
            refresh_facts(); // the checklist then shows what the refusing rule asks for
        }
    });
}

template <typename Question, typename Use, typename Fail>
void EditorSession::ask(Question question, Use use, Fail fail) {
    using Answer = std::invoke_result_t<Question, db::Session &>;
    const auto failing = [this, fail, opening = m_opening, name = tenant_name()](const db::Error &error) {
        if (opening == m_opening) {
            fail(error);
        } else {
            emit left_behind(QStringLiteral("%1: %2").arg(name, QString::fromUtf8(error.what())));
        }
    };
    m_worker.run(std::move(question))
        .then(this,
              [this, use, opening = m_opening](const Answer &answer) {
                  if (opening == m_opening) {
                      use(answer);
                  }
              })
        .onFailed(this, failing)
        .onFailed(this, [failing](const std::exception &error) {
            failing(db::Error(db::ErrorKind::Other, error.what()));
        });
}

template <typename Question, typename Use> void EditorSession::ask(Question question, Use use) {
    ask(std::move(question), std::move(use), [this](const db::Error &error) { handle(error, kept()); });
}

QString EditorSession::origin() const {
    if (const auto &domain = m_facts.tenant.custom_domain; domain && !domain->empty()) {
        auto address = QUrl(m_services.public_url);
        address.setHost(QString::fromStdString(*domain));
        return address.toString(QUrl::RemovePath);
    }
    return site_address(m_services.public_url, QString::fromStdString(m_facts.tenant.subdomain));
}

QString EditorSession::live_address() const {
    return site_address(m_services.public_url, QString::fromStdString(m_facts.tenant.subdomain),
                        QString::fromStdString(m_facts.tenant.custom_domain.value_or("")));
}

void EditorSession::open(const models::TenantId &tenant_id) {
    m_next = tenant_id;
    if ((saving() || publishing()) && connected()) {
        set_state(State::Loading); // answers that arrive from now on belong to the previous tenant
    } else {
        leave();
    }
}

void EditorSession::leave() {
    say_what_is_left();
    m_journal.close();
    m_reconnect.stop();
    m_publisher.forget();
    m_saver.forget();
    m_publish_after_save = false;
    ++m_opening;
    m_tenant_id = *std::exchange(m_next, std::nullopt);
    if (m_tenant_id.empty()) {
        set_state(State::Empty);
        return;
    }
    set_state(State::Loading);
    begin();
}

void EditorSession::say_what_is_left() {
    if (m_next == m_tenant_id) {
        return;
    }
    if (saving()) {
        emit left_behind(tr("The last save of %1 has not reached the database. Your edits are kept on this "
                            "computer and are restored when you open the site again.")
                             .arg(tenant_name()));
    } else if (m_publisher.in_doubt()) {
        emit left_behind(tr("The database did not respond, so it is unknown whether %1 was published. Open "
                            "the site again to check.")
                             .arg(tenant_name()));
    }
}

void EditorSession::begin() {
    const auto fail = [this](const db::Error &error) {
        set_state(State::Failed, QString::fromUtf8(error.what()));
        if (error.kind() == db::ErrorKind::Unreachable) {
            m_reconnect.start();
        }
    };
    ask([id = m_tenant_id](db::Session &session) { return read_draft(session, id); },
        [this](const OpenedDraft &draft) { load_journal(draft); }, fail);
}

void EditorSession::load_journal(OpenedDraft draft) {
    m_journal.open(QString::fromStdString(draft.database_id), to_text(m_tenant_id), [this] {
        return JournalEntry{m_document.base_number(), QDateTime::currentDateTimeUtc(), m_document.documents(),
                            m_saver.pending_key()};
    });
    draft.journal = m_journal.read();
    if (!draft.journal) {
        show_draft(draft);
        return;
    }
    ask([draft](db::Session &session) { return with_journal_base(session, draft); },
        [this](const OpenedDraft &complete) { show_draft(complete); },
        [this](const db::Error &error) { set_state(State::Failed, QString::fromUtf8(error.what())); });
}

// Restored edits keep the revision they were made on as their base, so that saving merges them with later
// revisions.
void EditorSession::show_draft(const OpenedDraft &draft) {
    m_facts = draft.facts;
    const auto base = draft.base();
    m_saved_at = base.summary.number > 0 ? to_date_time(base.summary.created_at) : QDateTime();
    const bool restore = m_facts.may_save && draft.has_unsaved_edits();
    m_document.set_read_only(!m_facts.may_save);
    if (restore) {
        const auto &edited = draft.journal_base ? *draft.journal_base : base;
        m_document.reset(edited.summary.number, edited.documents, draft.journal->documents);
    } else {
        m_document.reset(base.summary.number, base.documents, base.documents);
    }
    set_state(State::Ready);
    emit facts_changed();
    emit progress_changed();
    if (restore) {
        emit edits_restored(draft.journal->written_at.toLocalTime());
    } else if (m_facts.may_save) {
        m_journal.clear();
    }
    emit opened();
}

void EditorSession::refresh_facts() {
    if (m_state == State::Ready) {
        ask([id = m_tenant_id](db::Session &session) { return read_tenant_facts(session, id); },
            [this](const TenantFacts &facts) { take_facts(facts); });
    }
}

void EditorSession::take_facts(const TenantFacts &facts) {
    const auto before = std::exchange(m_facts, facts);
    m_document.set_read_only(!m_facts.may_save);
    emit facts_changed();
    if (m_state == State::Ready) {
        say_changes(before);
    }
}

void EditorSession::say_changes(const TenantFacts &before) {
    const auto somebody = [](const std::string &name) {
        return name.empty() ? tr("Someone else") : QString::fromStdString(name);
    };
    const auto number_of = [](const auto &latest) { return latest ? latest->number : 0; };
    const bool newer =
        number_of(m_facts.latest) > std::max(number_of(before.latest), m_document.base_number());
    if (m_facts.live && m_facts.live != before.live) {
        emit changed_elsewhere(tr("%1 published revision %2.")
                                   .arg(somebody(m_facts.live->published_by))
                                   .arg(m_facts.live->revision),
                               m_facts.live->revision > m_document.base_number());
    } else if (newer) {
        emit changed_elsewhere(
            tr("%1 saved revision %2.").arg(somebody(m_facts.latest->author)).arg(m_facts.latest->number),
            true);
    }
}

void EditorSession::save(const QString &note) {
    emit about_to_save();
    if (m_state != State::Ready || saving() || !m_document.dirty() || m_document.read_only()) {
        return;
    }
    m_saver.prepare({m_tenant_id, m_document.documents(), m_document.base_number(), note.toStdString()});
    m_journal.edited(); // stores the key by which an unanswered save can be found again
    m_journal.flush();
    emit progress_changed();
    m_saver.send();
}

void EditorSession::settle_saved(const models::RevisionSummary &summary, const models::Documents &documents) {
    m_facts.latest = summary;
    m_saved_at = to_date_time(summary.created_at);
    m_document.mark_saved(summary.number, documents);
    if (m_document.dirty()) {
        m_journal.edited();
    } else {
        m_journal.clear();
    }
    emit progress_changed();
    emit saved(summary.number);
    if (std::exchange(m_publish_after_save, false)) {
        send_publish(summary.number,
                     {db::KnownRevisions::Live{m_facts.tenant.published_revision}, summary.number});
    } else if (leaving()) {
        leave();
    }
}

void EditorSession::settle_conflict(const models::Revision &theirs) {
    m_publish_after_save = false;
    m_facts.latest = theirs.summary;
    emit progress_changed();
    if (leaving()) {
        emit left_behind(tr("%1 was not saved: %2 saved revision %3 first. Your edits are kept on this "
                            "computer and are restored when you open the site again.")
                             .arg(tenant_name(), author_label(theirs.summary.author))
                             .arg(theirs.summary.number));
        leave();
        return;
    }
    emit conflict_found(conflict_with(theirs));
}

SaveConflict EditorSession::conflict_with(const models::Revision &theirs) const {
    SaveConflict conflict;
    conflict.theirs = theirs;
    conflict.merge = models::merge(m_document.base(), m_document.documents(), theirs.documents);
    for (const auto &line : models::describe_all(m_document.base(), theirs.documents)) {
        conflict.their_changes.push_back(QString::fromStdString(line));
    }
    return conflict;
}

void EditorSession::save_merged(const models::Revision &theirs, const std::vector<ConflictChoice> &choices) {
    // Edits made while the conflict panel was open are merged too.
    auto now = conflict_with(theirs);
    for (const auto &open : now.merge.conflicts) {
        const auto choice = std::find_if(choices.begin(), choices.end(), [&open](const auto &one) {
            return same_conflict(one.conflict, open);
        });
        if (choice == choices.end()) {
            emit conflict_found(conflict_with(theirs));
            return;
        }
        models::resolve(now.merge.merged, open, choice->side);
    }
    m_document.rebase(theirs.summary.number, theirs.documents, now.merge.merged);
    if (m_document.dirty()) {
        save(tr("Merged with revision %1").arg(theirs.summary.number));
    } else {
        m_journal.clear();
        emit progress_changed();
        emit saved(theirs.summary.number);
    }
}

void EditorSession::publish() {
    emit about_to_save();
    if (m_state != State::Ready || publishing() || saving() || !m_facts.may_publish) {
        return;
    }
    if (m_document.dirty()) {
        m_publish_after_save = true;
        save();
        return;
    }
    const auto number = m_document.base_number();
    send_publish(number, {db::KnownRevisions::Live{m_facts.tenant.published_revision}, number});
}

void EditorSession::publish_anyway(const PublishConflict &conflict) {
    if (m_state == State::Ready && !publishing() && !saving()) {
        const auto &latest = conflict.facts.latest;
        send_publish(conflict.number, {db::KnownRevisions::Live{conflict.facts.tenant.published_revision},
                                       latest ? std::optional(latest->number) : std::nullopt});
    }
}

void EditorSession::send_publish(int number, const db::KnownRevisions &known) {
    m_publisher.publish(m_tenant_id, number, known);
    emit progress_changed();
}

void EditorSession::take_over() {
    if (m_state != State::Ready || saving()) {
        return;
    }
    ask([id = m_tenant_id](db::Session &session) { return db::RevisionStore(session).latest(id); },
        [this](const std::optional<models::Revision> &latest) {
            if (!latest || latest->summary.number <= m_document.base_number()) {
                return;
            }
            m_facts.latest = latest->summary;
            if (m_document.dirty()) {
                emit conflict_found(conflict_with(*latest));
                return;
            }
            m_saved_at = to_date_time(latest->summary.created_at);
            m_document.reset(latest->summary.number, latest->documents, latest->documents);
            emit facts_changed();
            emit progress_changed();
        });
}

void EditorSession::discard_edits() {
    m_document.replace(m_document.base(), tr("Discard unsaved edits"));
}

void EditorSession::record_releases(const QStringList &urls) {
    ask(
        [id = m_tenant_id, urls](db::Session &session) {
            const QString left_out = ui::record_releases(session, id, urls);
            return std::pair(read_tenant_facts(session, id), left_out);
        },
        [this](const std::pair<TenantFacts, QString> &answer) {
            take_facts(answer.first);
            if (!answer.second.isEmpty()) {
                emit failed(answer.second);
            }
        });
}

void EditorSession::handle(const db::Error &error, const QString &what_is_safe) {
    const auto message = QString::fromUtf8(error.what());
    const bool unreachable = error.kind() == db::ErrorKind::Unreachable;
    if (leaving()) {
        if (!unreachable) {
            emit left_behind(QStringLiteral("%1: %2 %3").arg(tenant_name(), message, kept()));
        }
        leave();
        return;
    }
    if (unreachable) {
        emit connection_lost(what_is_safe);
        m_reconnect.start();
    } else if (error.kind() == db::ErrorKind::Forbidden) {
        emit access_refused(message);
    } else {
        emit failed(message);
    }
    emit progress_changed();
}

void EditorSession::set_state(State state, const QString &failure) {
    m_state = state;
    m_failure = failure;
    emit state_changed();
}

} // namespace studio::ui
