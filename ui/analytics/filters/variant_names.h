// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/connection/session.h"
#include "ui/analytics/figure_rows.h"

namespace studio::ui {

// The names of the variants of a companion's experiments; none for all companions together.
VariantNames variant_names(db::Session &session, const models::TenantId &tenant);

} // namespace studio::ui
