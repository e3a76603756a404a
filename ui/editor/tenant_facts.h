// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/error.h"
#include "db/experiments/experiment_store.h"
#include "db/stores/compliance_store.h"
#include "db/stores/photo_library.h"
#include "db/stores/publication_store.h"
#include "models/booking/calendar.h"
#include "models/tenant/tenant.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace studio::ui {

// What the database knows of a tenant besides its documents, and what the signed-in person may do.
struct TenantFacts {
    models::Tenant tenant;
    std::optional<db::IdentityVerification> verification;
    std::vector<db::PhotoRelease> releases;
    db::PictureStates photo_states; // whether each picture may be shown
    std::map<std::string, int>
        people; // that can be recognised, by picture; only of pictures for which it was entered
    bool compliance_known = false; // false where this login may not read identity checks and releases
    std::optional<db::LivePublication> live;
    std::optional<models::RevisionSummary> latest;
    models::Calendar calendar; // availability and tours, which the page shows in addition to the documents
    // An experiment that keeps the document's hero weights from having effect: another one on the hero photo
    // that runs or is paused, or the weights' own experiment while it is paused.
    std::optional<models::Experiment> hero_test;
    // Whether the published hero photos have weights but no experiment of them runs or is paused.
    bool weights_rest = false;
    std::vector<std::string> not_stored; // pictures of which the platform's store does not have all files
    bool keeps_originals = false;        // whether originals of new photos are stored privately
    bool may_save = false;
    bool may_publish = false;
};

// Throws db::Error, with NotFound where this login may not see the tenant.
TenantFacts read_tenant_facts(db::Session &session, const models::TenantId &tenant_id);

} // namespace studio::ui
