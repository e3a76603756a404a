// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/draft/draft_journal.h"
#include "ui/editor/tenant_facts.h"

#include <optional>
#include <string>

namespace studio::ui {

// What an opening reads of a tenant: the newest revision, and edits that an earlier opening left on this
// computer.
struct OpenedDraft {
    std::string database_id;
    TenantFacts facts;
    std::optional<models::Revision> latest;
    std::optional<JournalEntry> journal;
    std::optional<models::Revision> journal_base; // the revision that the edits were made on

    // The newest revision; where nothing was ever saved, what is published.
    models::Revision base() const;
    // The edits have something that no revision has.
    bool has_unsaved_edits() const;
};

OpenedDraft read_draft(db::Session &session, const models::TenantId &tenant_id);
// The base of the journal's edits: a save that was sent from them and did arrive, else what they name.
OpenedDraft with_journal_base(db::Session &session, OpenedDraft draft);

} // namespace studio::ui
