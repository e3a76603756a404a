// SPDX-License-Identifier: Apache-2.0
// Functions for a tenant's documents that several commands use.
#pragma once

#include "app/ctl/commands/command.h"
#include "models/tenant/tenant.h"

namespace studio::ctl {

// The latest revision. Throws CommandFailure where none was saved yet.
models::Revision latest_revision(Context &context, const models::Tenant &tenant);
models::Revision find_revision(Context &context, const models::Tenant &tenant, int number);
// The revision that "latest", "published" or a number names.
models::Revision named_revision(Context &context, const models::Tenant &tenant, const std::string &name);

// Saves a revision on top of `base`. If it is to be published too, documents with errors are refused before
// anything is saved.
Report save_draft(Context &context, const models::Tenant &tenant, const models::Revision &base,
                  const models::Documents &documents, const std::string &note, bool publish);

// For commands that publish the latest draft with a change on top: if the draft differs from the live
// revision, throws a CommandFailure that names what else would go live, unless --with-draft was given.
void require_no_other_draft(Context &context, const models::Tenant &tenant, const models::Revision &base,
                            const Arguments &arguments);

// Names in the report the parts of the custom CSS that pages leave out because they are not allowed.
void add_css_losses(Report &report, const models::Documents &documents);

// The errors of `after` that `before` does not have.
models::ValidationIssues new_errors(const models::Documents &before, const models::Documents &after);
models::ValidationIssues only_errors(const models::ValidationIssues &issues);

// "Claire" of "claire".
std::string display_name(const std::string &subdomain);

models::Json to_json(const models::Documents &documents);
models::Json to_json(const models::ValidationIssues &issues);
models::Json to_json(const models::RevisionSummary &revision);

} // namespace studio::ctl
