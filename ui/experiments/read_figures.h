// SPDX-License-Identifier: Apache-2.0
// Reads what the A/B tests page shows. Throws db::Error, with NotFound where an experiment is gone.
#pragma once

#include "db/connection/session.h"
#include "ui/experiments/experiment_figures.h"
#include "ui/experiments/feasibility.h"

namespace studio::ui {

TestFigures read_figures(db::Session &session, const std::string &test_id);
PublishedPage read_published_page(db::Session &session, const models::TenantId &tenant_id);
// The traffic of the last four weeks, or since the first visit if that is later, without today.
Traffic read_traffic(db::Session &session, const models::TenantId &tenant_id, models::Time now);

} // namespace studio::ui
