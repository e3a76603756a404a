// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "models/tenant/experiment.h"

#include <string>
#include <vector>

namespace studio::db {

// The outcome for one running experiment that may declare its winner automatically.
struct WinnerDecision {
    std::string test_id, test;
    models::TenantId tenant_id;
    std::string action;         // as statistics::to_string() says it: "winner", "keep_running", …
    std::string variant;        // the winning variant; "" for none
    int published_revision = 0; // 0: nothing was published
    models::Json figures;       // the figures that decided; the audit log stores them with the winner
    std::string problem;        // why a winner was not published; "" for none
};

// Evaluates every running experiment that may declare its winner automatically, by the rule of
// models/statistics, and publishes the variants that won. For operators and the renderer. If several callers
// do so at once, each winner is declared once. A winner that cannot be published does not stop the others.
// Throws Error where the database is away.
std::vector<WinnerDecision> declare_winners(Session &session);

} // namespace studio::db
