// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/capped_hours_store.h"
#include "ui/analytics/filters/analytics_query.h"

namespace studio::ui {

// The hours in and around the query's days in which the service refused events because of the tenant's limit.
// Throws db::Error.
std::vector<db::CappedHour> read_capped_hours(db::Session &session, const AnalyticsQuery &query);
// "Traffic was limited on 30 November; the figures are lower bounds.", or "" where no hour was limited.
QString capped_hours_note(const AnalyticsQuery &query, const std::vector<db::CappedHour> &hours);

} // namespace studio::ui
