// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/editor_session.h"

#include "db/revision_store.h"
#include "ui/widgets/words.h"

#include <QUrl>
#include <QUuid>

namespace studio::ui {

namespace {

QString kept() {
    return EditorSession::tr("What you typed is kept on this computer.");
}

TenantFacts read_facts(db::Session &session, const std::string &tenant_id) {
    TenantFacts facts;
    auto tenant = db::TenantStore(session).find(tenant_id);
    if (!tenant) {
        throw db::Error(db::ErrorKind::NotFound,
                        "This companion does not exist, or your login may not see it.");
    }
    facts.tenant = std::move(*tenant);
    try {
        db::ComplianceStore compliance(session);
        facts.verification = compliance.verification(tenant_id);
        facts.releases = compliance.releases(tenant_id);
        facts.compliance_known = true;
    } catch (const db::Error &error) {
        if (error.kind() != db::ErrorKind::Forbidden) {
            throw;
        }
    }
    return facts;
}

} // namespace

struct EditorSession::Loaded {
    TenantFacts facts;
    std::optional<models::Revision> latest;
    std::optional<JournalEntry> journal;
    std::optional<models::Revision> journal_base;
};

EditorSession::EditorSession(const EditorServices &services, QObject *parent)
    : QObject(parent), m_services(services), m_worker(*services.worker),
      m_journal(services.journal_directory, services.login), m_reconnect(m_worker) {
    connect(&m_document, &DraftDocument::changed, this, [this] {
        if (m_state == State::Ready && m_document.dirty()) {
            m_journal.edited();
        }
    });
    connect(&m_document, &DraftDocument::dirty_changed, this, [this](bool dirty) {
        if (m_state == State::Ready && !dirty) {
            m_journal.clear();
        }
    });
    connect(&m_reconnect, &Reconnect::back, this, [this] {
        emit connection_back();
        if (m_state == State::Failed) {
            reload();
        } else if (m_pending) {
            send_save();
        } else if (m_unsure_publish) {
            check_published(*m_unsure_publish);
        }
    });
}

// As the public service says it: a tenant's own domain where there is one.
QString EditorSession::origin() const {
    if (const auto &domain = m_facts.tenant.custom_domain; domain && !domain->empty()) {
        auto address = QUrl(m_services.public_url);
        address.setHost(QString::fromStdString(*domain));
        return address.toString(QUrl::RemovePath);
    }
    return tenant_origin(m_services.public_url, QString::fromStdString(m_facts.tenant.subdomain));
}

void EditorSession::open(const QString &tenant_id) {
    m_journal.flush();
    m_reconnect.stop();
    m_pending.reset();
    m_unsure_publish.reset();
    m_saving = m_publishing = m_publish_after_save = false;
    m_tenant_id = tenant_id;
    if (tenant_id.isEmpty()) {
        set_state(State::Empty);
        return;
    }
    set_state(State::Loading);
    m_journal.open(tenant_id, [this] {
        return JournalEntry{m_document.base_number(), QDateTime::currentDateTimeUtc(),
                            m_document.documents()};
    });
    const auto journal = m_journal.read();
    m_worker
        .run([id = tenant_id.toStdString(), journal](db::Session &session) {
            Loaded loaded;
            loaded.facts = read_facts(session, id);
            db::RevisionStore revisions(session);
            loaded.latest = revisions.latest(id);
            loaded.journal = journal;
            if (journal && journal->base_number > 0) {
                loaded.journal_base = revisions.find(id, journal->base_number);
            }
            return loaded;
        })
        .then(this,
              [this, number = m_loads.next()](const Loaded &loaded) {
                  if (m_loads.is_latest(number)) {
                      show_loaded(loaded);
                  }
              })
        .onFailed(this,
                  [this](const db::Error &error) {
                      set_state(State::Failed, QString::fromUtf8(error.what()));
                      if (error.kind() == db::ErrorKind::Unreachable) {
                          m_reconnect.start();
                      }
                  })
        .onFailed(this,
                  [this] { set_state(State::Failed, tr("What came from the database could not be read.")); });
}

void EditorSession::show_loaded(Loaded loaded) {
    m_facts = std::move(loaded.facts);
    models::Revision base;
    if (loaded.latest) {
        base = std::move(*loaded.latest);
    } else {
        base.documents = m_facts.tenant.published;
    }
    m_latest = base.summary;
    m_saved_at = base.summary.number > 0 ? to_date_time(base.summary.created_at) : QDateTime();
    const bool restore = loaded.journal && loaded.journal->documents != base.documents;
    if (restore && loaded.journal_base) {
        // Edits keep the base that they were made on, so that saving them merges with what came after.
        m_document.reset(loaded.journal_base->summary.number, loaded.journal_base->documents,
                         loaded.journal->documents);
    } else {
        m_document.reset(base.summary.number, base.documents,
                         restore ? loaded.journal->documents : base.documents);
    }
    set_state(State::Ready);
    emit facts_changed();
    emit progress_changed();
    if (restore) {
        emit edits_restored(loaded.journal->written_at.toLocalTime());
    } else {
        m_journal.clear();
    }
}

void EditorSession::refresh_facts() {
    if (m_state != State::Ready) {
        return;
    }
    m_worker.run([id = m_tenant_id.toStdString()](db::Session &session) { return read_facts(session, id); })
        .then(this,
              [this, id = m_tenant_id](const TenantFacts &facts) {
                  if (id == m_tenant_id) {
                      m_facts = facts;
                      emit facts_changed();
                  }
              })
        .onFailed(this, [this](const db::Error &error) { handle(error, kept()); });
}

void EditorSession::save(const QString &note) {
    if (m_state != State::Ready || m_saving || !m_document.dirty()) {
        return;
    }
    m_pending = PendingSave{m_document.documents(), m_document.base_number(), note.toStdString(),
                            QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString()};
    m_saving = true;
    emit progress_changed();
    send_save();
}

// The idempotency key makes it safe to send again what may have arrived already.
void EditorSession::send_save() {
    struct Outcome {
        std::optional<models::RevisionSummary> saved;
        std::optional<models::Revision> theirs;
    };
    m_worker
        .run([id = m_tenant_id.toStdString(), pending = *m_pending](db::Session &session) {
            db::RevisionStore revisions(session);
            try {
                return Outcome{
                    revisions.save(id, pending.base_number, pending.documents, pending.note, pending.key),
                    {}};
            } catch (const db::Error &error) {
                if (error.kind() != db::ErrorKind::Conflict) {
                    throw;
                }
                return Outcome{{}, revisions.latest(id)};
            }
        })
        .then(this,
              [this, id = m_tenant_id](const Outcome &outcome) {
                  if (id != m_tenant_id || !m_pending) {
                      return;
                  }
                  m_saving = false;
                  if (outcome.saved) {
                      settle_saved(*outcome.saved);
                  } else if (outcome.theirs) {
                      settle_conflict(*outcome.theirs);
                  }
              })
        .onFailed(this, [this](const db::Error &error) { handle(error, kept()); });
}

void EditorSession::settle_saved(const models::RevisionSummary &summary) {
    m_latest = summary;
    m_saved_at = to_date_time(summary.created_at);
    const auto documents = std::move(m_pending->documents);
    m_pending.reset();
    m_document.mark_saved(summary.number, documents);
    if (m_document.dirty()) {
        m_journal.edited();
    }
    emit progress_changed();
    emit saved(summary.number);
    if (std::exchange(m_publish_after_save, false)) {
        send_publish(summary.number);
    }
}

void EditorSession::settle_conflict(const models::Revision &theirs) {
    m_pending.reset();
    m_publish_after_save = false;
    SaveConflict conflict;
    conflict.theirs = theirs;
    conflict.merge = models::merge(m_document.base(), m_document.documents(), theirs.documents);
    for (const auto &change : models::difference(m_document.base(), theirs.documents)) {
        conflict.their_changes.push_back(
            QString::fromStdString(models::describe(change, m_document.base(), theirs.documents)));
    }
    emit progress_changed();
    emit conflict_found(conflict);
}

void EditorSession::save_merged(const SaveConflict &conflict, const std::vector<models::MergeSide> &chosen) {
    // What was typed while the panel was open is merged as well.
    auto merge = models::merge(m_document.base(), m_document.documents(), conflict.theirs.documents);
    for (const auto &open : merge.conflicts) {
        for (std::size_t i = 0; i < conflict.merge.conflicts.size() && i < chosen.size(); ++i) {
            if (conflict.merge.conflicts[i].pointer == open.pointer) {
                models::resolve(merge.merged, open, chosen[i]);
            }
        }
    }
    m_document.rebase(conflict.theirs.summary.number, conflict.theirs.documents, merge.merged,
                      tr("Merge with %1").arg(QString::fromStdString(conflict.theirs.summary.author)));
    m_latest = conflict.theirs.summary;
    if (m_document.dirty()) {
        save(tr("Merged with revision %1").arg(conflict.theirs.summary.number));
    } else {
        emit progress_changed();
        emit saved(conflict.theirs.summary.number);
    }
}

void EditorSession::publish() {
    if (m_state != State::Ready || m_publishing || m_saving) {
        return;
    }
    if (m_document.dirty()) {
        m_publish_after_save = true;
        save();
    } else {
        send_publish(m_document.base_number());
    }
}

void EditorSession::send_publish(int number) {
    m_publishing = true;
    m_unsure_publish = number;
    emit progress_changed();
    m_worker
        .run([id = m_tenant_id.toStdString(), number](db::Session &session) {
            db::RevisionStore(session).publish(id, number);
            return read_facts(session, id);
        })
        .then(this,
              [this, number, id = m_tenant_id](const TenantFacts &facts) {
                  if (id == m_tenant_id) {
                      m_facts = facts;
                      settle_published(number);
                  }
              })
        .onFailed(this, [this](const db::Error &error) {
            if (error.kind() != db::ErrorKind::Unreachable) {
                m_unsure_publish.reset();
            }
            m_publishing = false;
            handle(error,
                   tr("Whether the publication went through is looked up as soon as the database answers; "
                      "the draft is saved."));
        });
}

void EditorSession::settle_published(int number) {
    m_publishing = false;
    m_unsure_publish.reset();
    emit facts_changed();
    emit progress_changed();
    emit published(number);
}

// A publication is never sent twice on its own: somebody else may have published since.
void EditorSession::check_published(int number) {
    m_worker.run([id = m_tenant_id.toStdString()](db::Session &session) { return read_facts(session, id); })
        .then(this,
              [this, number, id = m_tenant_id](const TenantFacts &facts) {
                  if (id != m_tenant_id) {
                      return;
                  }
                  m_facts = facts;
                  if (facts.tenant.published_revision == number) {
                      settle_published(number);
                      return;
                  }
                  m_unsure_publish.reset();
                  emit facts_changed();
                  emit failed(
                      tr("The connection was lost before the publication went through. The live site is "
                         "unchanged and your draft is saved: publish again."));
              })
        .onFailed(this, [this](const db::Error &error) { handle(error, kept()); });
}

void EditorSession::discard_edits() {
    m_document.replace(m_document.base(), tr("Discard unsaved edits"));
}

void EditorSession::record_releases(const QStringList &urls) {
    m_worker
        .run([id = m_tenant_id.toStdString(), urls](db::Session &session) {
            db::ComplianceStore compliance(session);
            for (const auto &url : urls) {
                compliance.record_release(id, url.toStdString());
            }
        })
        .then(this, [this] { refresh_facts(); })
        .onFailed(this, [this](const db::Error &error) { handle(error, kept()); });
}

void EditorSession::handle(const db::Error &error, const QString &what_is_safe) {
    const auto message = QString::fromUtf8(error.what());
    switch (error.kind()) {
    case db::ErrorKind::Unreachable:
        emit connection_lost(what_is_safe);
        m_reconnect.start();
        break;
    case db::ErrorKind::Forbidden:
        m_pending.reset();
        m_saving = m_publish_after_save = false;
        emit access_refused(message);
        break;
    default:
        m_pending.reset();
        m_saving = m_publish_after_save = false;
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
