// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/analytics.h"
#include "db/session.h"

namespace studio::db {

// What a platform says of a companion's account on a day. A figure that it does not give is none.
struct SocialMetric {
    std::string platform; // "instagram"; kept in lower case, at most 50 characters
    std::chrono::sys_days day;
    std::optional<int> followers, posts, reach;
    std::optional<double> engagement_rate; // percent, 0 to 100, two decimals are kept
    bool operator==(const SocialMetric &) const = default;
};

// Social figures that operators bring in; companions read their own. All calls throw Error.
class SocialStore final {
public:
    explicit SocialStore(Session &session) : m_session(session) {}

    // All of them or, with Error{Invalid} naming the first row that is wrong (from 1) and its column, none. A
    // day of a platform that is there already is replaced; two rows for one day are wrong.
    void import(const std::string &tenant_id, const std::vector<SocialMetric> &metrics);
    // Oldest first, then by platform.
    std::vector<SocialMetric> list(const std::string &tenant_id, DateRange range);

private:
    Session &m_session;
};

} // namespace studio::db
