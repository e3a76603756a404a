// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/error.h"
#include "db/experiments/experiment_store.h"
#include "db/stores/compliance_store.h"
#include "db/stores/publication_store.h"
#include "models/booking/calendar.h"
#include "models/tenant/tenant.h"

#include <optional>
#include <vector>

namespace studio::ui {

// What stands in the database beside the documents, and what the signed-in person may do with them.
struct TenantFacts {
    models::Tenant tenant;
    std::optional<db::IdentityVerification> verification;
    std::vector<db::PhotoRelease> releases;
    bool compliance_known = false; // false where this login may not read it
    std::optional<db::LivePublication> live;
    std::optional<models::RevisionSummary> latest;
    models::Calendar calendar; // availability and tours, which the page shows beside the documents
    // Runs or is paused in the place of the test that hero photos with weights are, or is that test, paused.
    std::optional<models::Experiment> hero_test;
    // The published hero photos have weights, and no test of them runs or is paused.
    bool weights_rest = false;
    bool may_save = false;
    bool may_publish = false;
};

// Throws db::Error, NotFound where this login may not see the tenant.
TenantFacts read_tenant_facts(db::Session &session, const models::TenantId &tenant_id);

} // namespace studio::ui
