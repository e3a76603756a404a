// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/draft/opened_draft.h"

#include "db/stores/revision_store.h"

namespace studio::ui {

models::Revision OpenedDraft::base() const {
    if (latest) {
        return *latest;
    }
    models::Revision published;
    published.documents = facts.tenant.published;
    return published;
}

bool OpenedDraft::has_unsaved_edits() const {
    return journal && journal->documents != base().documents &&
           !(journal_base && journal->documents == journal_base->documents);
}

OpenedDraft read_draft(db::Session &session, const models::TenantId &tenant_id) {
    OpenedDraft draft;
    draft.database_id = session.database_id();
    draft.facts = read_tenant_facts(session, tenant_id);
    draft.latest = db::RevisionStore(session).latest(tenant_id);
    return draft;
}

OpenedDraft with_journal_base(db::Session &session, OpenedDraft draft) {
    db::RevisionStore revisions(session);
    const auto &id = draft.facts.tenant.id;
    draft.journal_base = revisions.find_by_key(id, draft.journal->pending_key);
    if (!draft.journal_base && draft.journal->base_number > 0) {
        draft.journal_base = revisions.find(id, draft.journal->base_number);
    }
    return draft;
}

} // namespace studio::ui
