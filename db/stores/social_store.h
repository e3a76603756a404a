// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/analytics/figures.h"
#include "db/connection/session.h"
#include "models/analytics/social_csv.h"

namespace studio::db {

using models::SocialMetric;

// Figures of social media that operators import; companions read their own. All calls throw Error.
class SocialStore final {
public:
    explicit SocialStore(Session &session) : m_session(session) {}

    // Stores all rows or none: Error{Invalid} names the first wrong row, counted from 1, and its column. A
    // day of a platform that is there already is replaced; two rows for one day are wrong.
    void import(const models::TenantId &tenant_id, const std::vector<SocialMetric> &metrics);
    // How many of these rows would replace a stored one of the same platform and day.
    std::int64_t count_known(const models::TenantId &tenant_id, const std::vector<SocialMetric> &metrics);
    // Oldest first, then by platform.
    std::vector<SocialMetric> list(const models::TenantId &tenant_id, DateRange range);

private:
    Session &m_session;
};

} // namespace studio::db
