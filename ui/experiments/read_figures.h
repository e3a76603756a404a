// SPDX-License-Identifier: Apache-2.0
// What the pages of a test are read from. Throws db::Error; of a test that is gone, NotFound.
#pragma once

#include "db/connection/session.h"
#include "ui/experiments/experiment_figures.h"
#include "ui/experiments/feasibility.h"

namespace studio::ui {

TestFigures read_figures(db::Session &session, const std::string &test_id);
PublishedPage read_published_page(db::Session &session, const models::TenantId &tenant_id);
// Over the last four weeks, or since the first visit where that is later; today is left out.
Traffic read_traffic(db::Session &session, const models::TenantId &tenant_id, models::Time now);

} // namespace studio::ui
