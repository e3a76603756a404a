// SPDX-License-Identifier: Apache-2.0
// What several commands do with a tenant's documents.
#pragma once

#include "app/ctl/commands/command.h"
#include "models/tenant/tenant.h"

namespace studio::ctl {

// The latest revision. Throws CommandFailure where none was saved yet.
models::Revision latest_revision(Context &context, const models::Tenant &tenant);
models::Revision find_revision(Context &context, const models::Tenant &tenant, int number);
// "latest", "published" or a number.
models::Revision named_revision(Context &context, const models::Tenant &tenant, const std::string &name);

// Saves on top of `base`. Where publish is asked for, documents with errors are refused before anything is
// saved.
Report save_draft(Context &context, const models::Tenant &tenant, const models::Revision &base,
                  const models::Documents &documents, const std::string &note, bool publish);

// Before the latest draft is published with a change on top: throws CommandFailure that names what else would
// go live, where the draft is not what is live, unless --with-draft was given.
void require_no_other_draft(Context &context, const models::Tenant &tenant, const models::Revision &base,
                            const Arguments &arguments);

// Names in the report what the page leaves out of the documents' own CSS, because no page may carry it.
void add_css_losses(Report &report, const models::Documents &documents);

// Errors of `after` that `before` did not have.
models::ValidationIssues new_errors(const models::Documents &before, const models::Documents &after);
models::ValidationIssues only_errors(const models::ValidationIssues &issues);

// "Claire" of "claire".
std::string display_name(const std::string &subdomain);

models::Json to_json(const models::Documents &documents);
models::Json to_json(const models::ValidationIssues &issues);
models::Json to_json(const models::RevisionSummary &revision);

} // namespace studio::ctl
