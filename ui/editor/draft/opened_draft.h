// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/draft/draft_journal.h"
#include "ui/editor/tenant_facts.h"

#include <optional>
#include <string>

namespace studio::ui {

// What is read when a tenant is opened: the newest revision, and unsaved edits that are in the journal on
// this computer.
struct OpenedDraft {
    std::string database_id;
    TenantFacts facts;
    std::optional<models::Revision> latest;
    std::optional<JournalEntry> journal;
    std::optional<models::Revision> journal_base; // the revision that the edits were made on

    // The newest revision, or the published documents where no revision was ever saved.
    models::Revision base() const;
    // Whether the journal's edits contain something that no revision has.
    bool has_unsaved_edits() const;
};

OpenedDraft read_draft(db::Session &session, const models::TenantId &tenant_id);
// Adds the revision on which the journal's edits are based: the one of an unanswered save if it was stored,
// otherwise the one that the journal names.
OpenedDraft with_journal_base(db::Session &session, OpenedDraft draft);

} // namespace studio::ui
